import type { SessionTerms } from '@rapport/sdk'
import { type Selectable, sql, type Updateable } from 'kysely'
import type { SessionsTable } from '#server/db/tables.ts'
import { record } from '#server/events/record.ts'
import { lockBooking } from '../../booking/lock-booking.ts'
import { keepAnswerBeforeStart } from '../../booking/reschedule.ts'
import { dropStaleCheckIns } from '../../check-ins/drop-stale.ts'
import type { Command } from '../../command.ts'
import { requireCoaches } from '../../offers/check-offer.ts'
import { Refusal } from '../../refusal.ts'
import { movedBalance } from '../moved-balance.ts'
import { type GivenTerms, settleTerms } from '../terms.ts'
import { claimDates, releaseClaims } from './claim-dates.ts'
import { decideByOf, scheduleDecision } from './decision-timer.ts'
import {
  hintSession,
  type LockedSession,
  lockSession,
  requireMayGiveTime,
  requireOn,
  takenSeats,
} from './lock-session.ts'
import { changeCapacity } from './set-capacity.ts'
import { type GivenDate, isSame, type SessionDate, settleDates } from './settle-dates.ts'
import { nameCoaches, writeDates } from './write-session.ts'

export interface UpdateSession {
  id: string
  listing?: Selectable<SessionsTable>['listing'] | undefined
  coachIds?: string[] | undefined
  /** Each field that isn't named stays. What was sold stays as it was sold. */
  terms?: GivenTerms | undefined
  /** Other dates: the session moves, and everybody who takes part is told. */
  dates?: GivenDate[] | undefined
}

/**
 * Changes what is given of a session and leaves the rest (269, 299–319). Under the lock of its coaches' calendars where
 * time changes hands, and of its seats. 409 `SESSION_CANCELLED`, `SLOT_TAKEN` with date and coach, `CAPACITY_BELOW`,
 * `MODES_BOOKED` where people have booked a way to take part that would be gone; 400 for dates and terms at fault.
 */
export async function updateSession(command: Command, { id, ...asked }: UpdateSession): Promise<void> {
  const time = asked.dates !== undefined || asked.coachIds !== undefined
  const before = await lockSession(command, id, { time, alsoCoaches: asked.coachIds ?? [] })
  requireOn(before)
  const after = await settleChanges(command, before, asked)
  if (time) await rewriteTime(command, before, after)
  await rewriteSeats(command, before, after.terms)
  const isMoved = !haveSame(before.dates, after.dates)
  const isLedByOthers = !haveSameIds(before.coachIds, after.coachIds)
  const decideBy = newDecideBy(command, before, after)

  await writeRow(command, before, {
    listing: after.listing,
    terms: JSON.stringify(after.terms),
    decide_by: decideBy,
    sequence: before.sequence + (isMoved || isLedByOthers ? 1 : 0),
  })
  if (decideBy?.getTime() !== before.decideBy?.getTime()) await scheduleDecision(command, id, decideBy)
  if (isMoved) await moveDeadlinesOfBookings(command, before, after)
  await recordChanges(command, before, after, isMoved)
}

type Changed = LockedSession

async function settleChanges(
  command: Command,
  before: LockedSession,
  { listing, coachIds, terms, dates }: Omit<UpdateSession, 'id'>,
): Promise<Changed> {
  const kind = command.kind(before.kind)
  if (coachIds && !haveSameIds(coachIds, before.coachIds)) {
    if (coachIds.length === 0)
      throw new Refusal('input', 'COACH_MISSING', 'Choose at least one coach.', { field: 'coachIds' })
    const more = coachIds.filter(coach => !before.coachIds.includes(coach))
    requireMayGiveTime(command, more)
    await requireCoaches(command, coachIds)
  }
  const first = before.dates[0]!
  const durationMinutes = (first.endsAt.getTime() - first.startsAt.getTime()) / 60_000
  return {
    ...before,
    listing: listing ?? before.listing,
    coachIds: coachIds ?? before.coachIds,
    terms: terms
      ? settleTerms({ kind, before: before.terms, given: terms, offer: { priceMinor: before.offerPrice } })
      : before.terms,
    dates: dates
      ? settleDates(dates, { kind, durationMinutes, now: command.now, before: before.dates })
      : before.dates,
  }
}

/** The coaches' time goes from the old dates to the new ones in one go. What is over stays with whoever led it. */
async function rewriteTime(command: Command, before: LockedSession, after: Changed): Promise<void> {
  if (haveSame(before.dates, after.dates) && haveSameIds(before.coachIds, after.coachIds)) return
  const dates = after.dates.filter(({ endsAt }) => endsAt > command.now)
  await releaseClaims(command, before.id, { later: true })
  if (dates.length > 0) await claimDates(command, { ...after, dates, sessionId: before.id })
  await writeDates(command, before.id, after.dates)
  await dropStaleCheckIns(command, before.id)
  await nameCoaches(command, before.id, after.coachIds)
}

/** Quotas as the new terms have them. */
async function rewriteSeats(command: Command, before: LockedSession, terms: SessionTerms): Promise<void> {
  const quotas = command.kind(before.kind).sessions!.seats(terms)
  const modes = (list: readonly { mode: string }[]) =>
    list
      .map(({ mode }) => mode)
      .sort()
      .join()
  if (modes(quotas) === modes(before.seats)) {
    for (const { mode, capacity } of quotas) await changeCapacity(command, before, mode, capacity)
    return
  }
  await requireNeverBooked(command, before)
  const { trx, tenantId } = command
  const of = { tenant_id: tenantId, session_id: before.id }
  await trx
    .deleteFrom('session_seats')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', before.id)
    .execute()
  await trx
    .insertInto('session_seats')
    .values(quotas.map(quota => ({ ...of, ...quota })))
    .execute()
}

/** Bookings and holds keep the way to take part that they were made for, also those that have ended. */
async function requireNeverBooked({ trx, tenantId }: Command, session: LockedSession): Promise<void> {
  const of = (table: 'bookings' | 'holds') =>
    trx
      .selectFrom(table)
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where('session_id', '=', session.id)
      .limit(1)
      .executeTakeFirst()
  if (takenSeats(session) === 0 && !(await of('bookings')) && !(await of('holds'))) return
  const why = 'People have booked by the way it is held now. Make a new session for another way.'
  throw new Refusal('conflict', 'MODES_BOOKED', why, { field: 'terms.format' })
}

/** What is decided stays decided; a deadline that is open moves with dates and terms. */
function newDecideBy({ now }: Command, before: LockedSession, after: Changed): Date | null {
  if (before.decidedAt) return before.decideBy
  const isAsked =
    !haveSame(before.dates, after.dates) ||
    JSON.stringify(before.terms.minimum) !== JSON.stringify(after.terms.minimum)
  return isAsked ? decideByOf(after, now) : before.decideBy
}

async function writeRow(
  { trx, tenantId, now }: Command,
  { id }: LockedSession,
  changes: Updateable<SessionsTable>,
): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ ...changes, changed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/**
 * What a deposit left open is due as long before the start as it was sold, on the wall clock, and requests are answered
 * before it, wherever it moves. Whom the new dates don't suit may cancel free of charge.
 */
async function moveDeadlinesOfBookings(
  command: Command,
  before: LockedSession,
  after: Changed,
): Promise<void> {
  const { trx, tenantId } = command
  const [from, to] = [before.dates[0]!.startsAt, after.dates[0]!.startsAt]
  await sql`
    UPDATE bookings SET balance_due_at = ${movedBalance(from, to, after.timeZone)}
    WHERE tenant_id = ${tenantId} AND session_id = ${after.id} AND balance_due_at IS NOT NULL
      AND status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED')`.execute(trx)
  await sql`
    UPDATE bookings SET policy_snapshot = jsonb_set(policy_snapshot, '{movedByStaff}', 'true')
    WHERE tenant_id = ${tenantId} AND session_id = ${after.id} AND policy_snapshot ? 'terms'
      AND status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED')`.execute(trx)
  const requests = await trx
    .selectFrom('bookings')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', after.id)
    .where('status', '=', 'REQUESTED')
    .orderBy('id')
    .execute()
  for (const { id } of requests) await keepAnswerBeforeStart(command, await lockBooking(command, id), to)
}

async function recordChanges(
  command: Command,
  before: LockedSession,
  after: Changed,
  isMoved: boolean,
): Promise<void> {
  const { id, sequence } = before
  const about = { subject: 'session', subjectId: id, coachId: after.coachIds[0]! }
  const isLedByOthers = !haveSameIds(before.coachIds, after.coachIds)
  const isTerms = JSON.stringify(before.terms) !== JSON.stringify(after.terms)
  if (isMoved) {
    await record(command, 'session.moved', {
      ...about,
      data: {
        from: before.dates[0]!.startsAt,
        to: after.dates[0]!.startsAt,
        dates: after.dates.map(({ startsAt }) => startsAt),
        formerDates: before.dates.length,
        sequence: sequence + 1,
      },
    })
  }
  if (isLedByOthers || isTerms || before.listing !== after.listing) {
    await record(command, 'session.changed', {
      ...about,
      data: {
        ...(isLedByOthers && { coachIds: { old: before.coachIds, new: after.coachIds }, isMoved }),
        ...(isLedByOthers && { sequence: sequence + 1 }),
        ...(isTerms && { terms: 'changed' }),
        ...(before.listing !== after.listing && { listing: { old: before.listing, new: after.listing } }),
      },
    })
  }
  hintSession(command, before)
}

function haveSame(one: readonly SessionDate[], other: readonly SessionDate[]): boolean {
  return one.length === other.length && one.every((date, index) => isSame(date, other[index]!))
}

function haveSameIds(one: readonly string[], other: readonly string[]): boolean {
  return one.join() === other.join()
}
