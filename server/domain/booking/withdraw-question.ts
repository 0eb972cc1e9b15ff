import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { requireCoachSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { endQuestion } from './end-conversation.ts'
import { type LockedBooking, lockBooking } from './lock-booking.ts'
import { coachsTurn } from './turns.ts'

/** The coach takes a question back: the request is the coach's to answer again. Refuses with 409 `QUESTION_GONE`. */
export async function withdrawQuestion(command: Command, { id }: { id: string }): Promise<void> {
  const booking = await lockBooking(command, id)
  requireCoachSide(command.actor, booking)
  const { id: questionId } = requireQuestion(booking)
  await endQuestion(command, booking)
  await changeBooking(command, booking, await coachsTurn(command, booking), {
    name: 'booking.question_withdrawn',
    data: { questionId },
  })
}

/** Refuses with 409 `QUESTION_GONE` where nothing is asked (any more). */
export function requireQuestion({ question }: LockedBooking): { id: string } {
  if (question) return question
  throw new Refusal(
    'conflict',
    'QUESTION_GONE',
    'This question was answered, taken back or ran out, so there is nothing to do about it any more.',
  )
}
