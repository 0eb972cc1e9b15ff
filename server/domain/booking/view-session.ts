import type { SessionTerms } from '@rapport/sdk'
import { type RawBuilder, sql } from 'kysely'
import { lapsesAt } from '../sessions/deadlines.ts'

/** The room's door: a participant may enter this long before a date starts. */
export const JOIN_OPENS_MINUTES = 15

/** A booking's session as the statement of bookings reads it. Instants inside JSON come as text. */
export interface SessionOfBooking {
  state: 'SCHEDULED' | 'GO' | 'EXTENDED' | 'CANCELLED'
  stateReason: string | null
  decideBy: string | null
  /** Null for a session that was made by booking a slot. */
  terms: SessionTerms | null
  kindSettings: Record<string, unknown>
  dates: { startsAt: string; endsAt: string }[]
  /** Names, the one who leads it first. */
  coaches: string[]
  taken: number
  capacityTotal: number
}

/** That JSON value, where `s` is the session and `o` its offer. */
export const sessionOfBooking: RawBuilder<SessionOfBooking> = sql`json_build_object('state', s.state, 'stateReason', s.state_reason,
  'decideBy', s.decide_by,
  'terms', s.terms, 'kindSettings', o.kind_settings,
  'dates', (SELECT json_agg(json_build_object('startsAt', sd.starts_at, 'endsAt', sd.ends_at) ORDER BY sd.starts_at)
    FROM session_dates sd WHERE sd.tenant_id = s.tenant_id AND sd.session_id = s.id),
  'coaches', (SELECT json_agg(gp.name ORDER BY g.position) FROM session_coaches g
    JOIN coaches gc ON gc.tenant_id = g.tenant_id AND gc.id = g.coach_id
    JOIN people gp ON gp.tenant_id = gc.tenant_id AND gp.id = gc.person_id
    WHERE g.tenant_id = s.tenant_id AND g.session_id = s.id),
  'taken', (SELECT sum(q.taken) FROM session_seats q WHERE q.tenant_id = s.tenant_id AND q.session_id = s.id),
  'capacityTotal', (SELECT sum(q.capacity) FROM session_seats q WHERE q.tenant_id = s.tenant_id AND q.session_id = s.id))`

/** What a booking's page shows of its session. How it is met and where to enter is added by whoever knows kinds and addresses. */
export function viewSessionOfBooking(id: string, session: SessionOfBooking, now: Date) {
  const { terms, state, stateReason, decideBy, kindSettings, coaches, taken, capacityTotal } = session
  const dates = session.dates.map(({ startsAt, endsAt }) => ({
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
  }))
  const next = dates.find(({ endsAt }) => Date.parse(endsAt) > now.getTime())
  return {
    id,
    dates,
    coaches,
    state,
    /** Why it is cancelled: `coach`, `minimum_not_met`. */
    stateReason,
    /** When it is decided whether enough take part; null where that is certain. */
    decideBy: decideBy && new Date(decideBy).toISOString(),
    /** Where it is left to the coach: when it is cancelled by itself unless somebody decides. */
    lapsesAt:
      lapsesAt(terms, decideBy ? new Date(decideBy) : null, new Date(dates[0]!.startsAt))?.toISOString() ??
      null,
    minimum: terms?.minimum?.seats ?? null,
    taken,
    capacityTotal,
    showsProgress: terms?.minimum?.showsProgress ?? false,
    venue: terms?.venue ?? null,
    travelNote: terms?.venue?.travelNote || null,
    chat: terms?.chat ?? false,
    participantList: terms?.participantList ?? false,
    sharedResources: terms?.sharedResources ?? false,
    /** Of the date that is on or comes next; null when all are over. */
    joinOpensAt: next
      ? new Date(Date.parse(next.startsAt) - JOIN_OPENS_MINUTES * 60_000).toISOString()
      : null,
    ...{ terms, kindSettings },
  }
}
