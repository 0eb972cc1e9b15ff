import { uuidv7 } from 'uuidv7'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { judge, loadForAttempt, refusalOf, requireBookedBySlot, requireCoaches } from './attempts.ts'
import { requireCoachSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { endProposals, endQuestion, ofCoach } from './end-conversation.ts'
import { holdTimes, type TimeToHold } from './hold-times.ts'
import { type LockedBooking, lockBooking } from './lock-booking.ts'
import { requireAhead, requireRoom } from './recheck.ts'
import { isLive } from './transitions.ts'
import { clientAnswersBy, clientsTurn, scheduleClientsTurn } from './turns.ts'

const MINUTE = 60_000

export interface Propose {
  id: string
  /** One to five, the best first. */
  times: readonly Date[]
  message?: string | undefined
}

/**
 * The coach suggests one to five other times, each held for the client until the time to answer is over: 48 hours at
 * most (034). They take the place of those suggested before, and of a question. A request is its client's to answer
 * from then on; a confirmed booking stands where it is until the client takes one.
 *
 * Refuses with 409 and the rule's code a time that can't be had, `MOVE_WAITING` while the client asks for a move.
 */
export async function propose(command: Command, { id, times, message }: Propose): Promise<void> {
  const booking = await lockBooking(command, id)
  requireCoachSide(command.actor, booking)
  requireOpenToProposals(command, booking)
  requireDifferent(booking, times)

  await endProposals(command, booking, ofCoach(booking.proposals), { as: 'withdrawn' })
  await endQuestion(command, booking)
  const held: TimeToHold[] = []
  for (const startsAt of times) held.push(await requireTime(command, booking, startsAt))
  await writeProposals(command, booking, held, message?.trim() || null)

  const until = new Date(Math.max(...held.map(({ expiresAt }) => expiresAt.getTime())))
  for (const instant of new Set(held.map(({ expiresAt }) => expiresAt.getTime())))
    await scheduleClientsTurn(command, booking.id, new Date(instant))
  await changeBooking(command, booking, clientsTurn(command, booking, until), {
    name: 'booking.times_proposed',
    data: { times: held.map(({ startsAt }) => startsAt), answerBy: until },
  })
}

function requireOpenToProposals(command: Command, booking: LockedBooking): void {
  requireBookedBySlot(command.kind(booking.kind))
  if (!isLive(booking.status) || booking.startsAt <= command.now) {
    throw new Refusal(
      'conflict',
      'BOOKING_STATUS',
      'This booking is over, so other times can’t be suggested for it any more.',
      { data: { status: booking.status } },
    )
  }
  if (booking.move) {
    throw new Refusal(
      'conflict',
      'MOVE_WAITING',
      'The client asks to move this session. Answer that first, then suggest other times.',
    )
  }
}

function requireDifferent({ startsAt }: LockedBooking, times: readonly Date[]): void {
  const instants = new Set(times.map(time => time.getTime()))
  if (instants.size === times.length && !instants.has(startsAt.getTime())) return
  throw new Refusal(
    'conflict',
    'SAME_TIME',
    'Each time must be another one, and none the time of the booking itself.',
    { field: 'times' },
  )
}

/** A time as staff could book it, with how long it is kept. */
async function requireTime(command: Command, booking: LockedBooking, startsAt: Date): Promise<TimeToHold> {
  requireAhead(command, startsAt)
  const { coachId, sessionId } = booking
  const loaded = await loadForAttempt(
    command,
    { offer: booking.offerId, coachId, startsAt },
    { personId: booking.clientId },
    { without: booking.id },
  )
  requireCoaches(loaded, coachId)
  const length = booking.endsAt.getTime() - booking.startsAt.getTime()
  // A session keeps the length it was booked with, whatever its offer has since.
  const offer = { ...loaded, durationMinutes: length / MINUTE }
  const asker = {
    by: 'staff' as const,
    proven: booking.connectionStatus === 'connected',
    invited: true,
    ownHoldId: null,
    movingSessionId: sessionId,
  }
  const { attempt, decision } = await judge(command, offer, offer.coaches[0]!, asker, startsAt)
  if (decision.outcome === 'refuse') throw namingTime(refusalOf(decision), startsAt)

  const endsAt = new Date(startsAt.getTime() + length)
  const bufferMinutes = decision.values.bufferMinutes!
  await requireRoom(command, { sessionId, coachId, startsAt, endsAt, bufferMinutes }).catch(error => {
    throw error instanceof Refusal ? namingTime(error, startsAt) : error
  })
  return {
    coachId,
    startsAt,
    endsAt,
    blockedUntil: new Date(attempt.blockedUntil(startsAt.getTime(), bufferMinutes)),
    expiresAt: clientAnswersBy(command.now, startsAt < booking.startsAt ? startsAt : booking.startsAt),
  }
}

/** Of several times, the page must know which one can't be had. */
function namingTime({ family, code, message, data }: Refusal, startsAt: Date): Refusal {
  return new Refusal(family, code, message, {
    field: 'times',
    data: { ...data, startsAt: startsAt.toISOString() },
  })
}

async function writeProposals(
  command: Command,
  booking: LockedBooking,
  held: readonly TimeToHold[],
  message: string | null,
): Promise<void> {
  const holdIds = await holdTimes(command, booking, 'proposal', held)
  await command.trx
    .insertInto('proposals')
    .values(
      held.map((time, at) => ({
        tenant_id: command.tenantId,
        id: uuidv7(),
        booking_id: booking.id,
        hold_id: holdIds[at]!,
        coach_id: time.coachId,
        starts_at: time.startsAt,
        ends_at: time.endsAt,
        blocked_until: time.blockedUntil,
        proposed_by: 'coach' as const,
        position: at + 1,
        status: 'open' as const,
        expires_at: time.expiresAt,
        message,
        created_at: command.now,
      })),
    )
    .execute()
}
