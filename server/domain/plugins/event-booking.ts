import type { EventBooking } from '@rapport/sdk'
import { sql } from 'kysely'
import type { Query } from '../command.ts'

interface Row {
  id: string
  status: string
  bookingType: string
  sessionId: string
  seats: number
  priceMinor: number
  currency: string
  startsAt: Date
  endsAt: Date
  offer: EventBooking['offer']
  coach: EventBooking['coach']
  client: EventBooking['client']
}

/** A booking as it leaves the house, from its first date's start to its last one's end; null where it isn't there. */
export async function readEventBooking(
  { trx, tenantId }: Query,
  bookingId: string,
): Promise<EventBooking | null> {
  const { rows } = await sql<Row>`
    SELECT b.id, b.status, b.booking_type AS "bookingType", b.session_id AS "sessionId", b.seats,
      b.price_minor AS "priceMinor", b.currency, d."startsAt", d."endsAt",
      json_build_object('id', o.id, 'slug', o.slug, 'title', o.title, 'kind', o.kind) AS offer,
      json_build_object('id', c.id, 'name', cp.name) AS coach,
      json_build_object('id', b.client_id, 'name', b.client_name, 'email', p.email, 'timeZone', b.client_zone) AS client
    FROM bookings b
    CROSS JOIN LATERAL (
      SELECT min(starts_at) AS "startsAt", max(ends_at) AS "endsAt" FROM session_dates
      WHERE tenant_id = b.tenant_id AND session_id = b.session_id OFFSET 0) d
    CROSS JOIN LATERAL (SELECT * FROM offers WHERE tenant_id = b.tenant_id AND id = b.offer_id OFFSET 0) o
    CROSS JOIN LATERAL (SELECT * FROM people WHERE tenant_id = b.tenant_id AND id = b.client_id OFFSET 0) p
    CROSS JOIN LATERAL (
      SELECT * FROM session_coaches WHERE tenant_id = b.tenant_id AND session_id = b.session_id AND position = 0 OFFSET 0) sc
    CROSS JOIN LATERAL (SELECT * FROM coaches WHERE tenant_id = b.tenant_id AND id = sc.coach_id OFFSET 0) c
    CROSS JOIN LATERAL (SELECT * FROM people WHERE tenant_id = b.tenant_id AND id = c.person_id OFFSET 0) cp
    WHERE b.tenant_id = ${tenantId} AND b.id = ${bookingId}`.execute(trx)
  const [row] = rows
  return row ? { ...row, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() } : null
}
