import type { SessionKind, SessionTerms } from '@rapport/sdk'
import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { SessionsTable } from '#server/db/tables.ts'
import { record } from '#server/events/record.ts'
import type { Command } from '../../command.ts'
import { claimDates } from './claim-dates.ts'
import { decideByOf, scheduleDecision } from './decision-timer.ts'
import { hintSession } from './lock-session.ts'
import type { SessionDate } from './settle-dates.ts'

/** A session about to be made. */
export interface NewSession {
  offerId: string
  offerBuffer: number
  kind: SessionKind
  terms: SessionTerms
  listing: Selectable<SessionsTable>['listing']
  timeZone: string
  /** In order of time. */
  dates: readonly SessionDate[]
  /** The one who leads it first. */
  coachIds: readonly string[]
  scheduleId?: string
}

/**
 * Writes a session with its dates, coaches and seats, and takes its coaches' time, whose calendars are locked.
 * Returns its id. 409 `SLOT_TAKEN`, 400 `DECISION_PAST`.
 */
export async function writeSession(command: Command, session: NewSession): Promise<string> {
  const { trx, tenantId, now } = command
  const { kind, terms, timeZone, dates, coachIds, offerId } = session
  const id = uuidv7()
  const of = { tenant_id: tenantId, session_id: id }
  const decideBy = decideByOf({ terms, timeZone, dates, state: 'SCHEDULED' }, now)
  const seats = kind.sessions!.seats(terms)

  await trx
    .insertInto('sessions')
    .values({
      tenant_id: tenantId,
      id,
      offer_id: offerId,
      kind: kind.id,
      time_zone: timeZone,
      listing: session.listing,
      calendar_uid: `${id}@rapport`,
      terms: JSON.stringify(terms),
      schedule_id: session.scheduleId ?? null,
      decide_by: decideBy,
      created_at: now,
      changed_at: now,
    })
    .execute()
  await writeDates(command, id, dates)
  await nameCoaches(command, id, coachIds)
  await trx
    .insertInto('session_seats')
    .values(seats.map(quota => ({ ...of, ...quota })))
    .execute()
  await claimDates(command, { ...session, sessionId: id })
  await scheduleDecision(command, id, decideBy)
  await record(command, 'session.created', {
    subject: 'session',
    subjectId: id,
    coachId: coachIds[0]!,
    data: {
      offerId,
      scheduleId: session.scheduleId ?? null,
      dates: dates.map(({ startsAt }) => startsAt),
      coachIds,
      listing: session.listing,
      seats: seats.reduce((sum, { capacity }) => sum + capacity, 0),
      decideBy,
    },
  })
  hintSession(command, { id, offerId })
  return id
}

/** Writes a session's dates, instead of those it had. */
export async function writeDates(
  { trx, tenantId }: Command,
  sessionId: string,
  dates: readonly SessionDate[],
): Promise<void> {
  const of = { tenant_id: tenantId, session_id: sessionId }
  await trx
    .deleteFrom('session_dates')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .execute()
  const rows = dates.map(({ startsAt, endsAt }, position) => ({
    ...of,
    position,
    starts_at: startsAt,
    ends_at: endsAt,
  }))
  await trx.insertInto('session_dates').values(rows).execute()
}

/** Says who leads a session, instead of whoever did. */
export async function nameCoaches(
  { trx, tenantId }: Command,
  sessionId: string,
  coachIds: readonly string[],
): Promise<void> {
  await trx
    .deleteFrom('session_coaches')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .execute()
  const rows = coachIds.map((coachId, position) => ({
    tenant_id: tenantId,
    session_id: sessionId,
    coach_id: coachId,
    position,
  }))
  await trx.insertInto('session_coaches').values(rows).execute()
}
