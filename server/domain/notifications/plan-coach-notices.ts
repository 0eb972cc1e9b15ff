import { sql } from 'kysely'
import type { Command } from '../command.ts'
import type { Decision } from '../rules/decide.ts'
import { localDays } from '../slots/local-days.ts'
import { planReminders } from './events-to-messages.ts'
import { findBreaches, type Intruder } from './notices/breaches.ts'
import { type NoticedCoach, readCoach } from './notices/coach.ts'
import { countTaken, levelOf, type Stretch } from './notices/fullness.ts'
import type { DispatchedEvent } from './plan-event-messages.ts'
import { type PlannedMessage, planMessages } from './plan-message.ts'
import { causeFrom } from './reminders.ts'

/** A confirmed booking of a slot. */
interface Booked {
  sessionId: string
  coachId: string
  startsAt: Date
  /** Bookings made before rules have neither. */
  decision: Partial<Pick<Decision, 'origins' | 'values'>>
  /** The coach the decision was about; null where that wasn't kept. */
  decidedFor: string | null
}

/**
 * Plans what a coach is to know of the own calendar: a day or week that fills up or goes over its limit by a booking
 * (042), each level told once; and what the coach's side puts into the break of a session, told once for the two (041).
 * May run twice for one event.
 */
export async function planCoachNotices(
  command: Command,
  event: DispatchedEvent & { coachId: string | null },
): Promise<void> {
  const intruder = intruderOf(event)
  if (intruder && event.coachId) {
    const coach = await readCoach(command, event.coachId)
    await planMessages(command, await breachNotices(command, coach, intruder))
  }
  if (event.subject !== 'booking' || !planReminders.has(event.name)) return
  const booked = await findBooked(command, event.subjectId)
  if (!booked) return
  const coach = await readCoach(command, booked.coachId)
  await planMessages(command, [
    ...(await fullnessNotices(command, coach, booked, event)),
    ...(isOfCoachsSide(event) ? await breachNotices(command, coach, { sessionId: booked.sessionId }) : []),
  ])
}

/** Time taken out of the coach's hours. */
function intruderOf({ name, data }: DispatchedEvent): Intruder | null {
  if (name !== 'hours.changed') return null
  if (data.part === 'time_off_added') return { timeOffId: data.id as string }
  return data.part === 'override' && data.ranges !== null ? { overrideDate: data.date as string } : null
}

/** Clients are kept out of breaks, but for times that the coach's side suggested. */
function isOfCoachsSide({ actor, data }: DispatchedEvent): boolean {
  return actor === 'member' || data.proposalId !== undefined
}

async function findBooked({ trx, tenantId }: Command, bookingId: string): Promise<Booked | undefined> {
  const { rows } = await sql<Booked>`
    SELECT s.id AS "sessionId", sc.coach_id AS "coachId", d.starts_at AS "startsAt", b.decision,
      (SELECT a.coach_id FROM attempts a WHERE a.tenant_id = b.tenant_id AND a.booking_id = b.id
        ORDER BY a.at DESC LIMIT 1) AS "decidedFor"
    FROM bookings b
    JOIN sessions s ON s.tenant_id = b.tenant_id AND s.id = b.session_id AND s.terms IS NULL
    JOIN session_dates d ON d.tenant_id = s.tenant_id AND d.session_id = s.id AND d.position = 0
    JOIN session_coaches sc ON sc.tenant_id = s.tenant_id AND sc.session_id = s.id AND sc.position = 0
    WHERE b.tenant_id = ${tenantId} AND b.id = ${bookingId} AND b.status IN ('FIRM_BOOKED', 'CONFIRMED')`.execute(
    trx,
  )
  return rows[0]
}

async function fullnessNotices(
  command: Command,
  coach: NoticedCoach,
  booked: Booked,
  event: DispatchedEvent,
): Promise<PlannedMessage[]> {
  const planned: PlannedMessage[] = []
  for (const stretch of stretchesOf(coach, booked, event)) {
    const level = levelOf(await countTaken(command, coach, stretch), stretch.most)
    if (!level) continue
    planned.push({
      type: 'limit_warning',
      cause: causeFrom(`${stretch.per} limit of ${coach.id} from ${stretch.from}: ${level}`),
      personId: coach.personId,
      data: { audience: 'coach', coachId: coach.id, fullness: { ...stretch, level } },
    })
  }
  return planned
}

/** The day and the week that the booking came to, where they have a limit; none that it only moved within. */
function stretchesOf(coach: NoticedCoach, booked: Booked, { name, data }: DispatchedEvent): Stretch[] {
  const days = localDays(coach.timeZone, coach.weekStartsOn)
  const left =
    name === 'booking.moved' && data.fromCoachId === coach.id ? Date.parse(data.from as string) : null
  const stretch = (per: Stretch['per'], nameOf: (instant: number) => string, limit: LimitName) => {
    const from = nameOf(booked.startsAt.getTime())
    const { most, ofRule } = limitOf(limit, coach, booked)
    return most === null || (left !== null && nameOf(left) === from) ? [] : [{ per, from, most, ofRule }]
  }
  return [
    ...stretch('day', days.dayOf, 'maxSessionsPerDay'),
    ...stretch('week', days.weekOf, 'maxSessionsPerWeek'),
  ]
}

type LimitName = 'maxSessionsPerDay' | 'maxSessionsPerWeek'

/** The limit of the rule that set one for this booking, otherwise the coach's own as it is now. */
function limitOf(
  name: LimitName,
  coach: NoticedCoach,
  { decision: { origins, values }, decidedFor }: Booked,
): { most: number | null; ofRule: boolean } {
  const ofRule = Boolean(origins?.[name].rule) && (decidedFor ?? coach.id) === coach.id
  return { most: ofRule ? values![name] : coach[name], ofRule }
}

async function breachNotices(command: Command, coach: NoticedCoach, by: Intruder): Promise<PlannedMessage[]> {
  const breaches = await findBreaches(command, coach.id, by)
  return breaches.map(({ session, by: busy }) => {
    const startsAt = new Date(session.startsAt).toISOString()
    const breach = { sessionId: session.sessionId, startsAt, by }
    return {
      type: 'break_cut_short',
      cause: causeFrom(`break of ${coach.id}: ${JSON.stringify(breach)} at ${busy.startsAt}`),
      personId: coach.personId,
      data: { audience: 'coach', coachId: coach.id, breach },
    }
  })
}
