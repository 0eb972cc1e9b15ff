import { useQueryClient } from '@tanstack/react-query'
import { useTRPC, useTRPCClient } from '../../../../api.ts'
import { failureOf } from '../../../../failure.ts'
import type { Request } from '../RequestCard.tsx'
import { timeAskedFor } from '../use-answers.ts'
import { type Answering, type BulkAnswer, beginBulk } from './bulk-jobs.ts'

/** Begins to answer several requests; which are under way and which failed is told by `useBulkJobs`. */
export function useBulkAnswers() {
  const trpc = useTRPC()
  const { bookings } = useTRPCClient()
  const queryClient = useQueryClient()

  async function send(requests: readonly Answering[], answer: BulkAnswer) {
    try {
      const { results } = await bookings.answerMany.mutate({ ...asSeen(requests), ...answer })
      return new Map(results.map(result => [result.id, result.ok ? null : result.message]))
    } catch (error) {
      const { message } = failureOf(error)
      return new Map(requests.map(({ id }) => [id, message]))
    }
  }

  return (requests: readonly Request[], answer: BulkAnswer) =>
    beginBulk({
      requests: requests.map(request => ({
        ...{ id: request.id, name: request.client.name },
        startsAt: timeAskedFor(request),
      })),
      answer,
      send,
      onProgress() {
        void queryClient.invalidateQueries({ queryKey: trpc.bookings.pathKey() })
        void queryClient.invalidateQueries({ queryKey: trpc.calendar.week.pathKey() })
      },
      sendOnLeaving(requests, answer) {
        // The client of the API can't outlive its page.
        void fetch('/trpc/bookings.answerMany', {
          method: 'POST',
          keepalive: true,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...asSeen(requests), ...answer }),
        })
      },
    })
}

/** Which are answered, and for which times: one that its client changes meanwhile isn't answered. */
function asSeen(requests: readonly Answering[]) {
  return {
    ids: requests.map(({ id }) => id),
    startsAt: Object.fromEntries(requests.map(({ id, startsAt }) => [id, startsAt])),
  }
}
