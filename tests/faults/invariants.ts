import pg from 'pg'

const checks: Record<string, string> = {
  'live exclusive claims of a coach that overlap': `
    SELECT a.id FROM claims a JOIN claims b ON a.tenant_id = b.tenant_id AND a.coach_id = b.coach_id AND a.id < b.id
      AND a.during && b.during
    WHERE a.released_at IS NULL AND b.released_at IS NULL AND a.exclusive AND b.exclusive`,
  'seats that differ from the bookings in them': `
    SELECT s.session_id FROM session_seats s WHERE s.taken <> (SELECT coalesce(sum(b.seats), 0) FROM bookings b
      WHERE b.tenant_id = s.tenant_id AND b.session_id = s.session_id AND b.mode = s.mode
        AND b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED'))`,
  'seats set aside that differ from the holds on them': `
    SELECT s.session_id FROM session_seats s WHERE s.held <> (SELECT coalesce(sum(h.seats), 0) FROM holds h
      WHERE h.tenant_id = s.tenant_id AND h.session_id = s.session_id AND h.mode = s.mode AND h.released_at IS NULL)`,
  'more seats taken and set aside than there are': `
    SELECT session_id FROM session_seats WHERE taken + held > capacity`,
  'live bookings without a live claim': `
    SELECT b.id FROM bookings b WHERE b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED') AND NOT EXISTS (
      SELECT FROM claims c WHERE c.tenant_id = b.tenant_id AND c.session_id = b.session_id AND c.released_at IS NULL)`,
  'dates of a session whose coaches don’t each have them claimed': `
    SELECT s.id FROM sessions s
    JOIN session_dates d ON d.tenant_id = s.tenant_id AND d.session_id = s.id
    JOIN session_coaches sc ON sc.tenant_id = s.tenant_id AND sc.session_id = s.id
    WHERE s.terms IS NOT NULL AND s.state <> 'CANCELLED' AND NOT EXISTS (
      SELECT FROM claims c WHERE c.tenant_id = s.tenant_id AND c.session_id = s.id AND c.coach_id = sc.coach_id
        AND c.starts_at = d.starts_at AND c.ends_at = d.ends_at AND c.released_at IS NULL)`,
  'live claims without a session that is on, a live booking or a hold': `
    SELECT c.id FROM claims c WHERE c.released_at IS NULL
      AND NOT EXISTS (SELECT FROM sessions s WHERE s.tenant_id = c.tenant_id AND s.id = c.session_id
        AND s.terms IS NOT NULL AND s.state <> 'CANCELLED')
      AND NOT EXISTS (SELECT FROM bookings b WHERE b.tenant_id = c.tenant_id AND b.session_id = c.session_id
        AND b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED'))
      AND NOT EXISTS (SELECT FROM holds h WHERE h.tenant_id = c.tenant_id AND h.id = c.hold_id AND h.released_at IS NULL)`,
  'confirmed bookings that others could have the time of': `
    SELECT b.id FROM bookings b JOIN claims c ON c.tenant_id = b.tenant_id AND c.session_id = b.session_id
    WHERE b.status IN ('FIRM_BOOKED', 'CONFIRMED') AND c.released_at IS NULL AND NOT c.exclusive`,
  'times held, proposed or asked about for a booking that has ended': `
    SELECT b.id FROM bookings b WHERE b.status IN ('DECLINED', 'CANCELLED') AND (
      EXISTS (SELECT FROM holds h WHERE h.tenant_id = b.tenant_id AND h.booking_id = b.id AND h.released_at IS NULL)
      OR EXISTS (SELECT FROM proposals r WHERE r.tenant_id = b.tenant_id AND r.booking_id = b.id AND r.status = 'open')
      OR EXISTS (SELECT FROM questions q WHERE q.tenant_id = b.tenant_id AND q.booking_id = b.id AND q.ended_at IS NULL))`,
  'proposals answered whose time is still held': `
    SELECT r.id FROM proposals r JOIN holds h ON h.tenant_id = r.tenant_id AND h.id = r.hold_id
    WHERE r.status <> 'open' AND h.released_at IS NULL`,
  'requests that wait for a client who has nothing to answer': `
    SELECT b.id FROM bookings b WHERE b.awaiting = 'client'
      AND NOT EXISTS (SELECT FROM proposals r WHERE r.tenant_id = b.tenant_id AND r.booking_id = b.id
        AND r.status = 'open' AND r.proposed_by = 'coach')
      AND NOT EXISTS (SELECT FROM questions q WHERE q.tenant_id = b.tenant_id AND q.booking_id = b.id AND q.ended_at IS NULL)`,
  'requests to be answered after their session has begun': `
    SELECT b.id FROM bookings b JOIN session_dates d ON d.tenant_id = b.tenant_id AND d.session_id = b.session_id
      AND d.position = 0
    WHERE b.status = 'REQUESTED' AND b.answer_by > d.starts_at`,
  'sessions made by booking without a booking': `
    SELECT s.id FROM sessions s WHERE s.terms IS NULL
      AND NOT EXISTS (SELECT FROM bookings b WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id)`,
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
