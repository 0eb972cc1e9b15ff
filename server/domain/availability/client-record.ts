import { type RawBuilder, sql } from 'kysely'
import type { ClientRecord } from '../rules/facts.ts'

const DAY = 86_400_000
const YEAR = 365 * DAY

/** Of a client's earlier bookings, those that count for a record; `without` is one that is being moved. */
interface Counted {
  tenantId: string
  now: Date
  without?: string | undefined
}

/**
 * What is known of a client as a JSON value within another statement that has the person's id as `client.id`; NULL
 * where that is NULL. Requests don't count as bookings until they are approved, nor does what the coach cancelled.
 */
export function clientRecord({ tenantId, now, without }: Counted): RawBuilder<ClientRecord | null> {
  const lastYear = sql`b.created_at > ${new Date(now.getTime() - YEAR)}`
  const stands = sql`b.status IN ('FIRM_BOOKED', 'CONFIRMED')`
  const cancelled = sql`(b.status = 'CANCELLED' AND b.cancelled_by = 'client' AND b.ended_from <> 'REQUESTED')`
  const percentOfConfirmed = (which: RawBuilder<unknown>) =>
    sql`coalesce(round(100.0 * count(*) FILTER (WHERE ${lastYear} AND ${which})
      / nullif(count(*) FILTER (WHERE ${lastYear} AND (${stands} OR ${cancelled})), 0)), 0)::integer`
  return sql`(SELECT json_build_object('id', client.id,
      'tags', coalesce((SELECT to_json(k.tags) FROM clients k WHERE k.tenant_id = ${tenantId} AND k.person_id = client.id), '[]'),
      'bookings', count(*) FILTER (WHERE ${stands} AND b.attendance IS DISTINCT FROM 'no_show'),
      'cancellationPercent', ${percentOfConfirmed(cancelled)},
      'noShowPercent', ${percentOfConfirmed(sql`b.attendance = 'no_show'`)},
      'bookingsLast30Days', count(*) FILTER (WHERE b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED')
        AND b.created_at > ${new Date(now.getTime() - 30 * DAY)}),
      'outstandingMinor', coalesce(sum(b.fee_minor), 0)::bigint)
    FROM client
    LEFT JOIN bookings b ON b.tenant_id = ${tenantId} AND b.client_id = client.id
      AND b.id IS DISTINCT FROM ${without ?? null}::uuid
    WHERE client.id IS NOT NULL GROUP BY client.id)`
}
