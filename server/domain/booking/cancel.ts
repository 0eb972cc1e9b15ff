import { whatCancellingCosts } from '../cancellation/cost.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { partyOf } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { requireAgreed, saleOf } from './fees.ts'
import { lockBooking } from './lock-booking.ts'
import { endedBy, releaseSession } from './release-session.ts'
import { requireTransition } from './transitions.ts'

interface Cancel {
  id: string
  reason: string | null
  /** What the client was told it costs, minor units; absent where nobody was told. */
  agreedFeeMinor?: number | undefined
}

/**
 * Either side cancels; the time is free again in the same transaction (005). Of a request it is a withdrawal, which
 * costs nothing and never counts as a cancellation (036). What the client owes is settled here by the terms it was
 * sold with, nothing where the coach's side cancels (067). Refuses with 409 what has begun or is over, and
 * `FEE_CHANGED` where it costs more by now than the client agreed to.
 */
export async function cancel(command: Command, { id, reason, agreedFeeMinor }: Cancel): Promise<void> {
  const booking = await lockBooking(command, id)
  const by = partyOf(command.actor, booking)
  requireTransition(booking, 'CANCELLED', by)
  if (booking.startsAt <= command.now && booking.status !== 'REQUESTED') {
    throw new Refusal(
      'conflict',
      'SESSION_PAST',
      'This session has begun, so it can’t be cancelled any more.',
    )
  }
  const { feeMinor, refundMinor } = whatCancellingCosts(saleOf(booking), { by, now: command.now })
  requireAgreed(feeMinor, agreedFeeMinor)
  const withdrawn = booking.status === 'REQUESTED' && by === 'client'
  await releaseSession(command, booking)
  await changeBooking(
    command,
    booking,
    {
      status: 'CANCELLED',
      awaiting: null,
      cancelled_by: by,
      cancel_reason: reason,
      fee_minor: feeMinor,
      ...endedBy(command, booking),
    },
    {
      name: 'booking.cancelled',
      data: { status: 'CANCELLED', from: booking.status, by, withdrawn, feeMinor, refundMinor },
    },
  )
}
