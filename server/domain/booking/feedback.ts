import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { partyOf } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { lockBooking } from './lock-booking.ts'
import { isConfirmed } from './transitions.ts'

export interface GiveFeedback {
  id: string
  /** 1 to 5. */
  rating: number
  comment: string
}

/** The client says how a session was, after it ended and unless the client wasn't there; a second time replaces the first (266). */
export async function giveFeedback(command: Command, { id, rating, comment }: GiveFeedback): Promise<void> {
  const booking = await lockBooking(command, id)
  if (partyOf(command.actor, booking) !== 'client') {
    throw new Refusal('forbidden', 'CLIENT_ONLY', 'Feedback is the client’s to give.')
  }
  if (!isConfirmed(booking.status) || booking.lastEndsAt > command.now || booking.attendance === 'no_show') {
    throw new Refusal('conflict', 'NO_FEEDBACK', 'Feedback can be given after a session that took place.')
  }
  await command.trx
    .insertInto('feedback')
    .values({ tenant_id: command.tenantId, booking_id: id, rating, comment, created_at: command.now })
    .onConflict(conflict => conflict.columns(['tenant_id', 'booking_id']).doUpdateSet({ rating, comment }))
    .execute()
  await changeBooking(command, booking, {}, { name: 'booking.feedback_given', data: { rating } })
}
