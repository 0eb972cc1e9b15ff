import { sql } from 'kysely'
import { eventSentence } from '../../booking/event-sentences.ts'
import type { Query } from '../../command.ts'
import { findSessionForStaff } from '../../participation/held-session.ts'
import { sessionSentence } from './event-sentences.ts'

const MOST = 100
/** Of bookings, what changes who comes; check-ins have a list of their own. */
const OF_BOOKINGS = [
  'booking.requested',
  'booking.firm_booked',
  'booking.confirmed',
  'booking.declined',
  'booking.cancelled',
  'booking.restored',
  'booking.moved',
]

/** What people write to each other is read in the chat, and would drown what happened. */
const CHATTED = 'post.created'

export interface HistoryEntry {
  id: string
  at: string
  sentence: string
  /** Whose booking it is about; null for the session itself. */
  about: { bookingId: string; name: string } | null
  /** Who did it. */
  by: string
}

interface Row {
  id: string
  at: Date
  name: string
  actor: string
  data: Record<string, unknown>
  person: string | null
  bookingId: string | null
  clientName: string | null
}

/** The latest hundred things that happened to a session and to its bookings, the newest first; 404 for who may not see it. */
export async function sessionHistory(query: Query, { id }: { id: string }): Promise<HistoryEntry[]> {
  await findSessionForStaff(query, id, 'bookings.see')
  const { trx, tenantId } = query
  const { rows } = await sql<Row>`
    SELECT e.id, e.at, e.name, e.actor, e.data, p.name AS person, b.id AS "bookingId", b.client_name AS "clientName"
    FROM events e
    LEFT JOIN bookings b ON b.tenant_id = e.tenant_id AND b.id = e.subject_id
    LEFT JOIN people p ON p.tenant_id = e.tenant_id AND p.id = e.actor_id
    WHERE e.tenant_id = ${tenantId} AND (e.subject_id = ${id} AND e.name <> ${CHATTED}
      OR e.name IN (${sql.join(OF_BOOKINGS)}) AND e.subject_id IN (
        SELECT id FROM bookings WHERE tenant_id = ${tenantId} AND session_id = ${id}))
    ORDER BY e.seq DESC LIMIT ${MOST}`.execute(trx)
  return rows.map(({ id: eventId, at, name, actor, data, person, bookingId, clientName }) => ({
    id: eventId,
    at: at.toISOString(),
    sentence: bookingId ? eventSentence(name, data) : sessionSentence(name, data),
    about: bookingId && clientName ? { bookingId, name: clientName } : null,
    by: actor === 'system' ? 'Rapport' : (person ?? clientName ?? ''),
  }))
}
