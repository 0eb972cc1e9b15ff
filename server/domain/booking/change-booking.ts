import type { UpdateObject } from 'kysely'
import type { Tables } from '#server/db/tables.ts'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { hintSeats } from '../sessions/seats.ts'
import type { LockedBooking } from './lock-booking.ts'

/** Writes changes to a locked booking, and its event; open pages of both sides hear of it. */
export async function changeBooking(
  command: Command,
  booking: LockedBooking,
  changes: UpdateObject<Tables, 'bookings'>,
  event: { name: string; data?: Record<string, unknown> },
): Promise<void> {
  const isOver = changes.awaiting !== undefined && changes.awaiting !== 'client'
  await command.trx
    .updateTable('bookings')
    .set({ ...changes, ...(isOver && { coach_seconds_left: null }), changed_at: command.now })
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', booking.id)
    .execute()
  const { sessionId, seats } = booking
  await recordForBooking(command, booking, { ...event, data: { sessionId, seats, ...event.data } })
  hintSeats(command, booking)
}

/** The event of something that happened to a booking without changing its row. */
export async function recordForBooking(
  command: Command,
  booking: Pick<LockedBooking, 'id' | 'coachId'>,
  { name, data }: { name: string; data?: Record<string, unknown> },
): Promise<void> {
  await record(command, name, {
    subject: 'booking',
    subjectId: booking.id,
    coachId: booking.coachId,
    data: data ?? {},
  })
  command.hint(`booking:${booking.id}`)
  command.hint(`calendar:${booking.coachId}`)
  command.hint('requests')
}
