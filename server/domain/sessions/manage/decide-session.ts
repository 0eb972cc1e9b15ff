import { sql } from 'kysely'
import { DateTime } from 'luxon'
import type { SessionsTable } from '#server/db/tables.ts'
import { record } from '#server/events/record.ts'
import type { Command } from '../../command.ts'
import { Refusal } from '../../refusal.ts'
import { endSession } from './cancel-session.ts'
import { scheduleDecision } from './decision-timer.ts'
import { hintSession, type LockedSession, lockSession, requireOn, takenSeats } from './lock-session.ts'

/**
 * Staff decide whether a session takes place, before its deadline or when they are asked (314). 409
 * `ALREADY_DECIDED` where that is certain, `SESSION_CANCELLED`.
 */
export async function decideSession(
  command: Command,
  { id, go }: { id: string; go: boolean },
): Promise<void> {
  const session = await lockSession(command, id, { time: !go })
  requireOn(session)
  if (session.decideBy === null)
    throw new Refusal('conflict', 'ALREADY_DECIDED', 'It is certain already that this session takes place.')
  if (go) await confirmSession(command, session)
  else await endSession(command, session, { code: 'minimum_not_met', reason: null })
}

interface Rings {
  sessionId: string
  step: 'warn' | 'decide'
  /** The deadline it was made for: one that has moved since has a job of its own. */
  decideBy: string
}

/**
 * What the job `minimum` does (308, 314, 315): 48 hours before the deadline it warns the coach where too few have
 * booked, at the deadline it decides by the terms. Nothing where it is decided, was asked before, or the deadline is
 * another; so however often and in whatever order such jobs run, a session is decided once.
 */
export async function ringMinimum(command: Command, { sessionId, step, decideBy }: Rings): Promise<void> {
  const session = await lockSession(command, sessionId, { time: step === 'decide' })
  const { minimum } = session.terms
  const isCurrent = session.state !== 'CANCELLED' && session.decideBy?.toISOString() === decideBy
  if (!isCurrent || !minimum) return
  const isMet = takenSeats(session) >= minimum.seats
  if (step === 'warn') {
    if (!isMet) await askCoach(command, session, 'warn')
  } else if (session.decideBy! <= command.now) {
    if (isMet) await confirmSession(command, session)
    else await decideBelow(command, session, minimum)
  }
}

async function decideBelow(
  command: Command,
  session: LockedSession,
  { otherwise, extendsDays }: NonNullable<LockedSession['terms']['minimum']>,
): Promise<void> {
  if (otherwise === 'ask') await askCoach(command, session, 'ask')
  else if (otherwise === 'extend' && session.state !== 'EXTENDED')
    await extendSession(command, session, extendsDays)
  else await endSession(command, session, { code: 'minimum_not_met', reason: null })
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

/** Tells the coach how it stands, once for a deadline: a warning before it, the question at it. */
async function askCoach(command: Command, session: LockedSession, step: 'warn' | 'ask'): Promise<void> {
  const { trx, tenantId } = command
  const decideBy = session.decideBy!.toISOString()
  const { rows } = await sql`
    SELECT FROM events WHERE tenant_id = ${tenantId} AND subject_id = ${session.id} AND name = 'session.decision_due'
      AND data ->> 'step' = ${step} AND data ->> 'decideBy' = ${decideBy} LIMIT 1`.execute(trx)
  if (rows.length > 0) return
  const minimum = session.terms.minimum!.seats
  await recordOf(command, session, 'session.decision_due', {
    step,
    decideBy,
    minimum,
    taken: takenSeats(session),
  })
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
