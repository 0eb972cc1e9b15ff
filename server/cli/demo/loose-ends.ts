import { reschedule } from '#server/domain/booking/reschedule.ts'
import { scheduleApproval } from '#server/domain/booking/time-to-answer.ts'
import type { Command } from '#server/domain/command.ts'
import { type PlannedMessage, planMessages } from '#server/domain/notifications/plan-message.ts'
import { reminderCause, remindersOf } from '#server/domain/notifications/reminders.ts'
import { findStarts } from '#server/domain/slots/find-starts.ts'
import type { Claim } from '#server/domain/slots/types.ts'
import type { DemoClient, WrittenBooking } from './booking-rows.ts'
import type { Life } from './live-through.ts'

const DAY = 86_400_000
const PLANNED_AT_ONCE = 500

/** Starts the timers of requests that wait, lets one client ask for another time, and plans what is still to be sent. */
export async function tieLooseEnds(
  command: Command,
  written: readonly WrittenBooking[],
  clients: readonly DemoClient[],
): Promise<void> {
  for (const { id, life } of written) {
    if (life.status === 'REQUESTED') await scheduleApproval(command, id, new Date(life.answerBy!))
  }
  await askForAnotherTime(command, written, clients)
  await planReminders(command, written, clients)
}

/** The next confirmed session of a coach who approves everything is asked to be a day or so later. */
async function askForAnotherTime(
  command: Command,
  written: readonly WrittenBooking[],
  clients: readonly DemoClient[],
): Promise<void> {
  const now = command.now.getTime()
  const isMovable = ({ coach, status, startsAt }: Life) =>
    !coach.settings.allowFirmBooking && status === 'CONFIRMED' && startsAt > now + 3 * DAY
  const [next] = written
    .filter(({ life }) => isMovable(life))
    .sort((a, b) => a.life.startsAt - b.life.startsAt)
  if (!next) return
  const startsAt = freeTimeAfter(next.life, written, now)
  if (startsAt === undefined) return
  const client = { as: 'client', personId: clients[next.life.client]!.id, signedIn: true } as const
  await reschedule({ ...command, actor: client }, { id: next.id, startsAt: new Date(startsAt) })
}

function freeTimeAfter({ coach, offer, startsAt }: Life, written: readonly WrittenBooking[], now: number) {
  const claims = written
    .filter(({ life }) => life.coach.id === coach.id && !life.ended && life.endsAt > now)
    .map(
      ({ life }): Claim => ({
        startsAt: life.startsAt,
        endsAt: life.endsAt,
        bufferMinutes: life.bufferMinutes,
        sessionId: null,
        holdId: null,
        expiresAt: null,
        bookingId: null,
        status: 'booked',
      }),
    )
  const starts = findStarts(
    { ...coach.calendar, claims },
    {
      from: startsAt + DAY / 2,
      to: startsAt + 10 * DAY,
      now,
      durationMinutes: offer.durationMinutes,
      stepMinutes: offer.stepMinutes,
      bufferMinutes: Math.max(offer.bufferMinutes, coach.settings.bufferMinutes),
      bufferExternalBusy: true,
      earliest: null,
      latest: null,
    },
  )
  return starts[0]
}

/** Reminders and the question for feedback of every session to come, as if each had been planned when it was booked. */
async function planReminders(
  command: Command,
  written: readonly WrittenBooking[],
  clients: readonly DemoClient[],
): Promise<void> {
  const messages = written
    .filter(({ life }) => life.confirmed && !life.ended)
    .flatMap(booking => remindersFor(booking, clients[booking.life.client]!.id, command.now))
  for (let at = 0; at < messages.length; at += PLANNED_AT_ONCE) {
    await planMessages(command, messages.slice(at, at + PLANNED_AT_ONCE))
  }
}

function remindersFor({ id, life }: WrittenBooking, clientId: string, now: Date): PlannedMessage[] {
  const { coach, sequence, confirmed } = life
  const session = { startsAt: new Date(life.startsAt), endsAt: new Date(life.endsAt) }
  return remindersOf(session, { confirmedAt: new Date(confirmed!.at), now }).map(({ type, to, dueAt }) => ({
    type,
    cause: reminderCause(id, sequence),
    personId: to === 'client' ? clientId : coach.personId,
    bookingId: id,
    data: { sequence, audience: to },
    dueAt,
  }))
}
