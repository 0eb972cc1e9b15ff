import { uuidv7 } from 'uuidv7'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { requireCoachSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { endProposals, ofCoach } from './end-conversation.ts'
import { lockBooking } from './lock-booking.ts'
import { requireAhead } from './recheck.ts'
import { clientAnswersBy, clientsTurn, scheduleClientsTurn } from './turns.ts'

/**
 * The coach asks a question before answering a request; until the client answers, or 48 hours have passed, the
 * coach's clock stands still (035). Times suggested before are taken back: one thing at a time. Refuses with 409
 * `BOOKING_STATUS` what is no request (any more), `QUESTION_OPEN` a second question.
 */
export async function ask(
  command: Command,
  { id, question }: { id: string; question: string },
): Promise<void> {
  const booking = await lockBooking(command, id)
  requireCoachSide(command.actor, booking)
  if (booking.status !== 'REQUESTED') {
    throw new Refusal(
      'conflict',
      'BOOKING_STATUS',
      'This booking doesn’t wait for your answer any more, so there is nothing left to ask.',
      { data: { status: booking.status } },
    )
  }
  if (booking.question) {
    throw new Refusal(
      'conflict',
      'QUESTION_OPEN',
      'Your client has a question to answer already. Take it back before you ask another.',
    )
  }
  requireAhead(command, booking.startsAt)

  await endProposals(command, booking, ofCoach(booking.proposals), { as: 'withdrawn' })
  const until = clientAnswersBy(command.now, booking.startsAt)
  const questionId = uuidv7()
  await command.trx
    .insertInto('questions')
    .values({
      tenant_id: command.tenantId,
      id: questionId,
      booking_id: booking.id,
      question,
      asked_by: personOf(command),
      asked_at: command.now,
      answer_by: until,
    })
    .execute()
  await scheduleClientsTurn(command, booking.id, until)
  await changeBooking(command, booking, clientsTurn(command, booking, until), {
    name: 'booking.question_asked',
    data: { questionId, answerBy: until },
  })
}

function personOf({ actor }: Command): string {
  if ('personId' in actor) return actor.personId
  throw new Error('only a person asks')
}
