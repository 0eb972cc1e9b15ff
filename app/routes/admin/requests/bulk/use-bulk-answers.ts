import { useQueryClient } from '@tanstack/react-query'
import { useTRPC, useTRPCClient } from '../../../../api.ts'
import { failureOf } from '../../../../failure.ts'
import type { Request } from '../RequestCard.tsx'
import { type BulkAnswer, beginBulk } from './bulk-jobs.ts'

/** Begins to answer several requests; which are under way and which failed is told by `useBulkJobs`. */
export function useBulkAnswers() {
  const trpc = useTRPC()
  const { bookings } = useTRPCClient()
  const queryClient = useQueryClient()

  async function send(ids: readonly string[], answer: BulkAnswer) {
    try {
      const { results } = await bookings.answerMany.mutate({ ids: [...ids], ...answer })
      return new Map(results.map(result => [result.id, result.ok ? null : result.message]))
    } catch (error) {
      const { message } = failureOf(error)
      return new Map(ids.map(id => [id, message]))
    }
  }

  return (requests: readonly Request[], answer: BulkAnswer) =>
    beginBulk({
      requests: requests.map(({ id, client }) => ({ id, name: client.name })),
      answer,
      send,
      onProgress() {
        void queryClient.invalidateQueries({ queryKey: trpc.bookings.pathKey() })
        void queryClient.invalidateQueries({ queryKey: trpc.calendar.week.pathKey() })
      },
      sendOnLeaving(ids, answer) {
        // The client of the API can't outlive its page.
        void fetch('/trpc/bookings.answerMany', {
          method: 'POST',
          keepalive: true,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ids, ...answer }),
        })
      },
    })
}
