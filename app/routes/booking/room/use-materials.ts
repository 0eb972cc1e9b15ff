import { useQuery } from '@tanstack/react-query'
import { type Outputs, useTRPC } from '../../../api.ts'
import { useLive } from '../../../live.ts'

export type Material = Outputs['materials']['list']['materials'][number]

/** What a participant may read, watch and hear, and what is still to come; kept up to date by the live stream. */
export function useMaterials(token: string, sessionId: string) {
  const trpc = useTRPC()
  const question = trpc.materials.list.queryOptions({ handle: { token } })
  const query = useQuery(question)
  useLive([`session:${sessionId}`], [question.queryKey], { token })
  return { materials: query.data?.materials ?? [], refetch: query.refetch, queryKey: question.queryKey }
}

/** Where a material is had by whoever has the booking's link; null while it can't be. */
export function addressOf({ href }: Material, token: string): string | null {
  return href?.startsWith('/files/') ? `${href}?token=${encodeURIComponent(token)}` : href
}
