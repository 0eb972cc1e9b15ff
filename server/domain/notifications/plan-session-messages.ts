import type { Command } from '../command.ts'
import { messagesOfSessionEvent, planSessionReminders } from './events-to-messages.ts'
import type { MessageData, MessageType } from './message.ts'
import { messageTypes } from './message-types.ts'
import type { DispatchedEvent } from './plan-event-messages.ts'
import { type PlannedMessage, planMessages } from './plan-message.ts'
import { causeFrom, seatRemindersOf } from './reminders.ts'
import { findSessionFacts, type Leader, type SessionMessageFacts } from './session-facts.ts'

/** A live booking of the session. */
interface Seat {
  bookingId: string
  personId: string
  isConfirmed: boolean
}

/**
 * Plans what an event of a session with dates of its own brings: messages to those who lead it, once for the session,
 * and to those who take part, each with the link of the own booking; and all reminders anew where it stands at
 * another time. May run twice for one event.
 */
export async function planSessionMessages(command: Command, event: DispatchedEvent): Promise<void> {
  const told = messagesOfSessionEvent[event.name]
  if (!told || event.subject !== 'session') return
  const session = await findSessionFacts(command, event.subjectId)
  if (!session) return
  const seats = await findSeats(command, session.id)
  const data = dataOf(session, event)
  const planned = told
    .filter(({ when }) => when?.(event) ?? true)
    .flatMap(({ type, to }): PlannedMessage[] =>
      to === 'leaders'
        ? session.leaders.map(leader => ({ type, ...toLeader(session, leader, data), cause: event.id }))
        : seats
            .filter(({ isConfirmed }) => isConfirmed || to === 'live')
            .map(seat => ({ type, ...toSeat(seat, data), cause: causeOf(type, event, seat) })),
    )
  await planMessages(command, [
    ...planned,
    ...(await handOvers(command, session, event)),
    ...(planSessionReminders.has(event.name) ? reminders(session, seats, event, command.now) : []),
  ])
}

async function findSeats({ trx, tenantId }: Command, sessionId: string): Promise<Seat[]> {
  const rows = await trx
    .selectFrom('bookings')
    .select(['id', 'client_id', 'status'])
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .where('status', 'in', ['REQUESTED', 'FIRM_BOOKED', 'CONFIRMED'])
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    bookingId: row.id,
    personId: row.client_id,
    isConfirmed: row.status !== 'REQUESTED',
  }))
}

function dataOf(session: SessionMessageFacts, { name, data }: DispatchedEvent): MessageData {
  const text = (key: string) => (typeof data[key] === 'string' ? { [key]: data[key] } : {})
  return {
    sessionId: session.id,
    sequence: typeof data.sequence === 'number' ? data.sequence : session.sequence,
    ...text('decideBy'),
    ...text('postId'),
    ...text('materialId'),
    ...(name === 'session.moved' ? text('from') : {}),
    ...(typeof data.formerDates === 'number' ? { formerDates: data.formerDates } : {}),
  }
}

function toLeader({ id }: SessionMessageFacts, { personId }: Pick<Leader, 'personId'>, data: MessageData) {
  return { personId, sessionId: id, data: { ...data, audience: 'coach' as const } }
}

function toSeat({ bookingId, personId }: Seat, data: MessageData) {
  return { personId, bookingId, data: { ...data, audience: 'client' as const } }
}

/**
 * What is told, is told to a person once; but an entry in a calendar is a booking's, so whoever has two, or leads it as
 * well, hears of each.
 */
function causeOf(type: MessageType, event: DispatchedEvent, { bookingId }: Seat): string {
  return messageTypes[type].calendar ? causeFrom(`${event.id} for ${bookingId}`) : event.id
}

/** Of a change of those who lead it: the new ones get the entry of their calendar, the former ones lose it. */
async function handOvers(
  command: Command,
  session: SessionMessageFacts,
  event: DispatchedEvent,
): Promise<PlannedMessage[]> {
  const { coachIds } = event.data as { coachIds?: { old: string[]; new: string[] } }
  if (event.name !== 'session.changed' || !coachIds) return []
  const data = dataOf(session, event)
  const added = session.leaders.filter(({ coachId }) => !coachIds.old.includes(coachId))
  const gone = await peopleOf(
    command,
    coachIds.old.filter(id => !coachIds.new.includes(id)),
  )
  const tell = (type: 'session_scheduled' | 'session_handed_over', leader: { personId: string }) => ({
    type,
    ...toLeader(session, leader, data),
    cause: event.id,
  })
  return [
    ...added.map(leader => tell('session_scheduled', leader)),
    ...gone.map(leader => tell('session_handed_over', leader)),
  ]
}

async function peopleOf(
  { trx, tenantId }: Command,
  coachIds: readonly string[],
): Promise<{ personId: string }[]> {
  if (coachIds.length === 0) return []
  return trx
    .selectFrom('coaches')
    .select('person_id as personId')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', coachIds)
    .execute()
}

/** By the session as it stands now: of two changes in a row the first may be dispatched after the second. */
function reminders(
  session: SessionMessageFacts,
  seats: readonly Seat[],
  { at: confirmedAt }: DispatchedEvent,
  now: Date,
): PlannedMessage[] {
  if (session.state === 'CANCELLED') return []
  const times = { confirmedAt, now }
  return [
    ...session.leaders.flatMap(leader =>
      seatRemindersOf(session, { id: leader.coachId, isSeat: false }, times).map(({ data, ...reminder }) => ({
        ...reminder,
        ...toLeader(session, leader, data),
      })),
    ),
    ...seats
      .filter(({ isConfirmed }) => isConfirmed)
      .flatMap(seat =>
        seatRemindersOf(session, { id: seat.bookingId, isSeat: true }, times).map(
          ({ data, ...reminder }) => ({ ...reminder, ...toSeat(seat, data) }),
        ),
      ),
  ]
}
