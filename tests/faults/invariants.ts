import pg from 'pg'

const checks: Record<string, string> = {
  'live exclusive claims of a coach that overlap': `
    SELECT a.id FROM claims a JOIN claims b ON a.tenant_id = b.tenant_id AND a.coach_id = b.coach_id AND a.id < b.id
      AND a.during && b.during
    WHERE a.released_at IS NULL AND b.released_at IS NULL AND a.exclusive AND b.exclusive`,
  'seats that differ from the bookings in them': `
    SELECT s.session_id FROM session_seats s WHERE s.taken <> (SELECT coalesce(sum(b.seats), 0) FROM bookings b
      WHERE b.tenant_id = s.tenant_id AND b.session_id = s.session_id AND b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED'))`,
  'live bookings without a live claim': `
    SELECT b.id FROM bookings b WHERE b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED') AND NOT EXISTS (
      SELECT FROM claims c WHERE c.tenant_id = b.tenant_id AND c.session_id = b.session_id AND c.released_at IS NULL)`,
  'live claims without a live booking or hold': `
    SELECT c.id FROM claims c WHERE c.released_at IS NULL
      AND NOT EXISTS (SELECT FROM bookings b WHERE b.tenant_id = c.tenant_id AND b.session_id = c.session_id
        AND b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED'))
      AND NOT EXISTS (SELECT FROM holds h WHERE h.tenant_id = c.tenant_id AND h.id = c.hold_id AND h.released_at IS NULL)`,
  'sessions without a booking': `
    SELECT s.id FROM sessions s WHERE NOT EXISTS (SELECT FROM bookings b WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id)`,
  'bookings whose making has not exactly one event': `
    SELECT b.id FROM bookings b WHERE (SELECT count(*) FROM events e WHERE e.tenant_id = b.tenant_id AND e.subject_id = b.id
      AND e.name IN ('booking.requested', 'booking.firm_booked')
      OR e.tenant_id = b.tenant_id AND e.subject_id = b.id AND e.name = 'booking.confirmed' AND b.booking_type = 'FIRM_BOOKED') <> 1`,
  'bookings that no answered key remembers': `
    SELECT b.id FROM bookings b WHERE NOT EXISTS (SELECT FROM idempotency_keys k WHERE k.tenant_id = b.tenant_id
      AND k.answer ->> 'id' = b.id::text)`,
}

/** What must never be, as found in a database: names of broken invariants with how many rows break them. Needs the owner's connection. */
export async function brokenInvariants(ownerUrl: string): Promise<Record<string, number>> {
  const client = new pg.Client(ownerUrl)
  await client.connect()
  try {
    const broken: Record<string, number> = {}
    for (const [name, query] of Object.entries(checks)) {
      const { rowCount } = await client.query(query)
      if (rowCount) broken[name] = rowCount
    }
    return broken
  } finally {
    await client.end()
  }
}
