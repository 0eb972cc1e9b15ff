import { changeBooking } from '../booking/change-booking.ts'
import { lockBooking } from '../booking/lock-booking.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { findParticipant } from './participant.ts'

/**
 * A participant chooses the name that the others see, or null to be seen by none: nobody is in the list who didn't
 * opt in (292, C45). 409 `NOBODY_SHOWN` where the session has neither list nor chat.
 */
export async function showMe(
  command: Command,
  { bookingId, shownAs }: { bookingId: string; shownAs: string | null },
): Promise<void> {
  const booking = await lockBooking(command, bookingId)
  const { session } = await findParticipant(command, bookingId)
  if (!session.terms.participantList && !session.terms.chat) {
    throw new Refusal('conflict', 'NOBODY_SHOWN', 'Participants of this session don’t see one another.')
  }
  await changeBooking(
    command,
    booking,
    { shown_as: shownAs },
    { name: 'booking.shown_as_changed', data: { shown: shownAs !== null } },
  )
}
