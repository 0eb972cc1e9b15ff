import { approve } from '#server/domain/booking/approve.ts'
import { decline } from '#server/domain/booking/decline.ts'
import { Refusal } from '#server/domain/refusal.ts'
import { change } from './booking-calls.ts'
import type { TenantRequest } from './context.ts'

interface AnswerMany {
  ids: readonly string[]
  answer: 'approve' | 'decline'
  /** The times that were seen, by id. */
  startsAt?: Record<string, Date> | undefined
  reason?: string | undefined
  code?: string | undefined
  idempotencyKey?: string | undefined
}

export type Answered =
  | { id: string; ok: true; status: string }
  | { id: string; ok: false; code: string; message: string }

/** Answers each booking in a transaction of its own, in the order given: one that can't be answered keeps none from it. */
export async function answerEach(
  ctx: TenantRequest,
  { ids, ...input }: AnswerMany,
): Promise<{ results: Answered[] }> {
  const results: Answered[] = []
  for (const id of new Set(ids)) results.push(await answerOne(ctx, id, input))
  return { results }
}

async function answerOne(
  ctx: TenantRequest,
  id: string,
  { answer, startsAt, reason, code, idempotencyKey }: Omit<AnswerMany, 'ids'>,
): Promise<Answered> {
  const one = { id, idempotencyKey, startsAt: startsAt?.[id] }
  try {
    const { booking } =
      answer === 'approve'
        ? await change(ctx, one, 'bookings.approve', approve)
        : await change(
            ctx,
            { ...one, reason: reason ?? '', code: code ?? 'other' },
            'bookings.decline',
            decline,
          )
    return { id, ok: true, status: booking.status }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { id, ok: false, code: error.code, message: error.message }
  }
}
