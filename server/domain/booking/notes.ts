import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { partyOf } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { lockBooking } from './lock-booking.ts'
import { isLive } from './transitions.ts'

export interface SaveNotes {
  id: string
  clientNotes?: string | undefined
  coachNotes?: string | undefined
}

/** Saves the client's notes (by the client, until the session starts) or the coach's private ones (by the coach's side) (053, 054). */
export async function saveNotes(command: Command, { id, clientNotes, coachNotes }: SaveNotes): Promise<void> {
  const booking = await lockBooking(command, id)
  const by = partyOf(command.actor, booking)
  if (by === 'client' && coachNotes !== undefined) {
    throw new Refusal('forbidden', 'COACH_ONLY', 'Only the coach can write these notes.', {
      field: 'coachNotes',
    })
  }
  if (by !== 'client' && clientNotes !== undefined) {
    throw new Refusal('forbidden', 'CLIENT_ONLY', 'Only the client can change these notes.', {
      field: 'clientNotes',
    })
  }
  if (by === 'client' && (booking.startsAt <= command.now || !isLive(booking.status))) {
    throw new Refusal(
      'conflict',
      'SESSION_PAST',
      'Notes can be changed while the booking stands and until the session starts.',
      {
        field: 'clientNotes',
      },
    )
  }
  const changes = {
    ...(clientNotes !== undefined && { client_notes: clientNotes }),
    ...(coachNotes !== undefined && { coach_notes: coachNotes }),
  }
  if (Object.keys(changes).length === 0) return
  await changeBooking(command, booking, changes, {
    name: 'booking.notes_changed',
    data: { changed: Object.keys(changes) },
  })
}
