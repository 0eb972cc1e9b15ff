import { uuidv7 } from 'uuidv7'
import type { Command } from '../command.ts'
import type { MessageData, MessageType } from './message.ts'

/** A message to be: one row per channel. */
export interface PlannedMessage {
  type: MessageType
  /** What brings it: an event, a login link, a session at a sequence. One cause tells a person the same but once. */
  cause: string
  personId: string
  data?: MessageData
  bookingId?: string
  /** Where it concerns a session as a whole, to one who leads it. */
  sessionId?: string
  /** Not before this instant; at once where it is left out. */
  dueAt?: Date
}

/** The channels a message about a booking or a calendar goes out on (027, 261, 263); a login link goes by mail alone. */
const bookingChannels = ['email', 'in_app', 'push'] as const
const linkChannels = ['email'] as const

const NO_SUBSCRIPTION = 'no subscription'
/** A statement has at most 65,535 parameters, and a message some 50. */
const BATCH = 500

/**
 * Writes a message and the job that sends it into the change's own transaction. Planned twice, it is there once.
 * In-app ones due at once are delivered by being written; push has nobody subscribed yet, so it is skipped and says so.
 */
export async function planMessage(command: Command, message: PlannedMessage): Promise<void> {
  await planMessages(command, [message])
}

/** The same for several: one statement for up to 500 messages, one for the jobs of each queue. */
export async function planMessages(command: Command, messages: readonly PlannedMessage[]): Promise<void> {
  if (messages.length === 0) return
  const domain = await messageDomain(command)
  for (let from = 0; from < messages.length; from += BATCH)
    await writeMessages(command, messages.slice(from, from + BATCH), domain)
}

async function writeMessages(
  command: Command,
  messages: readonly PlannedMessage[],
  domain: string,
): Promise<void> {
  const { trx, now } = command
  const planned = await trx
    .insertInto('messages')
    .values(messages.flatMap(message => rowsOf(command, message, domain)))
    .onConflict(conflict =>
      conflict.columns(['tenant_id', 'cause', 'type', 'person_id', 'channel']).doNothing(),
    )
    .returning(['id', 'state', 'due_at'])
    .execute()
  const queued = planned.filter(({ state }) => state === 'queued')
  await sendAll(
    command,
    'message',
    queued.filter(({ due_at }) => due_at <= now),
  )
  await sendAll(
    command,
    'reminder',
    queued.filter(({ due_at }) => due_at > now),
  )
}

async function sendAll(
  command: Command,
  queue: 'message' | 'reminder',
  messages: readonly { id: string; due_at: Date }[],
): Promise<void> {
  if (messages.length === 0) return
  const { tenantId } = command
  await command.sendMany(
    queue,
    messages.map(({ id, due_at: startAfter }) => ({
      payload: { tenantId, messageId: id },
      ...(queue === 'reminder' && { options: { startAfter } }),
    })),
  )
}

/** The right side of Message-IDs: the tenant's host, which no other tenant has. */
async function messageDomain({ trx, tenantId }: Command): Promise<string> {
  const { host } = await trx
    .selectFrom('tenant_hosts')
    .select('host')
    .where('tenant_id', '=', tenantId)
    .orderBy('host')
    .limit(1)
    .executeTakeFirstOrThrow()
  return host
}

function rowsOf({ tenantId, now }: Command, message: PlannedMessage, domain: string) {
  const { type, cause, personId, data = {}, bookingId, sessionId, dueAt = now } = message
  const isLater = dueAt > now
  const concerns = bookingId || sessionId || data.scheduleId || data.fullness || data.breach
  return (concerns ? bookingChannels : linkChannels).map(channel => {
    const id = uuidv7()
    const isDelivered = channel === 'in_app' && !isLater
    return {
      tenant_id: tenantId,
      id,
      cause,
      type,
      person_id: personId,
      channel,
      booking_id: bookingId ?? null,
      session_id: sessionId ?? null,
      data: JSON.stringify(data),
      due_at: dueAt,
      state:
        channel === 'push' ? ('skipped' as const) : isDelivered ? ('sent' as const) : ('queued' as const),
      last_error: channel === 'push' ? NO_SUBSCRIPTION : null,
      message_id: `${id}@${domain}`,
      sent_at: isDelivered ? now : null,
      created_at: now,
    }
  })
}
