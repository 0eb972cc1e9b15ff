import type { Command } from '../command.ts'
import { requireClientSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { endQuestion } from './end-conversation.ts'
import { lockBooking } from './lock-booking.ts'
import { coachsTurn } from './turns.ts'
import { requireQuestion } from './withdraw-question.ts'

/**
 * The client answers the coach's question: the request is the coach's again, with what was left of the time (035).
 * Refuses with 409 `QUESTION_GONE` one that was taken back or ran out.
 */
export async function answerQuestion(
  command: Command,
  { id, answer }: { id: string; answer: string },
): Promise<void> {
  const booking = await lockBooking(command, id)
  requireClientSide(command.actor, booking)
  const { id: questionId } = requireQuestion(booking)
  await endQuestion(command, booking, answer)
  await changeBooking(command, booking, await coachsTurn(command, booking), {
    name: 'booking.question_answered',
    data: { questionId },
  })
}
