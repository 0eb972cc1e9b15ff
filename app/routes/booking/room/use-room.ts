import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Outputs, useTRPC } from '../../../api.ts'
import { useLive } from '../../../live.ts'

export type Room = Outputs['sessions']['room']
export type Post = Room['posts'][number]

/** What a participant sees of a session, kept up to date by the live stream. */
export function useRoom(token: string, sessionId: string) {
  const trpc = useTRPC()
  const question = trpc.sessions.room.queryOptions({ handle: { token } })
  const query = useQuery(question)
  useLive([`session:${sessionId}`], [question.queryKey], { token })
  return query
}

/** Changes the room on the page at once; returns how to take that back. */
export function useRoomPatch(token: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const queryKey = trpc.sessions.room.queryKey({ handle: { token } })
  return {
    queryKey: queryKey as QueryKey,
    async patch(change: (room: Room) => Room) {
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData(queryKey)
      queryClient.setQueryData(queryKey, room => room && change(room))
      return () => queryClient.setQueryData(queryKey, before)
    },
    refresh: () => queryClient.invalidateQueries({ queryKey }),
  }
}
