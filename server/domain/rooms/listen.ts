import { sql } from 'kysely'
import type { Event, Listener } from '#server/events/dispatch.ts'
import type { Command } from '../command.ts'

/** What happens to bookings without their session's room having to follow. */
const NO_MATTER = new Set([
  'booking.answer_due',
  'booking.attendance_marked',
  'booking.checked_in',
  'booking.check_in_undone',
  'booking.feedback_given',
  'booking.notes_changed',
  'booking.shown_as_changed',
])
/** Of a session, what its room follows: the rest is about posts, materials and the like. */
const OF_SESSIONS = new Set([
  'session.changed',
  'session.moved',
  'session.cancelled',
  'session.confirmed',
  'session.restored',
])
/** How many sessions follow at once when a business chooses another provider; the others do with their next change. */
const MOST_SESSIONS = 1_000

/** When another plugin may be the one that makes a business's rooms, or the same one does well again. */
const OF_PLUGINS = new Set([
  'installation.changed',
  'installation.enabled',
  'installation.disabled',
  'installation.recovered',
])

/**
 * A listener that has rooms brought in line with sessions to which something happened, and with all of a business
 * when a plugin that makes rooms was changed.
 */
export function planRooms(makesRooms: (pluginId: string) => boolean): Listener {
  return async (command, event) => {
    const sessions = await concerned(command, event, makesRooms)
    if (sessions.length === 0) return
    const { tenantId } = command
    await command.sendMany(
      'room',
      sessions.map(sessionId => ({ payload: { tenantId, sessionId }, options: { group: tenantId } })),
    )
  }
}

async function concerned(
  command: Command,
  event: Event,
  makesRooms: (pluginId: string) => boolean,
): Promise<string[]> {
  const { name, subject, subjectId, data } = event
  if (subject === 'booking' && !NO_MATTER.has(name)) return ofBooking(command, event)
  if (subject === 'session' && OF_SESSIONS.has(name)) return [subjectId]
  return OF_PLUGINS.has(name) && makesRooms(String(data.pluginId)) ? upcoming(command) : []
}

/** The booking's session, and the one it was in before where it moved between sessions. */
async function ofBooking({ trx, tenantId }: Command, { subjectId, data }: Event): Promise<string[]> {
  const booking = await trx
    .selectFrom('bookings')
    .select('session_id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', subjectId)
    .executeTakeFirst()
  const named = [booking?.session_id, data.sessionId, data.fromSessionId]
  return [...new Set(named.filter(id => typeof id === 'string'))]
}

async function upcoming({ trx, tenantId, now }: Command): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT s.id FROM sessions s
    JOIN session_dates d ON d.tenant_id = s.tenant_id AND d.session_id = s.id
    WHERE s.tenant_id = ${tenantId} AND s.state <> 'CANCELLED' AND d.ends_at > ${now} AND EXISTS (
      SELECT FROM bookings b WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id
        AND b.status IN ('FIRM_BOOKED', 'CONFIRMED'))
    LIMIT ${MOST_SESSIONS}`.execute(trx)
  return rows.map(({ id }) => id)
}
