import { sql } from 'kysely'
import type { Query } from '../command.ts'
import { sideOf } from './authority.ts'
import { type BookingRow, bookingRows } from './view.ts'
import { concerned } from './what-may-be-done.ts'

export interface PreviewedAnswer {
  id: string
  /** Null where the caller may not answer it, or there is no such booking. */
  clientName: string | null
  offerTitle: string | null
  startsAt: string | null
  ok: boolean
  /** Why it can't be answered so; null where it can. */
  code: 'NOT_FOUND' | 'BOOKING_STATUS' | 'SESSION_PAST' | 'SLOT_TAKEN' | 'COMPETING' | null
  message: string | null
  /** Other requests that would be declined with it, since they want the same time. */
  declines: { id: string; clientName: string }[]
}

/**
 * What the same answer to several requests would come to, in the order given and each as if those before it had been
 * given: of requests that compete the first is approved. Changes nothing; the commands check again under the lock.
 */
export async function previewAnswers(
  query: Query,
  { ids, answer }: { ids: readonly string[]; answer: 'approve' | 'decline' },
): Promise<{ answers: PreviewedAnswer[] }> {
  const { rows } = await bookingRows(query.tenantId, sql`b.id = ANY(${[...ids]}::uuid[])`).execute(query.trx)
  const found = new Map(rows.map(row => [row.id, row]))
  const taken = await takenSince(query, ids)
  const declined = new Set<string>()
  return {
    answers: [...new Set(ids)].map(id => {
      const row = found.get(id)
      if (!row || sideOf(query.actor, concerned(row)) !== 'coach') return unknown(id)
      const why =
        answer === 'approve' ? whyNotApprove(row, query.now, { taken, declined }) : whyNotAnswer(row)
      const declines = why === null && answer === 'approve' ? row.competing : []
      for (const other of declines) declined.add(other.id)
      return {
        id,
        clientName: row.clientName,
        offerTitle: row.offer.title,
        startsAt: (row.move?.status === 'pending' ? new Date(row.move.startsAt) : row.startsAt).toISOString(),
        ok: why === null,
        code: why,
        message: why && messages[why],
        declines: declines.map(other => ({ id: other.id, clientName: other.clientName })),
      }
    }),
  }
}

const messages = {
  BOOKING_STATUS: 'It no longer waits for an answer.',
  SESSION_PAST: 'Its time has passed.',
  SLOT_TAKEN: 'The time is taken since, or kept for somebody else.',
  COMPETING: 'Another request for the same time would be approved before it.',
}

type Why = keyof typeof messages

function whyNotApprove(
  row: BookingRow,
  now: Date,
  { taken, declined }: { taken: ReadonlySet<string>; declined: ReadonlySet<string> },
): Why | null {
  if (declined.has(row.id)) return 'COMPETING'
  const startsAt = row.move?.status === 'pending' ? new Date(row.move.startsAt) : row.startsAt
  return (
    whyNotAnswer(row) ??
    (startsAt <= now ? 'SESSION_PAST' : null) ??
    (taken.has(row.id) ? 'SLOT_TAKEN' : null)
  )
}

function whyNotAnswer({ status, move }: BookingRow): Why | null {
  const waits =
    status === 'REQUESTED' ||
    ((status === 'FIRM_BOOKED' || status === 'CONFIRMED') && move?.status === 'pending')
  return waits ? null : 'BOOKING_STATUS'
}

/**
 * Of these bookings, those whose time, or the one they are to move to, an outside calendar has taken; and requests that
 * share their time with others where something else takes or holds it for itself alone.
 */
async function takenSince({ trx, tenantId, now }: Query, ids: readonly string[]): Promise<Set<string>> {
  const gap = sql`greatest(own.blocked_until - own.ends_at, x.blocked_until - x.ends_at)`
  const { rows } = await sql<{ id: string }>`
    SELECT b.id FROM bookings b
    JOIN sessions s ON s.tenant_id = b.tenant_id AND s.id = b.session_id AND s.terms IS NULL
    JOIN session_dates d ON d.tenant_id = b.tenant_id AND d.session_id = b.session_id AND d.position = 0
    JOIN session_coaches sc ON sc.tenant_id = b.tenant_id AND sc.session_id = b.session_id AND sc.position = 0
    LEFT JOIN moves m ON m.tenant_id = b.tenant_id AND m.booking_id = b.id AND m.status = 'pending'
    WHERE b.tenant_id = ${tenantId} AND b.id = ANY(${[...ids]}::uuid[]) AND (
      EXISTS (SELECT FROM external_busy e WHERE e.tenant_id = b.tenant_id AND e.coach_id = coalesce(m.coach_id, sc.coach_id)
        AND e.starts_at < coalesce(m.to_ends_at, d.ends_at) AND e.ends_at > coalesce(m.to_starts_at, d.starts_at))
      OR EXISTS (SELECT FROM claims own
        JOIN claims x ON x.tenant_id = own.tenant_id AND x.coach_id = own.coach_id AND x.released_at IS NULL AND x.exclusive
          AND (x.expires_at IS NULL OR x.expires_at > ${now}) AND x.starts_at > own.starts_at - interval '48 hours'
          AND x.starts_at < own.ends_at + ${gap} AND x.ends_at + ${gap} > own.starts_at
        LEFT JOIN holds h ON h.tenant_id = x.tenant_id AND h.id = x.hold_id
        WHERE own.tenant_id = b.tenant_id AND own.session_id = b.session_id AND own.released_at IS NULL
          AND NOT own.exclusive AND h.booking_id IS DISTINCT FROM b.id))`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

function unknown(id: string): PreviewedAnswer {
  return {
    id,
    clientName: null,
    offerTitle: null,
    startsAt: null,
    ok: false,
    code: 'NOT_FOUND',
    message: 'There is no such booking here.',
    declines: [],
  }
}
