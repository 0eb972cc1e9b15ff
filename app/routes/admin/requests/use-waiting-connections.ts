import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'

/** The clients who ask for a connection with a coach, or with any where `coachId` is null (C30). */
export function useWaitingConnections(coachId: string | null) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.connections.list.queryOptions())
  return (data?.connections ?? []).filter(
    connection => connection.status === 'requested' && (coachId === null || connection.coachId === coachId),
  )
}

export type WaitingConnection = ReturnType<typeof useWaitingConnections>[number]
