import type { SeatMode } from '@rapport/sdk'
import { sql } from 'kysely'
import { refusalOf } from '../booking/attempts.ts'
import { isCheckedIn } from '../booking/attendance.ts'
import { isProven, partyOf, requireCoachSide } from '../booking/authority.ts'
import { changeBooking } from '../booking/change-booking.ts'
import { lateMoveNow, requireAgreed, termsAfterMove, tooLate } from '../booking/fees.ts'
import { type LockedBooking, lockBooking } from '../booking/lock-booking.ts'
import { keepAnswerBeforeStart } from '../booking/reschedule.ts'
import { isLive } from '../booking/transitions.ts'
import type { Command } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import { judgeSeats, settleMode } from './judge-seats.ts'
import { loadSessions, type SessionFacts } from './load-sessions.ts'
import { movedBalance } from './moved-balance.ts'
import { rulesOf } from './price.ts'
import { giveBackSeats, hintSeats, takeSeats } from './seats.ts'

/**
 * Moves a booking's seats to another session of the same offer, at the price they were sold at, under the lock of both
 * sessions' seats. By the rules of a new booking; a client whose seats are confirmed doesn't move to where the coach
 * approves first. A client's late move is what the terms say, but for asking, since no seats wait for an answer.
 * Refuses with 409 and the rule's code, `LATE_MOVE` or `FEE_CHANGED`, 404 for a session of another offer.
 */
export async function moveSeats(
  command: Command,
  { id, sessionId, agreedFeeMinor }: { id: string; sessionId: string; agreedFeeMinor?: number | undefined },
): Promise<{ outcome: 'moved' }> {
  const booking = await lockBooking(command, id)
  const by = partyOf(command.actor, booking)
  rulesOf(command.kind(booking.kind))
  requireMovable(command, booking, sessionId)
  await requireNobodyThere(command, id)
  const session = await loadTarget(command, booking, sessionId)
  if (by === 'coach') requireAnswers(command, booking, session)
  const mode = modeIn(session, booking)
  const asker = {
    by: by === 'client' ? ('client' as const) : ('staff' as const),
    // A client who was connected when booking stays so for a move by the manage link.
    proven: isProven(command.actor) || booking.connectionStatus === 'connected',
    invitedBy: [],
    timeZone: booking.clientZone,
  }
  const { decision } = await judgeSeats(session, asker, { mode, seats: booking.seats }, command.now)
  if (decision.outcome === 'refuse') throw refusalOf(decision)
  if (decision.outcome === 'request' && booking.status !== 'REQUESTED') {
    throw new Refusal(
      'conflict',
      'APPROVAL',
      'Bookings of that session are approved first, so your seats can’t simply move there. Choose another one, or book anew.',
      { field: 'sessionId' },
    )
  }
  const late = by === 'client' ? lateMoveNow(booking, command.now) : null
  if (late?.outcome === 'ask') throw tooLate('So close to its start you can’t move to another date yourself.')
  const feeMinor = late?.feeMinor ?? 0
  requireAgreed(feeMinor, agreedFeeMinor)
  await giveBackSeats(command, booking)
  await takeSeats(command, { sessionId, mode, seats: booking.seats })
  await writeMove(command, booking, session, { mode, feeMinor, byStaff: by !== 'client' })
  if (booking.status === 'REQUESTED')
    await keepAnswerBeforeStart(command, booking, session.dates[0]!.startsAt)
  return { outcome: 'moved' }
}

function requireMovable(command: Command, booking: LockedBooking, sessionId: string): void {
  if (!isLive(booking.status) || booking.startsAt <= command.now) {
    throw new Refusal(
      'conflict',
      'BOOKING_STATUS',
      'This booking is over, so it can’t be moved. Please book another session.',
      { data: { status: booking.status } },
    )
  }
  if (sessionId === booking.sessionId) {
    throw new Refusal('conflict', 'SAME_TIME', 'The booking is for this session already.', {
      field: 'sessionId',
    })
  }
}

/** A check-in is for the session somebody came to. */
async function requireNobodyThere(command: Command, id: string): Promise<void> {
  if (!(await isCheckedIn(command, id))) return
  throw new Refusal(
    'conflict',
    'CHECKED_IN',
    'These seats were checked in already, so they can’t move to another session.',
  )
}

/** Staff move seats only to sessions whose bookings they may answer. */
function requireAnswers(command: Command, { clientId }: LockedBooking, { coaches }: SessionFacts): void {
  const coachIds = coaches.map(({ id }) => id)
  requireCoachSide(command.actor, { clientId, coachId: coachIds[0]!, coachIds })
}

async function loadTarget(
  command: Command,
  { id, clientId, offerId }: LockedBooking,
  sessionId: string,
): Promise<SessionFacts> {
  const [session] = await loadSessions(command, {
    condition: sql`s.id = ${sessionId} AND s.offer_id = ${offerId}`,
    client: { personId: clientId },
    without: id,
    own: { visitorHash: null, holdId: null },
  })
  if (!session) throw notFound('session of this offer')
  return session
}

/** The way to take part that the client chose, where the other session has it too. */
function modeIn(session: SessionFacts, { mode, seats }: LockedBooking): SeatMode {
  return settleMode(session, session.seats.some(quota => quota.mode === mode) ? mode : undefined, seats)
}

async function writeMove(
  command: Command,
  booking: LockedBooking,
  session: SessionFacts,
  { mode, ...terms }: { mode: SeatMode; feeMinor: number; byStaff: boolean },
): Promise<void> {
  const { startsAt } = session.dates[0]!
  const coachId = session.coaches[0]!.id
  await changeBooking(
    command,
    { ...booking, coachId },
    {
      session_id: session.id,
      mode,
      balance_due_at: movedBalance(booking.startsAt, startsAt, session.timeZone),
      ...termsAfterMove(booking, terms),
    },
    {
      name: 'booking.moved',
      data: {
        from: booking.startsAt,
        to: startsAt,
        fromSessionId: booking.sessionId,
        sessionId: session.id,
        seats: booking.seats,
        fromCoachId: booking.coachId,
        ...(terms.feeMinor > 0 && { feeMinor: terms.feeMinor }),
      },
    },
  )
  hintSeats(command, { sessionId: session.id, offerId: session.offer.id, coachId })
}
