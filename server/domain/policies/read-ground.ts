import { type RawBuilder, sql } from 'kysely'
import type { BookingStatus } from '#server/db/tables.ts'
import { readCalendars } from '../calendar/read-calendars.ts'
import { settingsOfCoaches } from '../coaches/settings.ts'
import type { Query } from '../command.ts'
import { currentPolicy } from './current-policy.ts'
import type { Ground, GroundCoach, Standing, StandingSession } from './judge-fit.ts'

const DAY = 86_400_000
/** Limits count whole local weeks. */
const LOOK_BACK = 9 * DAY
/** Farther ahead than anything can be booked. */
const LOOK_AHEAD = 800 * DAY

/** What concerns staff of a booking, beside what it is judged by. */
export interface ConcernedBooking extends Standing {
  /** Null for a session that is booked on dates of its own. */
  bookingId: string | null
  offerTitle: string
  /** Null for a session. */
  clientName: string | null
  status: BookingStatus | null
  /** Taken by this booking, or of the session altogether. */
  seats: number
}

/** Whose bookings matter, and which: all, or those of one offer. */
export interface Concerned {
  /** Null for all who work here now. */
  coachId: string | null
  offerId?: string | undefined
  /** Whether seats matter one by one, as they do to rules, or sessions as a whole, as they do to hours. */
  seats: 'bookings' | 'sessions'
}

/** What bookings of these coaches must fit now. */
export async function readGround(query: Query, { coachId }: Concerned): Promise<Ground> {
  const { trx, tenantId, now } = query
  const [from, to] = [new Date(now.getTime() - LOOK_BACK), new Date(now.getTime() + LOOK_AHEAD)]
  const calendars = await readCalendars(query, { coachId, from, to })
  const ids = calendars.map(calendar => calendar.coachId)
  const settings = await settingsOfCoaches(trx, tenantId, ids)
  const sessions = await readSessions(query, ids, from)
  const { names, buffers, weekStartsOn } = await readNames(query)
  const coaches = new Map(
    calendars.map((calendar): [string, GroundCoach] => {
      const id = calendar.coachId
      const own = { name: names.get(id) ?? '', settings: settings.get(id)!, sessions: sessions.get(id) ?? [] }
      return [id, { ...own, calendar: { ...calendar, claims: [] } }]
    }),
  )
  return { policy: await currentPolicy(query), weekStartsOn, coaches, buffers }
}

/** What takes time of these coaches by now, by start: live sessions, those of requests too, as limits count them. */
async function readSessions({ trx, tenantId }: Query, coachIds: string[], from: Date) {
  const { rows } = await sql<StandingSession & { coachId: string }>`
    SELECT x.coach_id AS "coachId", x.session_id AS "sessionId", ${milliseconds('x.starts_at')} AS "startsAt",
      ${milliseconds('x.ends_at')} AS "endsAt", ${milliseconds('s.created_at')} AS "madeAt", ${place} AS place
    FROM claims x
    JOIN sessions s ON s.tenant_id = x.tenant_id AND s.id = x.session_id
    JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    WHERE x.tenant_id = ${tenantId} AND x.coach_id = ANY(${coachIds}::uuid[]) AND x.released_at IS NULL AND x.exclusive
      AND x.starts_at > ${from}
    ORDER BY x.starts_at`.execute(trx)
  return Map.groupBy(rows, ({ coachId }) => coachId)
}

async function readNames({ trx, tenantId }: Query) {
  const coaches = await trx
    .selectFrom('coaches as c')
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'c.tenant_id').onRef('p.id', '=', 'c.person_id'),
    )
    .select(['c.id', 'p.name'])
    .where('c.tenant_id', '=', tenantId)
    .execute()
  const offers = await trx
    .selectFrom('offers')
    .select(['id', 'buffer_minutes as buffer'])
    .where('tenant_id', '=', tenantId)
    .execute()
  const { weekStartsOn } = await trx
    .selectFrom('tenants')
    .select('week_starts_on as weekStartsOn')
    .where('id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return {
    names: new Map(coaches.map(({ id, name }) => [id, name])),
    buffers: new Map(offers.map(({ id, buffer }) => [id, buffer])),
    weekStartsOn,
  }
}

/** The bookings to come that a change may concern, by start; at most one row a booking, or a date of a session. */
export async function readConcerned(query: Query, concerned: Concerned): Promise<ConcernedBooking[]> {
  const { trx, tenantId, now } = query
  const { coachId, offerId, seats } = concerned
  const ofSessions = seats === 'sessions'
  const { rows } = await sql<ConcernedBooking>`
    SELECT b.id AS "bookingId", s.id AS "sessionId", sc.coach_id AS "coachId", s.offer_id AS "offerId", s.kind,
      o.title AS "offerTitle", ${milliseconds('d.starts_at')} AS "startsAt", ${milliseconds('d.ends_at')} AS "endsAt",
      ${milliseconds('s.created_at')} AS "madeAt", ${place} AS place, coalesce(b.price_minor, 0) AS "priceMinor",
      CASE WHEN s.terms IS NULL THEN 'slot' WHEN ${ofSessions} THEN 'date' ELSE 'seats' END AS by,
      b.client_name AS "clientName", b.status, coalesce(b.seats, q.taken, 0)::int AS seats,
      coalesce(a.facts, '[]') AS facts
    FROM session_dates d
    JOIN sessions s ON s.tenant_id = d.tenant_id AND s.id = d.session_id AND s.state <> 'CANCELLED'
    JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    JOIN session_coaches sc ON sc.tenant_id = s.tenant_id AND sc.session_id = s.id
      AND (sc.position = 0 OR (s.terms IS NOT NULL AND ${ofSessions}))
    LEFT JOIN bookings b ON b.tenant_id = s.tenant_id AND b.session_id = s.id AND b.ended_at IS NULL
      AND (s.terms IS NULL OR NOT ${ofSessions})
    LEFT JOIN LATERAL (SELECT sum(taken) AS taken FROM session_seats q
      WHERE q.tenant_id = s.tenant_id AND q.session_id = s.id) q ON b.id IS NULL
    LEFT JOIN LATERAL (SELECT facts FROM attempts a WHERE a.tenant_id = b.tenant_id AND a.booking_id = b.id
      ORDER BY a.at DESC LIMIT 1) a ON true
    WHERE d.tenant_id = ${tenantId} AND d.starts_at > ${now}
      AND (b.id IS NOT NULL OR (s.terms IS NOT NULL AND ${ofSessions}))
      AND (s.terms IS NULL OR ${ofSessions} OR d.position = 0)
      AND (${coachId}::uuid IS NULL OR sc.coach_id = ${coachId}::uuid)
      AND (${offerId ?? null}::uuid IS NULL OR s.offer_id = ${offerId ?? null}::uuid)
    ORDER BY d.starts_at, s.id, b.id`.execute(trx)
  return rows
}

/** Where a session is held; empty where nowhere in particular. */
const place = sql<string>`coalesce(CASE WHEN s.terms IS NULL THEN o.location
  WHEN s.terms ->> 'format' <> 'online' THEN s.terms #>> '{venue,address}' END, '')`

function milliseconds(column: string): RawBuilder<number> {
  return sql`round(extract(epoch FROM ${sql.ref(column)}) * 1000)::bigint`
}
