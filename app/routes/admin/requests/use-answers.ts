import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import type { DeclineAnswer } from '../../../components/DeclineReason.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import type { Request } from './RequestCard.tsx'

/**
 * Approves and declines from the queue: the request leaves it at once and comes back, with the reason, where the
 * server refuses (059). A declined one can be taken back as long as the server allows.
 */
export function useAnswers() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const queue = trpc.bookings.requests.queryOptions()
  const approving = useMutation(trpc.bookings.approve.mutationOptions())
  const declining = useMutation(trpc.bookings.decline.mutationOptions())
  const undoing = useMutation(trpc.bookings.undo.mutationOptions())

  /** Takes the request out of the queue, calls, and puts the queue back where that fails. */
  async function answer<Answer>(request: Request, call: () => Promise<Answer>): Promise<Answer | null> {
    await queryClient.cancelQueries({ queryKey: queue.queryKey })
    const before = queryClient.getQueryData(queue.queryKey)
    queryClient.setQueryData(
      queue.queryKey,
      shown =>
        shown && {
          ...shown,
          bookings: shown.bookings.filter(({ id }) => id !== request.id),
          count: shown.count - 1,
        },
    )
    try {
      return await call()
    } catch (error) {
      queryClient.setQueryData(queue.queryKey, before)
      toast({ text: `${request.client.name}: ${failureOf(error).message}`, tone: 'bad' })
      return null
    } finally {
      void queryClient.invalidateQueries({ queryKey: queue.queryKey })
      void queryClient.invalidateQueries({ queryKey: trpc.calendar.week.pathKey() })
    }
  }

  return {
    async approve(request: Request) {
      const answered = await answer(request, () =>
        approving.mutateAsync({ id: request.id, startsAt: timeAskedFor(request) }),
      )
      if (answered) toast({ text: approvedWords(request) })
    },
    async decline(request: Request, { reason, code }: DeclineAnswer) {
      const answered = await answer(request, () =>
        declining.mutateAsync({ id: request.id, reason, code, startsAt: timeAskedFor(request) }),
      )
      if (!answered) return
      const canUndo = answered.booking.can.undo
      toast({
        text: `Declined. ${request.client.name} is told by e-mail.`,
        tone: 'plain',
        ...(canUndo && { action: { label: 'Undo', onPress: () => undo(request) } }),
      })
    },
  }

  async function undo(request: Request) {
    try {
      await undoing.mutateAsync({ id: request.id })
      toast({ text: `${request.client.name}’s request is back.` })
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
    }
    void queryClient.invalidateQueries({ queryKey: queue.queryKey })
  }
}

function approvedWords({ client, move }: Request): string {
  return move
    ? `Moved. ${client.name} is told by e-mail.`
    : `Approved. ${client.name} gets a confirmation by e-mail.`
}

/** The time the coach answers to, so that an answer never counts for another one asked for since. */
export function timeAskedFor({ move, startsAt }: Request): string {
  return move?.status === 'pending' ? move.startsAt : startsAt
}
