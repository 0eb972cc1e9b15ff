import { uuidv7 } from 'uuidv7'
import type { SchedulesTable } from '#server/db/tables.ts'
import { record } from '#server/events/record.ts'
import { lockCalendars } from '../../availability/lock.ts'
import type { Command } from '../../command.ts'
import { notFound, Refusal } from '../../refusal.ts'
import { type Conflict, findConflicts } from './claim-dates.ts'
import { type NewSessions, prepareSessions } from './create-session.ts'
import { requireMayGiveTime } from './lock-session.ts'
import { isOver, occurrences, type Pattern } from './occurrences.ts'
import type { SessionDate } from './settle-dates.ts'
import { type NewSession, writeSession } from './write-session.ts'

const DAY = 86_400_000
/** How far ahead there are sessions, and how often more are made. */
const AHEAD = 12 * 7 * DAY
const EVERY = 7 * DAY

export type CreateSchedule = NewSessions & Pattern

/** What a round of making sessions did. */
export interface Made {
  /** Ids of sessions, by start. */
  sessions: string[]
  /** Dates that were left out since a coach's time was taken. */
  skipped: { startsAt: string; coachId: string; coachName: string }[]
}

/**
 * Makes sessions by a pattern, each on one date, twelve weeks ahead; a job goes on week by week until the pattern or
 * `endSchedule` ends it. Dates on which a coach's time is taken are left out and named. 400 `NOT_REPEATING` for a
 * kind without schedules, and what `occurrences` and `createSession` refuse.
 */
export async function createSchedule(
  command: Command,
  { pattern, firstLocal, timeZone, durationMinutes, ...input }: CreateSchedule,
): Promise<{ scheduleId: string } & Made> {
  const { trx, tenantId, now } = command
  const { terms, kind, offerBuffer } = await prepareSessions(command, input)
  if (!kind.sessions!.repeats) {
    const why = 'Sessions of this kind are made one by one.'
    throw new Refusal('input', 'NOT_REPEATING', why, { field: 'pattern' })
  }
  const id = uuidv7()
  const until = new Date(now.getTime() + AHEAD)
  const dates = occurrences({ pattern, firstLocal, timeZone, durationMinutes }, { after: now, until })

  await trx
    .insertInto('schedules')
    .values({
      tenant_id: tenantId,
      id,
      offer_id: input.offerId,
      pattern,
      first_local: firstLocal,
      time_zone: timeZone,
      duration_minutes: durationMinutes,
      coach_ids: input.coachIds,
      listing: input.listing,
      terms: JSON.stringify(terms),
      made_until: until,
      created_at: now,
    })
    .execute()
  await record(command, 'schedule.created', {
    subject: 'schedule',
    subjectId: id,
    coachId: input.coachIds[0]!,
    data: { offerId: input.offerId, pattern, timeZone, coachIds: input.coachIds },
  })
  const made = await makeSessions(command, { ...input, offerBuffer, kind, terms, timeZone }, dates, id)
  await sendNext(command, id)
  return { scheduleId: id, ...made }
}

/**
 * What the job `schedule` does each week: makes the sessions that have come within twelve weeks. Run twice, it makes
 * them once. Nothing more where the schedule has ended or its pattern is over.
 */
export async function continueSchedule(
  command: Command,
  { scheduleId }: { scheduleId: string },
): Promise<void> {
  const { trx, tenantId, now } = command
  const schedule = await findSchedule(command, scheduleId)
  if (!schedule || schedule.ended_at) return
  await lockCalendars(command, schedule.coach_ids)
  const until = new Date(now.getTime() + AHEAD)
  const locked = await trx
    .selectFrom('schedules')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', scheduleId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (locked.ended_at || locked.made_until >= until) return

  const pattern = patternOf(locked)
  const offer = await trx
    .selectFrom('offers')
    .select(['kind', 'buffer_minutes'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', locked.offer_id)
    .executeTakeFirstOrThrow()
  const after = new Date(Math.max(locked.made_until.getTime(), now.getTime()))
  const session = {
    offerId: locked.offer_id,
    offerBuffer: offer.buffer_minutes,
    kind: command.kind(offer.kind),
    terms: locked.terms,
    listing: locked.listing,
    timeZone: locked.time_zone,
    coachIds: locked.coach_ids,
  }
  await makeSessions(command, session, occurrences(pattern, { after, until }), scheduleId)
  await trx
    .updateTable('schedules')
    .set({ made_until: until })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', scheduleId)
    .execute()
  if (!isOver(pattern, until)) await sendNext(command, scheduleId)
}

/** No more sessions are made; those there are stay. Said twice, it counts once. 404 for an unknown one. */
export async function endSchedule(command: Command, { scheduleId }: { scheduleId: string }): Promise<void> {
  const { trx, tenantId, now } = command
  const schedule = await findSchedule(command, scheduleId)
  if (!schedule) throw notFound('schedule')
  requireMayGiveTime(command, schedule.coach_ids)
  const { numUpdatedRows } = await trx
    .updateTable('schedules')
    .set({ ended_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', scheduleId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!numUpdatedRows) return
  await record(command, 'schedule.ended', {
    subject: 'schedule',
    subjectId: scheduleId,
    coachId: schedule.coach_ids[0]!,
    data: { offerId: schedule.offer_id },
  })
  command.hint(`sessions:${schedule.offer_id}`)
}

function findSchedule({ trx, tenantId }: Command, id: string) {
  return trx
    .selectFrom('schedules')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
}

function patternOf(
  schedule: Pick<SchedulesTable, 'pattern' | 'first_local' | 'time_zone' | 'duration_minutes'>,
) {
  return {
    pattern: schedule.pattern,
    firstLocal: schedule.first_local,
    timeZone: schedule.time_zone,
    durationMinutes: schedule.duration_minutes,
  }
}

type Common = Omit<NewSession, 'dates' | 'scheduleId'>

/** A session for each date that is free, under the lock of the coaches' calendars. */
async function makeSessions(
  command: Command,
  session: Common,
  dates: readonly SessionDate[],
  scheduleId: string,
): Promise<Made> {
  const conflicts =
    dates.length === 0 ? [] : await findConflicts(command, { ...session, sessionId: null, dates })
  const isTaken = ({ startsAt }: SessionDate) =>
    conflicts.some(conflict => conflict.startsAt.getTime() === startsAt.getTime())
  const sessions: string[] = []
  for (const date of dates.filter(date => !isTaken(date)))
    sessions.push(await writeSession(command, { ...session, dates: [date], scheduleId }))
  if (dates.length > 0) await recordRound(command, session, scheduleId, { sessions, conflicts })
  return {
    sessions,
    skipped: conflicts.map(({ startsAt, coachId, coachName }) => ({
      startsAt: startsAt.toISOString(),
      coachId,
      coachName,
    })),
  }
}

/** Those who lead them are told of a round at once, not of each session. */
async function recordRound(
  command: Command,
  { offerId, coachIds }: Common,
  scheduleId: string,
  { sessions, conflicts }: { sessions: readonly string[]; conflicts: readonly Conflict[] },
): Promise<void> {
  await record(command, 'schedule.round_made', {
    subject: 'schedule',
    subjectId: scheduleId,
    coachId: coachIds[0]!,
    data: { offerId, sessions, skipped: conflicts.map(({ startsAt, coachId }) => ({ startsAt, coachId })) },
  })
}

async function sendNext(command: Command, scheduleId: string): Promise<void> {
  const { tenantId, now } = command
  await command.send(
    'schedule',
    { tenantId, scheduleId },
    { startAfter: new Date(now.getTime() + EVERY), singletonKey: scheduleId },
  )
}
