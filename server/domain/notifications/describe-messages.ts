import type { Query } from '../command.ts'
import { type BookingFacts, findBookingFacts } from './booking-facts.ts'
import type { Audience, MessageData, MessageType } from './message.ts'
import { messageTypes } from './message-types.ts'

/** A message as the timeline of its booking shows it (055). */
export interface MessageLine {
  id: string
  type: MessageType
  seedName: string
  to: Audience | null
  channel: 'email' | 'in_app' | 'push' | 'sms'
  recipient: string
  state: 'queued' | 'sent' | 'failed' | 'skipped'
  /** Why it failed, was skipped, or has to be tried again. */
  reason: string | null
  attempts: number
  dueAt: string
  sentAt: string | null
}

/**
 * What was sent and will be sent about a booking, by due time; what waits although nobody would want it any more, such
 * as the reminder of a cancelled session, is told as skipped already. The caller has checked that the reader may see it.
 */
export async function describeMessages(query: Query, bookingId: string): Promise<MessageLine[]> {
  const { trx, tenantId, now } = query
  const rows = await trx
    .selectFrom('messages as m')
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'm.tenant_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select(['m.id', 'm.type', 'm.channel', 'm.state', 'm.last_error', 'm.attempts', 'm.due_at', 'm.sent_at'])
    .select(['m.data', 'p.name as recipient'])
    .where('m.tenant_id', '=', tenantId)
    .where('m.booking_id', '=', bookingId)
    .orderBy('m.due_at')
    .orderBy('m.id')
    .execute()
  const isQueued = rows.some(({ state }) => state === 'queued')
  const booking = isQueued ? await findBookingFacts(query, bookingId) : undefined
  return rows.map(row => ({
    id: row.id,
    type: row.type as MessageType,
    seedName: messageTypes[row.type as MessageType].seedName,
    to: (row.data as MessageData).audience ?? null,
    channel: row.channel,
    recipient: row.recipient,
    ...(isOvertaken(row, booking, now)
      ? { state: 'skipped' as const, reason: 'overtaken' }
      : { state: row.state, reason: row.last_error }),
    attempts: row.attempts,
    dueAt: row.due_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
  }))
}

function isOvertaken(
  row: { type: string; state: MessageLine['state']; data: unknown },
  booking: BookingFacts | undefined,
  now: Date,
): boolean {
  if (row.state !== 'queued' || !booking) return false
  return !messageTypes[row.type as MessageType].wanted(booking, row.data as MessageData, now)
}
