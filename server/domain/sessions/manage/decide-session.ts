import { sql } from 'kysely'
import { DateTime } from 'luxon'
import type { SessionsTable } from '#server/db/tables.ts'
import { record } from '#server/events/record.ts'
import type { JobPayloads } from '#server/jobs/queues.ts'
import type { Command } from '../../command.ts'
import { Refusal } from '../../refusal.ts'
import { lapsesAt } from '../deadlines.ts'
import { endSession, requireNotOver } from './cancel-session.ts'
import { scheduleDecision, scheduleLapse } from './decision-timer.ts'
import { hintSession, type LockedSession, lockSession, requireOn, takenSeats } from './lock-session.ts'

/**
 * Staff decide whether a session takes place, before its deadline or when they are asked (314). 409
 * `ALREADY_DECIDED` where that is certain, `SESSION_CANCELLED`, and `SESSION_PAST` to call off what is over.
 */
export async function decideSession(
  command: Command,
  { id, go }: { id: string; go: boolean },
): Promise<void> {
  const session = await lockSession(command, id, { time: !go })
  requireOn(session)
  if (session.decideBy === null)
    throw new Refusal('conflict', 'ALREADY_DECIDED', 'It is certain already that this session takes place.')
  if (go) return confirmSession(command, session)
  requireNotOver(command, session)
  await endSession(command, session, { code: 'minimum_not_met', reason: null })
}

interface Rings {
  sessionId: string
  step: JobPayloads['minimum']['step']
  /** The deadline it was made for: one that has moved since has a job of its own. */
  decideBy: string
}

/**
 * What the job `minimum` does (308, 314, 315): 48 hours before the deadline it warns the coach where too few have
 * booked, at the deadline it decides by the terms. Where those leave it to the coach, it asks, reminds, and at last
 * cancels; whenever enough have booked by then, it takes place. Nothing where it is decided, was asked before, or the
 * deadline is another; so however often and in whatever order such jobs run, a session is decided once. A job that was
 * kept waiting until the session has begun cancels nothing any more.
 */
export async function ringMinimum(command: Command, { sessionId, step, decideBy }: Rings): Promise<void> {
  const session = await lockSession(command, sessionId, { time: step === 'decide' || step === 'lapse' })
  const { minimum } = session.terms
  const isCurrent = session.state !== 'CANCELLED' && session.decideBy?.toISOString() === decideBy
  if (!isCurrent || !minimum) return
  const isMet = takenSeats(session) >= minimum.seats
  if (step === 'warn') {
    if (!isMet) await askCoach(command, session, 'warn')
  } else if (session.decideBy! <= command.now) {
    if (isMet) await confirmSession(command, session)
    else if (session.dates[0]!.startsAt <= command.now) return
    else if (step === 'decide') await decideBelow(command, session, minimum)
    else await pressCoach(command, session, step)
  }
}

async function decideBelow(
  command: Command,
  session: LockedSession,
  { otherwise, extendsDays }: NonNullable<LockedSession['terms']['minimum']>,
): Promise<void> {
  if (otherwise === 'ask') await leaveToCoach(command, session)
  else if (otherwise === 'extend' && session.state !== 'EXTENDED')
    await extendSession(command, session, extendsDays)
  else await endSession(command, session, { code: 'minimum_not_met', reason: null })
}

/** The coach's word is waited for, but not without end. */
async function leaveToCoach(command: Command, session: LockedSession): Promise<void> {
  if (!(await askCoach(command, session, 'ask'))) return
  await scheduleLapse(command, session.id, { decideBy: session.decideBy!, lapsesAt: lapseOf(session)! })
}

async function pressCoach(command: Command, session: LockedSession, step: 'remind' | 'lapse'): Promise<void> {
  const end = lapseOf(session)
  if (!end) return
  if (step === 'remind') await askCoach(command, session, 'remind')
  else if (end <= command.now) await endSession(command, session, { code: 'minimum_not_met', reason: null })
}

function lapseOf({ terms, decideBy, dates }: LockedSession): Date | null {
  return lapsesAt(terms, decideBy, dates[0]!.startsAt)
}

/** Everybody who booked hears that it takes place for certain. */
async function confirmSession(command: Command, session: LockedSession): Promise<void> {
  await changeState(command, session, { state: 'GO', decide_by: null, decided_at: command.now })
  await recordOf(command, session, 'session.confirmed', { taken: takenSeats(session) })
}

/** A second deadline, once: by days of the wall clock after the first. */
async function extendSession(command: Command, session: LockedSession, days: number): Promise<void> {
  const decideBy = DateTime.fromJSDate(session.decideBy!, { zone: session.timeZone })
    .plus({ days })
    .toJSDate()
  await changeState(command, session, { state: 'EXTENDED', decide_by: decideBy })
  await scheduleDecision(command, session.id, decideBy)
  await recordOf(command, session, 'session.extended', { taken: takenSeats(session), decideBy })
}

/**
 * Tells the coach how it stands, each once for a deadline: a warning before it, the question at it, a reminder of the
 * question. Returns whether it did.
 */
async function askCoach(
  command: Command,
  session: LockedSession,
  step: 'warn' | 'ask' | 'remind',
): Promise<boolean> {
  const { trx, tenantId } = command
  const decideBy = session.decideBy!.toISOString()
  const { rows } = await sql`
    SELECT FROM events WHERE tenant_id = ${tenantId} AND subject_id = ${session.id} AND name = 'session.decision_due'
      AND data ->> 'step' = ${step} AND data ->> 'decideBy' = ${decideBy} LIMIT 1`.execute(trx)
  if (rows.length > 0) return false
  const minimum = session.terms.minimum!.seats
  await recordOf(command, session, 'session.decision_due', {
    step,
    decideBy,
    minimum,
    taken: takenSeats(session),
  })
  return true
}

async function changeState(
  { trx, tenantId, now }: Command,
  { id }: LockedSession,
  changes: Partial<Pick<SessionsTable, 'decide_by' | 'decided_at'>> & { state: 'GO' | 'EXTENDED' },
): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ ...changes, changed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

async function recordOf(
  command: Command,
  session: LockedSession,
  name: string,
  data: Record<string, unknown>,
): Promise<void> {
  await record(command, name, {
    subject: 'session',
    subjectId: session.id,
    coachId: session.coachIds[0]!,
    data: { ...data, sequence: session.sequence },
  })
  hintSession(command, session)
}
