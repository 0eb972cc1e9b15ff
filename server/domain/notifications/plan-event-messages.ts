import type { Command } from '../command.ts'
import { type BookingFacts, findBookingFacts } from './booking-facts.ts'
import { type EventFacts, messagesOfEvent, planReminders } from './events-to-messages.ts'
import type { Audience, MessageData } from './message.ts'
import { type PlannedMessage, planMessages } from './plan-message.ts'
import { reminderCause, remindersOf, seatRemindersOf } from './reminders.ts'

/** An event as its listeners get it. */
export interface DispatchedEvent extends EventFacts {
  id: string
  at: Date
  subject: string
  subjectId: string
}

/**
 * Plans what an event brings: messages at once to those it concerns, and the reminders of a session that now stands
 * at its time. Events of other subjects bring none. May run twice for one event.
 */
export async function planEventMessages(command: Command, event: DispatchedEvent): Promise<void> {
  if (!messagesOfEvent[event.name] || event.subject !== 'booking') return
  const booking = await findBookingFacts(command, event.subjectId)
  if (!booking) return

  const personOf = await findPeople(command, booking, event)
  const messages = [...immediateOf(booking, event), ...scheduledOf(booking, event, command.now)]
  await planMessages(
    command,
    messages.flatMap(({ to, data, ...message }): PlannedMessage[] => {
      const personId = personOf[to]
      return personId
        ? [{ ...message, personId, bookingId: booking.id, data: { ...data, audience: to } }]
        : []
    }),
  )
}

type Addressed = Omit<PlannedMessage, 'personId' | 'bookingId'> & { to: Audience }

function immediateOf(booking: BookingFacts, event: DispatchedEvent): Addressed[] {
  const told = messagesOfEvent[event.name] ?? []
  return told
    .filter(({ when }) => when?.(event) ?? true)
    .map(({ type, to }) => ({ type, to, cause: event.id, data: dataOf(booking, event) }))
}

function dataOf(booking: BookingFacts, { name, at, data }: DispatchedEvent): MessageData {
  return {
    sequence: typeof data.sequence === 'number' ? data.sequence : booking.session.sequence,
    ...(typeof data.moveId === 'string' ? { moveId: data.moveId } : {}),
    ...(typeof data.proposalId === 'string' ? { proposalId: data.proposalId } : {}),
    ...(typeof data.questionId === 'string' ? { questionId: data.questionId } : {}),
    ...(name === 'booking.times_proposed' ? { proposedAt: at.toISOString() } : {}),
    ...(name === 'booking.moved' && typeof data.from === 'string' ? { from: data.from } : {}),
  }
}

/** By the session as it stands now: of two moves in a row the first may be dispatched after the second. */
function scheduledOf(booking: BookingFacts, event: DispatchedEvent, now: Date): Addressed[] {
  const { id, status, session, held } = booking
  if (!planReminders.has(event.name) || (status !== 'FIRM_BOOKED' && status !== 'CONFIRMED')) return []
  if (held) {
    const reminders = seatRemindersOf(
      { ...session, ...held },
      { id, isSeat: true },
      { confirmedAt: event.at, now },
    )
    return reminders.map(reminder => ({ ...reminder, to: 'client' }))
  }
  const { sequence } = session
  return remindersOf(session, { confirmedAt: event.at, now }).map(reminder => ({
    ...reminder,
    cause: reminderCause(id, sequence),
    data: { sequence },
  }))
}

async function findPeople(
  { trx, tenantId }: Command,
  booking: BookingFacts,
  { data }: EventFacts,
): Promise<Record<Audience, string | null>> {
  const { fromCoachId } = data
  const former =
    typeof fromCoachId === 'string' && fromCoachId !== booking.coach.id
      ? await trx
          .selectFrom('coaches')
          .select('person_id')
          .where('tenant_id', '=', tenantId)
          .where('id', '=', fromCoachId)
          .executeTakeFirst()
      : undefined
  return {
    client: booking.client.personId,
    coach: booking.coach.personId,
    formerCoach: former?.person_id ?? null,
  }
}
