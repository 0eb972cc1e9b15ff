import { type RawBuilder, sql } from 'kysely'
import type { TenantTransaction } from '#server/db/in-tenant.ts'
import { type PolicyRow, policyReader } from '../policies/current-policy.ts'
import { type ClientRecord, STRANGER } from '../rules/facts.ts'
import type { Policy } from '../rules/policy.ts'
import type { PlacedClaim } from '../slots/gaps.ts'
import type { CoachCalendar, Interval } from '../slots/types.ts'
import { clientRecord } from './client-record.ts'

/** The settings of a coach that decide how the coach may be booked (008–017), with what concerns this viewer. */
export interface BookableCoach {
  id: string
  name: string
  slug: string
  timeZone: string
  allowFirmBooking: boolean
  firmBookingThresholdHours: number
  bufferMinutes: number
  bufferExternalBusy: boolean
  maxSessionsPerDay: number | null
  maxSessionsPerWeek: number | null
  limitOutcome: 'refuse' | 'request'
  calendarVisibility: 'public' | 'connected' | 'private'
  requireApprovalNonConnected: boolean
  approvalHours: number
  approvalTimeout: 'decline' | 'approve'
  /** Whether several clients may ask for the same time, until one is approved (C9). */
  competingRequests: boolean
  /** The tie between this coach and the client asked for; null where there is none. */
  connection: 'invited' | 'requested' | 'accepted' | 'blocked' | null
  /** The version of the coach's calendar that `calendar` is read at. */
  version: number
  calendar: CalendarFacts
}

/** A coach's calendar as of one version; a checkout hold's claim says whose it is, and for which offer. */
export interface CalendarFacts extends CoachCalendar {
  /** Requests that share their time with others: in nobody's way, but shown to staff. */
  competing: readonly CompetingRequest[]
  claims: readonly (PlacedClaim & { visitorHash: string | null; offerId: string | null })[]
}

export interface CompetingRequest extends Interval {
  bookingId: string
  /** Minutes it keeps free after itself. */
  bufferMinutes: number
}

export interface BookableOffer {
  id: string
  slug: string
  title: string
  kind: string
  durationMinutes: number
  stepMinutes: number
  bufferMinutes: number
  noticeMinutes: number
  horizonDays: number | null
  priceMinor: number
  currency: string
  active: boolean
  kindSettings: Record<string, unknown>
  /** Where its sessions are held; empty where nowhere in particular. */
  location: string
  weekStartsOn: number
  /** The business's rules as of now. */
  policy: Policy
  /** What is known of the client asked for. */
  client: ClientRecord
  /** Whether the client asked for is blocked by the whole business. */
  clientBlocked: boolean
  coaches: BookableCoach[]
  beside: unknown
}

export interface AvailabilityRequest {
  tenantId: string
  /** A slug or an id. */
  offer: string
  coachId?: string | undefined
  /** The client whose connections count: by id when signed in, otherwise by address. */
  client?: { personId: string } | { email: string } | undefined
  /** A booking of the client's that is being moved, and so isn't part of the record. */
  without?: string | undefined
  now: Date
  /** Claims that start in this window are read; limits need whole weeks, so it must be wider than the slots asked for. */
  from: Date
  to: Date | null
  /** Facts already at hand: those whose version is still the calendar's are not read again. */
  known?: KnownCalendars
  /** A JSON value to be read in the same statement, since each round trip under the lock counts. */
  beside?: RawBuilder<unknown>
}

export type KnownCalendars = ReadonlyMap<string, { version: number; facts: CalendarFacts }>

type OfOffer = Pick<BookableOffer, 'weekStartsOn' | 'clientBlocked' | 'beside'>

interface Row extends Omit<BookableCoach, 'calendar' | 'connection'>, OfOffer {
  offer: Omit<BookableOffer, keyof OfOffer | 'coaches' | 'policy' | 'client'>
  policy: PolicyRow | null
  client: ClientRecord | null
  connection: BookableCoach['connection']
  facts: Omit<CalendarFacts, 'coachId' | 'timeZone'> | null
}

/**
 * Reads an offer, its active coaches and their calendars in one statement, so that versions and facts are of one
 * snapshot. Null when there is no such offer.
 */
export async function loadAvailability(
  trx: TenantTransaction,
  request: AvailabilityRequest,
): Promise<BookableOffer | null> {
  const reader = policyReader(request.tenantId)
  const { rows } = await availabilityStatement(request, reader.row).execute(trx)
  const [first] = rows
  if (!first) return null
  return {
    ...first.offer,
    weekStartsOn: first.weekStartsOn,
    policy: reader.read(first.policy),
    client: first.client ?? STRANGER,
    clientBlocked: first.clientBlocked,
    beside: first.beside,
    coaches: rows.filter(row => row.id !== null).map(row => coachOf(row, request.known)),
  }
}

function coachOf(
  {
    offer: _o,
    weekStartsOn: _w,
    policy: _p,
    client: _c,
    clientBlocked: _b,
    beside: _e,
    facts,
    ...coach
  }: Row,
  known: KnownCalendars | undefined,
): BookableCoach {
  const calendar = facts
    ? { ...facts, coachId: coach.id, timeZone: coach.timeZone }
    : known!.get(coach.id)!.facts
  return { ...coach, calendar }
}

function availabilityStatement(
  request: AvailabilityRequest,
  policy: RawBuilder<PolicyRow | null>,
): RawBuilder<Row> {
  const { tenantId: tenant, offer, coachId, client, from, to, known, beside } = request
  const versions = JSON.stringify(
    Object.fromEntries([...(known ?? [])].map(([id, { version }]) => [id, version])),
  )
  const person =
    client === undefined
      ? sql`NULL::uuid`
      : 'personId' in client
        ? sql`${client.personId}::uuid`
        : sql`(SELECT id FROM people WHERE tenant_id = ${tenant} AND email = ${client.email})`
  return sql<Row>`
    WITH client AS (SELECT ${person} AS id)
    SELECT
      json_build_object('id', o.id, 'slug', o.slug, 'title', o.title, 'kind', o.kind,
        'durationMinutes', o.duration_minutes, 'stepMinutes', o.step_minutes, 'bufferMinutes', o.buffer_minutes,
        'noticeMinutes', o.notice_minutes, 'horizonDays', o.horizon_days, 'priceMinor', o.price_minor,
        'currency', o.currency, 'active', o.active, 'kindSettings', o.kind_settings, 'location', o.location) AS offer,
      t.week_starts_on AS "weekStartsOn", ${policy} AS policy, ${clientRecord(request)} AS client, ${beside ?? sql`NULL`} AS beside,
      EXISTS (SELECT FROM clients cl WHERE cl.tenant_id = ${tenant} AND cl.person_id = (SELECT id FROM client)
        AND cl.blocked_at IS NOT NULL) AS "clientBlocked",
      co.id, p.name, co.slug, co.time_zone AS "timeZone",
      co.allow_firm_booking AS "allowFirmBooking", co.firm_booking_threshold_hours AS "firmBookingThresholdHours",
      co.buffer_minutes AS "bufferMinutes", co.buffer_external_busy AS "bufferExternalBusy",
      co.max_sessions_per_day AS "maxSessionsPerDay", co.max_sessions_per_week AS "maxSessionsPerWeek",
      co.limit_outcome AS "limitOutcome", co.calendar_visibility AS "calendarVisibility",
      co.require_approval_non_connected AS "requireApprovalNonConnected",
      co.approval_hours AS "approvalHours", co.approval_timeout AS "approvalTimeout",
      co.competing_requests AS "competingRequests",
      (SELECT status FROM connections cn WHERE cn.tenant_id = ${tenant} AND cn.coach_id = co.id
        AND cn.client_id = (SELECT id FROM client)) AS connection,
      ca.version,
      CASE WHEN ca.version IS DISTINCT FROM (${versions}::jsonb ->> ca.coach_id::text)::bigint THEN json_build_object(
        'hours', (SELECT coalesce(json_agg(json_build_object('weekday', weekday, 'startMinute', start_minute,
            'endMinute', end_minute)), '[]') FROM hours WHERE tenant_id = ${tenant} AND coach_id = co.id),
        'overrides', (SELECT coalesce(json_agg(json_build_object('date', local_date, 'ranges', ranges)), '[]')
            FROM overrides WHERE tenant_id = ${tenant} AND coach_id = co.id),
        'timeOff', (SELECT coalesce(json_agg(${interval('x')}), '[]')
            FROM time_off x WHERE tenant_id = ${tenant} AND coach_id = co.id AND ends_at > ${from}),
        'externalBusy', (SELECT coalesce(json_agg(${interval('x')}), '[]')
            FROM external_busy x WHERE tenant_id = ${tenant} AND coach_id = co.id AND ends_at > ${from}),
        'competing', (SELECT coalesce(json_agg(json_build_object(
            'startsAt', ${milliseconds('x.starts_at')}, 'endsAt', ${milliseconds('x.ends_at')},
            'bufferMinutes', round(extract(epoch FROM x.blocked_until - x.ends_at) / 60), 'bookingId', b.id)), '[]')
          FROM claims x
          JOIN bookings b ON b.tenant_id = x.tenant_id AND b.session_id = x.session_id AND b.status = 'REQUESTED'
          WHERE x.tenant_id = ${tenant} AND x.coach_id = co.id AND x.released_at IS NULL AND NOT x.exclusive
            AND x.starts_at > ${from}::timestamptz - interval '24 hours'
            AND (${to}::timestamptz IS NULL OR x.starts_at < ${to}::timestamptz)),
        'claims', (SELECT coalesce(json_agg(json_build_object(
            'startsAt', ${milliseconds('x.starts_at')}, 'endsAt', ${milliseconds('x.ends_at')},
            'bufferMinutes', round(extract(epoch FROM x.blocked_until - x.ends_at) / 60),
            'sessionId', x.session_id, 'holdId', x.hold_id, 'expiresAt', ${milliseconds('x.expires_at')},
            'bookingId', b.id, 'visitorHash', h.visitor_hash, 'offerId', h.offer_id, 'place', coalesce(s.place, ''),
            'status', CASE WHEN x.hold_id IS NOT NULL OR b.status = 'REQUESTED' THEN 'tentative' ELSE 'booked' END)), '[]')
          FROM claims x
          LEFT JOIN holds h ON h.tenant_id = x.tenant_id AND h.id = x.hold_id
          LEFT JOIN LATERAL (SELECT s.terms, CASE WHEN s.terms IS NULL THEN so.location
              WHEN s.terms ->> 'format' <> 'online' THEN s.terms #>> '{venue,address}' END AS place
            FROM sessions s JOIN offers so ON so.tenant_id = s.tenant_id AND so.id = s.offer_id
            WHERE s.tenant_id = x.tenant_id AND s.id = x.session_id) s ON true
          LEFT JOIN LATERAL (SELECT b.id, b.status FROM bookings b
            WHERE b.tenant_id = x.tenant_id AND b.session_id = x.session_id AND s.terms IS NULL
              AND b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED') LIMIT 1) b ON true
          WHERE x.tenant_id = ${tenant} AND x.coach_id = co.id AND x.released_at IS NULL AND x.exclusive
            AND x.starts_at > ${from}::timestamptz - interval '24 hours'
            AND (${to}::timestamptz IS NULL OR x.starts_at < ${to}::timestamptz))
      ) END AS facts
    FROM offers o
    JOIN tenants t ON t.id = o.tenant_id
    LEFT JOIN (offer_coaches oc
      JOIN coaches co ON co.tenant_id = oc.tenant_id AND co.id = oc.coach_id
      JOIN members m ON m.tenant_id = co.tenant_id AND m.person_id = co.person_id AND m.active
      JOIN people p ON p.tenant_id = co.tenant_id AND p.id = co.person_id
      JOIN calendars ca ON ca.tenant_id = co.tenant_id AND ca.coach_id = co.id
    ) ON oc.tenant_id = o.tenant_id AND oc.offer_id = o.id AND (${coachId ?? null}::uuid IS NULL OR oc.coach_id = ${coachId ?? null}::uuid)
    WHERE o.tenant_id = ${tenant} AND (o.slug = ${offer} OR o.id::text = ${offer})
    ORDER BY oc.position, co.id`
}

function interval(alias: string): RawBuilder<unknown> {
  return sql`json_build_object('startsAt', ${milliseconds(`${alias}.starts_at`)}, 'endsAt', ${milliseconds(`${alias}.ends_at`)})`
}

function milliseconds(column: string): RawBuilder<unknown> {
  return sql`round(extract(epoch FROM ${sql.ref(column)}) * 1000)::bigint`
}
