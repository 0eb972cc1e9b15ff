import type { Command } from '../command.ts'
import { changeBooking } from './change-booking.ts'
import { endProposals, endQuestion, ofCoach } from './end-conversation.ts'
import { type LockedBooking, lockBooking } from './lock-booking.ts'
import { coachsTurn, scheduleClientsTurn } from './turns.ts'

/** So far apart the clocks of two machines may be, ms. */
const EARLY = 30_000

/**
 * When a client's time to answer may be over: suggested times that ran out are free again, and once nothing is left to
 * answer a request is its coach's again. Goes by what stands, so an answer that was quicker, or ringing twice, changes
 * nothing; rung a little early by the clock of a database that is ahead, it rings again.
 */
export async function ringAnswer(command: Command, { bookingId }: { bookingId: string }): Promise<void> {
  const booking = await lockBooking(command, bookingId)
  await ringAgain(command, booking)
  const suggested = ofCoach(booking.proposals)
  const over = suggested.filter(({ expiresAt }) => expiresAt! <= command.now)
  await endProposals(command, booking, over, { as: 'expired' })

  const isOver = booking.awaiting === 'client' && booking.answerBy! <= command.now
  const questionIsOver = booking.question !== null && isOver
  if (questionIsOver) await endQuestion(command, booking)
  const allRanOut = over.length > 0 && over.length === suggested.length
  if (!allRanOut && !questionIsOver) return
  await changeBooking(command, booking, await coachsTurn(command, booking), {
    name: 'booking.not_answered',
    data: questionIsOver ? { questionId: booking.question!.id } : { proposalId: over[0]!.id },
  })
}

async function ringAgain(command: Command, booking: LockedBooking): Promise<void> {
  const now = command.now.getTime()
  const deadlines = ofCoach(booking.proposals).map(({ expiresAt }) => expiresAt)
  if (booking.question) deadlines.push(booking.answerBy)
  const soon = deadlines.find(at => at && at.getTime() > now && at.getTime() <= now + EARLY)
  if (soon) await scheduleClientsTurn(command, booking.id, soon)
}
