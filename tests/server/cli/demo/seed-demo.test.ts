import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Demo, seedDemo } from '#server/cli/demo/seed-demo.ts'
import { connect, type Db } from '#server/db/connection.ts'
import type { Api } from '#tests/support/api.ts'
import { expectData } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

// A Wednesday noon in Berlin, three weeks before clocks change there and days before they do in New York.
const NOW = new Date('2027-03-03T10:20:00Z')
const DAY = 86_400_000
const HOST = 'aurora.localhost'

interface Changed {
  id: string
  offer: { title: string }
  before: { outcome: string; sentence: string }
  after: { outcome: string; sentence: string }
}

let house: TestHouse
let owner: Db
let demo: Demo

beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
  owner = connect(house.ownerUrl, 2)
  demo = await seedDemo(house.house, { now: NOW })
})
afterAll(async () => {
  await owner.destroy()
  await house.stop()
})

async function rows<T>(statement: RawBuilder<T>): Promise<T[]> {
  return (await statement.execute(owner)).rows
}

async function counted(statement: RawBuilder<{ n: number }>): Promise<number> {
  const [row] = await rows(statement)
  return Number(row!.n)
}

async function signedIn(email: string) {
  const api = house.api(HOST)
  expectData(await api.mutate('auth.signIn', { email, password: demo.logins[0]!.password }))
  return api
}

describe('what a newcomer finds', () => {
  it('Aurora’s site with a free, public one-on-one offer first', async () => {
    const { offers } = expectData(await house.api(HOST).query('offers.list'))
    expect(offers[0]).toMatchObject({ slug: 'intro-call', kind: '1on1', priceMinor: 0 })
    expect(offers.map((offer: { slug: string }) => offer.slug)).not.toContain('follow-up')
    expect(offers.some((offer: { coaches: unknown[] }) => offer.coaches.length > 1)).toBe(true)
  })

  it('at least six of ten times of that offer free in the next thirty days, most at once confirmed', async () => {
    const window = {
      from: NOW.toISOString(),
      to: new Date(NOW.getTime() + 30 * DAY).toISOString(),
      timeZone: 'Europe/Berlin',
    }
    const free = expectData(
      await house.api(HOST).query('slots.list', { offer: 'intro-call', ...window }),
    ).slots
    const mira = await signedIn('owner@aurora.example')
    const { open } = expectData(await mira.query('calendar.week', { ...window, coachId: free[0].coachId }))
    const halfHours = open.reduce(
      (sum: number, range: { startsAt: string; endsAt: string }) =>
        sum + Math.floor((Date.parse(range.endsAt) - Date.parse(range.startsAt)) / 1_800_000),
      0,
    )
    expect(free.length / halfHours).toBeGreaterThan(0.6)
    const firm = free.filter((slot: { allowsFirmBooking: boolean }) => slot.allowsFirmBooking)
    expect(firm.length / free.length).toBeGreaterThan(0.9)
  })

  it('logins of every role that work, and a client who is connected', async () => {
    for (const { email } of demo.logins) await signedIn(email)
    const client = await signedIn('client@aurora.example')
    const { connections } = expectData(await client.query('connections.mine'))
    expect(connections.map((connection: { status: string }) => connection.status)).toEqual(
      expect.arrayContaining(['accepted']),
    )
    const { bookings } = expectData(await client.query('bookings.list', {}))
    expect(bookings.length).toBeGreaterThan(5)
  })

  it('a calendar that shows nothing to strangers and times to connected clients', async () => {
    const window = {
      offer: 'leadership-sparring',
      from: NOW.toISOString(),
      to: new Date(NOW.getTime() + 14 * DAY).toISOString(),
      timeZone: 'Europe/Berlin',
    }
    const stranger = expectData(await house.api(HOST).query('slots.list', window))
    expect([stranger.visibility, stranger.slots]).toEqual(['connect', []])
    const client = await signedIn('client@aurora.example')
    expect(expectData(await client.query('slots.list', window)).slots.length).toBeGreaterThan(10)
  })

  it('requests to answer, among them a move', async () => {
    const office = await signedIn('office@aurora.example')
    const { bookings } = expectData(await office.query('bookings.requests'))
    const requested = bookings.filter((booking: { status: string }) => booking.status === 'REQUESTED')
    expect(requested.length).toBeGreaterThanOrEqual(4)
    expect(requested.length).toBeLessThan(20)
    expect(bookings.filter((booking: { move: unknown }) => booking.move)).toHaveLength(1)
    for (const { answerBy } of requested) expect(Date.parse(answerBy)).toBeGreaterThan(NOW.getTime())
    expectData(await office.mutate('bookings.approve', { id: requested[0].id }))
  })

  it('a group week after week, filled in part, and workshops with a minimum, a deposit and two ways to take part', async () => {
    const list = async (offer: string) =>
      expectData(await house.api(HOST).query('sessions.list', { offer })).sessions
    const circle = await list('tuesday-circle')
    expect(circle.length).toBeGreaterThan(8)
    expect(circle[0].capacity).toMatchObject({ total: 10, available: 0 })
    expect(circle[1].canBook).toBe(true)
    const [course] = await list('first-time-leading')
    expect(course.dates).toHaveLength(3)
    expect(course).toMatchObject({
      capacity: { booked: 6 },
      minimum: { seats: 8, decided: false },
      price: { phase: { name: 'early_bird', seatsLeft: 2 }, depositMinor: 8_000 },
    })
    const [day] = await list('career-day')
    expect(day.seats.map(({ mode, booked }: { mode: string; booked: number }) => [mode, booked])).toEqual([
      ['in_person', 5],
      ['online', 4],
    ])
    const jobs = await rows(sql<{ name: string }>`SELECT DISTINCT name FROM pgboss.job`)
    expect(jobs.map(({ name }) => name)).toEqual(expect.arrayContaining(['minimum', 'schedule']))
  })

  it('a timeline with the trace of every rule', async () => {
    const office = await signedIn('office@aurora.example')
    const { bookings } = expectData(await office.query('bookings.list', { status: ['CONFIRMED'], limit: 5 }))
    for (const { id } of bookings) {
      const { events, trace } = expectData(await office.query('bookings.timeline', { id }))
      expect(events.length).toBeGreaterThan(0)
      expect(trace.length).toBeGreaterThan(5)
    }
  })
})

describe('the year of bookings', () => {
  it('has as many as asked for, of all five statuses, on both sides of today', async () => {
    const statuses = await rows(sql<{ status: string; n: number }>`
      SELECT b.status, count(*)::int AS n FROM bookings b JOIN sessions s ON s.tenant_id = b.tenant_id AND s.id = b.session_id
      WHERE s.terms IS NULL GROUP BY b.status`)
    expect(statuses.reduce((sum, { n }) => sum + n, 0)).toBe(1_500)
    expect(statuses.map(({ status }) => status).sort()).toEqual([
      'CANCELLED',
      'CONFIRMED',
      'DECLINED',
      'FIRM_BOOKED',
      'REQUESTED',
    ])
    const [span] = await rows(sql<{ from: Date; to: Date; ahead: number }>`
      SELECT min(starts_at) AS from, max(starts_at) AS to, count(*) FILTER (WHERE starts_at > ${NOW})::int AS ahead
      FROM session_dates`)
    expect(NOW.getTime() - span!.from.getTime()).toBeGreaterThan(170 * DAY)
    expect(span!.to.getTime() - NOW.getTime()).toBeGreaterThan(60 * DAY)
    expect(span!.ahead).toBeGreaterThan(100)
  })

  it('has no two sessions of a coach at once, nor closer than their breaks, ever', async () => {
    const overlaps = await counted(sql`
      SELECT count(*) AS n FROM claims a JOIN claims b ON b.coach_id = a.coach_id AND b.id > a.id
        AND a.starts_at < b.blocked_until AND b.starts_at < a.blocked_until
      WHERE a.hold_id IS NULL AND b.hold_id IS NULL`)
    expect(overlaps).toBe(0)
  })

  it('keeps seats, claims and bookings in step', async () => {
    expect(
      await counted(sql`
      SELECT count(*) AS n FROM session_seats q WHERE q.held <> 0 OR q.taken <> (
        SELECT coalesce(sum(b.seats), 0) FROM bookings b WHERE b.tenant_id = q.tenant_id
          AND b.session_id = q.session_id AND b.mode = q.mode AND b.ended_at IS NULL)`),
    ).toBe(0)
    expect(
      await counted(sql`
      SELECT count(*) AS n FROM bookings b JOIN session_dates d USING (tenant_id, session_id)
      WHERE (b.ended_at IS NULL) <> EXISTS (SELECT FROM claims c WHERE c.tenant_id = b.tenant_id
        AND c.session_id = b.session_id AND c.released_at IS NULL AND c.starts_at = d.starts_at AND c.ends_at = d.ends_at)`),
    ).toBe(0)
    expect(
      await counted(sql`
      SELECT count(*) AS n FROM bookings b JOIN session_dates d USING (tenant_id, session_id)
      WHERE b.attendance IS NOT NULL AND (d.ends_at > ${NOW} OR b.ended_at IS NOT NULL)`),
    ).toBe(0)
  })

  it('lies in the open hours of each coach, in the coach’s zone', async () => {
    const outside = await counted(sql`
      SELECT count(*) AS n FROM session_dates d JOIN session_coaches sc USING (tenant_id, session_id)
        JOIN coaches c ON c.tenant_id = sc.tenant_id AND c.id = sc.coach_id
        CROSS JOIN LATERAL (SELECT d.starts_at AT TIME ZONE c.time_zone AS starts, d.ends_at AT TIME ZONE c.time_zone AS ends) l
      WHERE NOT EXISTS (SELECT FROM hours h WHERE h.tenant_id = c.tenant_id AND h.coach_id = c.id
          AND l.starts >= date_trunc('day', l.starts) + h.start_minute * interval '1 minute'
          AND l.ends <= date_trunc('day', l.starts) + h.end_minute * interval '1 minute'
          AND h.weekday = extract(isodow FROM l.starts))
        AND NOT EXISTS (SELECT FROM overrides o WHERE o.tenant_id = c.tenant_id AND o.coach_id = c.id
          AND o.local_date = l.starts::date)`)
    expect(outside).toBe(0)
  })

  it('keeps the limits of the coach who has some', async () => {
    const [most] = await rows(sql<{ day: number; week: number }>`
      WITH live AS (
        SELECT d.starts_at AT TIME ZONE c.time_zone AS local
        FROM bookings b JOIN session_dates d USING (tenant_id, session_id)
          JOIN session_coaches sc USING (tenant_id, session_id)
          JOIN coaches c ON c.tenant_id = sc.tenant_id AND c.id = sc.coach_id
        WHERE b.ended_at IS NULL AND c.max_sessions_per_day = 4)
      SELECT (SELECT max(n)::int FROM (SELECT count(*) AS n FROM live GROUP BY local::date) d) AS day,
        (SELECT max(n)::int FROM (SELECT count(*) AS n FROM live GROUP BY date_trunc('week', local)) w) AS week`)
    expect(most!.day).toBeLessThanOrEqual(4)
    expect(most!.week).toBeLessThanOrEqual(18)
  })

  it('was decided as the rules decide: firm and request follow from the decision', async () => {
    expect(
      await counted(sql`
      SELECT count(*) AS n FROM bookings
      WHERE (decision ->> 'outcome' = 'request') <> (booking_type = 'REQUESTED') OR decision ->> 'outcome' = 'refuse'
        OR jsonb_array_length(decision -> 'trace') < 8`),
    ).toBe(0)
    expect(
      await counted(sql`
      SELECT count(*) AS n FROM bookings b JOIN session_coaches sc USING (tenant_id, session_id)
        JOIN coaches c ON c.tenant_id = sc.tenant_id AND c.id = sc.coach_id
      WHERE NOT c.allow_firm_booking AND b.status = 'FIRM_BOOKED'`),
    ).toBe(0)
  })

  it('has each change as an event, numbered in the order of time, the first when it was made', async () => {
    expect(
      await counted(sql`
      SELECT count(*) AS n FROM (SELECT at < lag(at) OVER (ORDER BY seq) AS back FROM events) e WHERE back`),
    ).toBe(0)
    expect(
      await counted(sql`
      SELECT count(*) AS n FROM bookings b WHERE
        (SELECT min(at) FROM events e WHERE e.tenant_id = b.tenant_id AND e.subject_id = b.id) <> b.created_at
        OR (SELECT max(at) FROM events e WHERE e.tenant_id = b.tenant_id AND e.subject_id = b.id) <> b.changed_at`),
    ).toBe(0)
    expect(await counted(sql`SELECT count(*) AS n FROM events WHERE at > ${NOW}`)).toBe(0)
  })

  it('tells nobody of what lies behind, and plans the reminders of what lies ahead', async () => {
    expect(await counted(sql`SELECT count(*) AS n FROM messages WHERE due_at < ${NOW}`)).toBe(0)
    const unplanned = await counted(sql`
      SELECT count(*) AS n FROM bookings b JOIN session_dates d USING (tenant_id, session_id)
        JOIN sessions s ON s.tenant_id = b.tenant_id AND s.id = b.session_id AND s.terms IS NULL
      WHERE b.status IN ('FIRM_BOOKED', 'CONFIRMED') AND b.confirmed_at < ${NOW}
        AND d.starts_at > ${new Date(NOW.getTime() + 2 * DAY)}
        AND (SELECT count(*) FROM messages m WHERE m.tenant_id = b.tenant_id AND m.booking_id = b.id
          AND m.type LIKE 'reminder%' AND m.channel = 'email') <> 4`)
    expect(unplanned).toBe(0)
    const jobs = await rows(sql<{ name: string; n: number }>`
      SELECT name, count(*)::int AS n FROM pgboss.job GROUP BY name`)
    const open = await counted(sql`SELECT count(*) AS n FROM events WHERE name = 'booking.requested'
      AND subject_id IN (SELECT id FROM bookings WHERE status = 'REQUESTED')`)
    expect(jobs.find(({ name }) => name === 'approval')!.n).toBeGreaterThanOrEqual(2 * open)
  })
})

describe('what was tried in the year', () => {
  const OUTCOMES = ['firm', 'request', 'refuse'] as const

  /** All chunks of a simulation, added up as the page does. */
  async function simulated(office: Api) {
    const all = {
      judged: 0,
      total: 0,
      decidedOtherwise: 0,
      changed: [] as Changed[],
      moved: 0,
      lostMinor: 0,
      chunks: 0,
    }
    let cursor: string | null = null
    do {
      const chunk = expectData(await office.query('policies.simulate', { useDraft: true, days: 365, cursor }))
      all.judged += chunk.judged
      all.total = chunk.total
      all.decidedOtherwise += chunk.decidedOtherwise
      all.changed.push(...chunk.changed)
      all.moved += OUTCOMES.flatMap(from =>
        OUTCOMES.filter(to => to !== from).map(to => chunk.counts[from][to]),
      ).reduce((sum: number, count: number) => sum + count, 0)
      all.lostMinor += chunk.money.reduce(
        (sum: number, { lostMinor }: { lostMinor: number }) => sum + lostMinor,
        0,
      )
      all.chunks++
      cursor = chunk.nextCursor
    } while (cursor !== null)
    return all
  }

  async function draftWith(office: Api, ...more: object[]) {
    const { version, rules } = await published()
    const document = { rules: [...rules, ...more], cancellation: [] }
    expectData(await office.mutate('policies.saveDraft', { basedOn: version, document }))
  }

  async function published() {
    const [policy] = await rows(sql<{ version: number; rules: object[] }>`SELECT version, rules FROM policies
      WHERE tenant_id = ${demo.tenantId} ORDER BY version DESC LIMIT 1`)
    return policy!
  }

  const rule = (does: object, more: object = {}) => ({
    ...{ id: 'another', title: 'Another', scope: 'tenant', target: null, when: null, active: true },
    ...{ does, ...more },
  })

  it('comes to the same again, to the last attempt, while the rules stay as they are', async () => {
    const office = await signedIn('office@aurora.example')
    await draftWith(office)
    const again = await simulated(office)
    const kept = await counted(sql`SELECT count(*) AS n FROM attempts`)
    expect(again).toMatchObject({ judged: kept, total: kept, decidedOtherwise: 0, changed: [], moved: 0 })
    expect(again.chunks).toBeGreaterThan(1)
    const [{ bookings, refused } = { bookings: 0, refused: 0 }] = await rows(sql<{
      bookings: number
      refused: number
    }>`
      SELECT count(booking_id)::int AS bookings, count(*) FILTER (WHERE outcome = 'refuse')::int AS refused FROM attempts`)
    expect(bookings).toBe(await counted(sql`SELECT count(*) AS n FROM bookings`))
    expect(refused).toBeGreaterThan(30)
  })

  it('changes where a rule does: an offer that is refused, with what it brought in', async () => {
    const office = await signedIn('office@aurora.example')
    const [offer] = await rows(
      sql<{ id: string }>`SELECT id FROM offers WHERE slug = 'deep-dive' AND tenant_id = ${demo.tenantId}`,
    )
    await draftWith(
      office,
      rule({ restricts: { outcome: 'refuse', sentence: 'No more.' } }, { scope: 'offer', target: offer!.id }),
    )
    const [expected] = await rows(sql<{ changed: number; lostMinor: number }>`
      SELECT count(*)::int AS changed,
        coalesce(sum(a.price_minor) FILTER (WHERE b.status NOT IN ('DECLINED', 'CANCELLED')), 0)::int AS "lostMinor"
      FROM attempts a JOIN bookings b ON b.tenant_id = a.tenant_id AND b.id = a.booking_id
      WHERE a.offer_id = ${offer!.id} AND a.facts -> 0 ->> 'by' = 'client'`)
    const { changed, moved, lostMinor, decidedOtherwise } = await simulated(office)
    expect([changed.length, moved, lostMinor]).toEqual([
      expected!.changed,
      expected!.changed,
      expected!.lostMinor,
    ])
    expect(changed.length).toBeGreaterThan(100)
    expect(decidedOtherwise).toBe(0)
    expect(changed[0]).toMatchObject({
      offer: { title: 'Deep dive' },
      after: { outcome: 'refuse', sentence: 'No more.' },
    })
  })

  it('changes where a rule does: more of it would need approval, but for VIP clients', async () => {
    const office = await signedIn('office@aurora.example')
    await draftWith(office, rule({ sets: { firmBookingThresholdHours: 72 } }))
    const expected = await rows(sql<{ id: string }>`
      SELECT id FROM attempts a WHERE outcome = 'firm' AND facts -> 0 ->> 'kind' = '1on1' AND facts -> 0 ->> 'by' = 'client'
        AND (facts -> 0 ->> 'leadMinutes')::numeric <= 72 * 60 AND NOT facts -> 0 -> 'client' -> 'tags' ? 'VIP'`)
    const { changed } = await simulated(office)
    expect(changed.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
    expect(new Set(changed.map(({ before, after }) => `${before.outcome} → ${after.outcome}`))).toEqual(
      new Set(['firm → request']),
    )
    expectData(await office.mutate('policies.discardDraft'))
  })

  it('was judged by what was known of each client at that moment', async () => {
    const wrong = await counted(sql`
      SELECT count(*) AS n FROM attempts a CROSS JOIN LATERAL jsonb_array_elements(a.facts) f
      WHERE a.at < ${NOW} AND f -> 'client' ->> 'id' IS NOT NULL AND (f -> 'client' ->> 'bookings')::int <> (
        SELECT count(*) FROM bookings b WHERE b.tenant_id = a.tenant_id AND b.client_id = a.client_id
          AND b.created_at < a.at AND b.confirmed_at <= a.at AND (b.ended_at IS NULL OR b.ended_at > a.at)
          AND NOT EXISTS (SELECT FROM events e WHERE e.tenant_id = b.tenant_id AND e.subject_id = b.id AND e.at <= a.at
            AND e.name = 'booking.attendance_marked' AND e.data ->> 'attendance' = 'no_show'))`)
    expect(wrong).toBe(0)
  })
})

describe('making it again', () => {
  /** All that can be compared, with names instead of ids. */
  async function story(tenantId: string) {
    return rows(sql`
      SELECT d.starts_at, p.name AS coach, cp.email AS client, o.slug, b.status, b.created_at, b.changed_at, b.client_notes
      FROM bookings b JOIN session_dates d USING (tenant_id, session_id) JOIN session_coaches sc USING (tenant_id, session_id)
        JOIN coaches c ON c.tenant_id = sc.tenant_id AND c.id = sc.coach_id
        JOIN people p ON p.tenant_id = c.tenant_id AND p.id = c.person_id
        JOIN people cp ON cp.tenant_id = b.tenant_id AND cp.id = b.client_id
        JOIN offers o ON o.tenant_id = b.tenant_id AND o.id = b.offer_id
      WHERE b.tenant_id = ${tenantId} ORDER BY d.starts_at, p.name, cp.email`)
  }

  it('of the same size at the same time gives the same business, but for its ids', async () => {
    const first = await seedDemo(house.house, { now: NOW, size: 120, slug: 'first' })
    const second = await seedDemo(house.house, { now: NOW, size: 120, slug: 'second' })
    expect(await story(second.tenantId)).toEqual(await story(first.tenantId))
  })

  it('of a larger size brings more coaches, and exactly as many bookings', { timeout: 60_000 }, async () => {
    const { tenantId } = await seedDemo(house.house, { now: NOW, size: 1_650, slug: 'large' })
    expect(
      await counted(sql`SELECT count(*) AS n FROM bookings b JOIN sessions s ON s.tenant_id = b.tenant_id
        AND s.id = b.session_id AND s.terms IS NULL WHERE b.tenant_id = ${tenantId}`),
    ).toBe(1_650)
    expect(await counted(sql`SELECT count(*) AS n FROM coaches WHERE tenant_id = ${tenantId}`)).toBe(4)
  })

  it('under the same slug is refused, and leaves nothing behind', async () => {
    const before = await counted(sql`SELECT count(*) AS n FROM people`)
    await expect(seedDemo(house.house, { now: NOW, size: 10 })).rejects.toMatchObject({ code: 'SLUG_TAKEN' })
    expect(await counted(sql`SELECT count(*) AS n FROM people`)).toBe(before)
  })

  it('is refused where Rapport serves others than a trial', async () => {
    const env = { ...house.house.env, baseDomain: 'rapport.example' }
    await expect(seedDemo({ ...house.house, env }, { now: NOW, slug: 'other' })).rejects.toThrow('localhost')
  })
})
