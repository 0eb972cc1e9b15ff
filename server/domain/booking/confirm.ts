import type { Party } from '#server/db/tables.ts'
import type { Command } from '../command.ts'
import { changeBooking } from './change-booking.ts'
import { endConversation } from './end-conversation.ts'
import type { LockedBooking, OpenProposal } from './lock-booking.ts'
import { moveSession } from './move-session.ts'
import { requireAhead, requireTimeToSpare } from './recheck.ts'
import { takeForGood } from './take-for-good.ts'
import { requireTransition } from './transitions.ts'

/** A request becomes CONFIRMED at the time it asks for, which is checked again under the lock (003, 032). */
export async function confirmRequest(command: Command, booking: LockedBooking, by: Party): Promise<void> {
  requireTransition(booking, 'CONFIRMED', by)
  requireAhead(command, booking.startsAt)
  await requireTimeToSpare(command, booking)
  await endConversation(command, booking)
  await takeForGood(command, booking)
  await confirm(command, booking, by, { startsAt: booking.startsAt })
}

/** The same at another time, which either side had named: its session goes there first. */
export async function confirmAt(
  command: Command,
  booking: LockedBooking,
  { id: proposalId, ...to }: OpenProposal,
  by: Party,
): Promise<void> {
  requireTransition(booking, 'CONFIRMED', by)
  await moveSession(command, { ...booking, status: 'CONFIRMED' }, to, { proposalId, confirms: true })
  await confirm(command, booking, by, { startsAt: to.startsAt, proposalId })
}

function confirm(
  command: Command,
  booking: LockedBooking,
  by: Party,
  data: { startsAt: Date; proposalId?: string },
): Promise<void> {
  return changeBooking(
    command,
    booking,
    { status: 'CONFIRMED', awaiting: null, confirmed_at: command.now, confirmed_by: by },
    { name: 'booking.confirmed', data: { status: 'CONFIRMED', ...data } },
  )
}
