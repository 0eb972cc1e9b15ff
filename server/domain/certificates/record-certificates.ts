import { recordForBooking } from '../booking/change-booking.ts'
import type { Command } from '../command.ts'
import type { HeldSession } from '../participation/held-session.ts'

/** The event of a booking's certificates; its version changes with them, so that a page which was away catches up. */
export async function recordCertificates(
  command: Command,
  session: Pick<HeldSession, 'id' | 'coaches'>,
  bookingId: string,
  event: { name: 'certificate.issued' | 'certificate.revoked'; data: Record<string, unknown> },
): Promise<void> {
  await command.trx
    .updateTable('bookings')
    .set({ changed_at: command.now })
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', bookingId)
    .execute()
  await recordForBooking(command, { id: bookingId, coachId: session.coaches[0]!.id }, event)
  command.hint(`session:${session.id}`)
}
