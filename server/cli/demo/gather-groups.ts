import { DateTime } from 'luxon'
import type { Command } from '#server/domain/command.ts'
import { type PlannedMessage, planMessages } from '#server/domain/notifications/plan-message.ts'
import { seatRemindersOf } from '#server/domain/notifications/reminders.ts'
import { findSessionFacts } from '#server/domain/notifications/session-facts.ts'
import { bookSeats } from '#server/domain/sessions/book-seats.ts'
import { createSession } from '#server/domain/sessions/manage/create-session.ts'
import { previewSessions } from '#server/domain/sessions/manage/preview.ts'
import { createSchedule } from '#server/domain/sessions/manage/schedule.ts'
import type { KnownClient } from './clients.ts'
import type { GroupPart } from './groups.ts'
import type { Random } from './random.ts'
import type { GroupOffer } from './set-up-business.ts'

/** Weeks later that a workshop is tried where its coach is taken. */
const TRIES = 12
/** Jobs that matter from now on; nobody is told of what the demo did to come about. */
const LASTING = ['minimum', 'schedule', 'message', 'reminder']

/** Holds the groups and workshops: makes their sessions from now on, books seats for clients, and plans reminders. */
export async function gatherGroups(
  command: Command,
  offers: readonly GroupOffer[],
  clients: readonly KnownClient[],
  random: Random,
): Promise<void> {
  const quiet: Command = {
    ...command,
    send: async (queue, ...rest) => {
      if (LASTING.includes(queue)) await command.send(queue, ...rest)
    },
  }
  for (const offer of offers) {
    const sessions = await holdSessions(quiet, offer)
    for (const [at, count] of offer.part.bookings.entries()) {
      const sessionId = sessions[at]
      if (sessionId) await takeSeats(quiet, { offer, sessionId, count, clients, random })
    }
    for (const sessionId of sessions) await planReminders(quiet, sessionId)
  }
}

async function holdSessions(command: Command, { id, part, coaches }: GroupOffer): Promise<string[]> {
  const { personId, coachId, timeZone } = coaches[0]!
  const byCoach: Command = { ...command, actor: { as: 'member', personId, role: 'owner', coachId } }
  const common = {
    offerId: id,
    coachIds: coaches.map(coach => coach.coachId),
    listing: 'public' as const,
  }
  const first = firstStart(command.now, part, timeZone)
  if (part.held.repeats) {
    const { sessions } = await createSchedule(byCoach, {
      ...common,
      pattern: 'FREQ=WEEKLY',
      firstLocal: first.toFormat("yyyy-MM-dd'T'HH:mm"),
      timeZone,
      durationMinutes: part.durationMinutes,
    })
    return sessions
  }
  for (let week = 0; week < TRIES; week++) {
    const dates = Array.from({ length: part.held.weeks }, (_, at) => ({
      startsAt: first.plus({ weeks: week + at }).toJSDate(),
    }))
    const preview = await previewSessions(byCoach, { ...common, dates })
    const isFree = preview.every(({ conflicts, outsideHours }) => conflicts.length === 0 && !outsideHours)
    if (isFree) return [(await createSession(byCoach, { ...common, dates, timeZone })).id]
  }
  return []
}

/** The first such weekday from so many days on. */
function firstStart(now: Date, { held: { weekday, at, inDays } }: GroupPart, zone: string): DateTime {
  const [hour, minute] = at.split(':').map(Number) as [number, number]
  const day = DateTime.fromJSDate(now, { zone })
    .startOf('day')
    .plus({ days: Math.max(1, inDays) })
  return day.plus({ days: (weekday - day.weekday + 7) % 7 }).set({ hour, minute })
}

interface Taking {
  offer: GroupOffer
  sessionId: string
  count: number
  clients: readonly KnownClient[]
  random: Random
}

/** The first client is the one anybody may sign in as: they always take part. */
async function takeSeats(command: Command, { offer, sessionId, count, clients, random }: Taking) {
  const from = random.whole(1, Math.max(1, clients.length - count))
  const modes = offer.part.terms.format === 'hybrid' ? (['in_person', 'online'] as const) : null
  for (let at = 0; at < count; at++) {
    const { id, name, email, timeZone, isProven } = at === 0 ? clients[0]! : clients[from + at - 1]!
    const signedIn = { as: 'client', personId: id, signedIn: true } as const
    await bookSeats(
      { ...command, actor: isProven ? signedIn : { as: 'visitor' } },
      {
        sessionId,
        seats: 1,
        ...(modes && { mode: modes[at % 2] }),
        guests: [],
        client: { name, email, timeZone },
        notes: '',
        hold: { holdId: null, visitorHash: null },
        invitedBy: [],
        idempotency: { procedure: 'demo', key: `${sessionId}-${at}`, body: {} },
      },
    )
  }
}

async function planReminders(command: Command, sessionId: string): Promise<void> {
  const session = (await findSessionFacts(command, sessionId))!
  const bookings = await command.trx
    .selectFrom('bookings')
    .select(['id', 'client_id'])
    .where('tenant_id', '=', command.tenantId)
    .where('session_id', '=', sessionId)
    .execute()
  const times = { confirmedAt: command.now, now: command.now }
  const toSeats = bookings.flatMap(({ id, client_id: personId }) =>
    seatRemindersOf(session, { id, isSeat: true }, times).map(
      ({ data, ...reminder }): PlannedMessage => ({
        ...reminder,
        ...{ personId, bookingId: id, data: { ...data, audience: 'client' } },
      }),
    ),
  )
  const toLeaders = session.leaders.flatMap(({ coachId, personId }) =>
    seatRemindersOf(session, { id: coachId, isSeat: false }, times).map(
      ({ data, ...reminder }): PlannedMessage => ({
        ...reminder,
        ...{ personId, sessionId, data: { ...data, audience: 'coach' } },
      }),
    ),
  )
  await planMessages(command, [...toSeats, ...toLeaders])
}
