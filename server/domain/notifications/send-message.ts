import type { Email } from '@rapport/sdk'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { findAbout } from './about.ts'
import { findBookingFacts } from './booking-facts.ts'
import { composeEmail } from './compose-email.ts'
import type { DueMessage, MailRoom } from './drafts/draft.ts'
import { freeInstead } from './free-instead.ts'
import type { MessageData, MessageType } from './message.ts'
import { messageTypes } from './message-types.ts'
import { findNotice } from './notices/find-notice.ts'
import { findScheduleFacts } from './schedule-facts.ts'
import { findSessionFacts } from './session-facts.ts'

/*
 * A message is sent in three steps: prepared in a transaction, delivered outside of any, noted in another. Whatever
 * dies in between, the job runs again and prepares the same mail under the same Message-ID.
 */

/**
 * First step of a message that is due: asks the booking's present state, and the present instant, whether they still
 * call for it, and skips it where not. Returns the mail to deliver, or null where there is nothing (more) to do.
 */
export async function prepareMessage(
  command: Command,
  messageId: string,
  room: MailRoom,
): Promise<Email | null> {
  const message = await lockMessage(command, messageId)
  if (!message || message.state === 'sent' || message.state === 'skipped') return null

  const reason = whyUnwanted(message, command.now)
  if (reason) {
    await changeMessage(command, messageId, { state: 'skipped', last_error: reason })
    return null
  }
  if (message.channel !== 'email') {
    await changeMessage(command, messageId, { state: 'sent', sent_at: command.now })
    return null
  }
  await changeMessage(command, messageId, { attempts: message.attempts + 1, state: 'queued' })
  return composeEmail(command, message, room)
}

interface LockedMessage extends DueMessage {
  id: string
  channel: string
  state: string
  attempts: number
  wantsNoQuestions: boolean
  isErased: boolean
}

async function lockMessage(command: Command, id: string): Promise<LockedMessage | null> {
  const row = await command.trx
    .selectFrom('messages as m')
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'm.tenant_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select([
      'm.id',
      'm.type',
      'm.channel',
      'm.state',
      'm.attempts',
      'm.message_id',
      'm.data',
      'm.booking_id',
      'm.session_id',
    ])
    .select(['p.id as person_id', 'p.name', 'p.email', 'p.no_questions_at', 'p.erased_at'])
    .where('m.tenant_id', '=', command.tenantId)
    .where('m.id', '=', id)
    .forUpdate('m')
    .executeTakeFirst()
  if (!row) return null
  const type = row.type as MessageType
  const data = row.data as MessageData
  const booking = row.booking_id ? await findBookingFacts(command, row.booking_id) : undefined
  return {
    id: row.id,
    type,
    channel: row.channel,
    state: row.state,
    attempts: row.attempts,
    messageId: row.message_id,
    data,
    person: { id: row.person_id, name: row.name, email: row.email },
    booking: booking ?? null,
    session: row.session_id ? ((await findSessionFacts(command, row.session_id)) ?? null) : null,
    schedule: await findScheduleFacts(command, data, row.person_id),
    notice: await findNotice(command, data),
    about: await findAbout(command, data),
    freeInstead: booking ? await freeInstead(command, type, data, booking) : [],
    wantsNoQuestions: row.no_questions_at !== null,
    isErased: row.erased_at !== null,
  }
}

/** Why a message is not sent any more, or null where it is (040: none after cancelling, moving or its time). */
function whyUnwanted(
  { type, data, booking, session, schedule, notice, about, isErased, wantsNoQuestions }: LockedMessage,
  now: Date,
): string | null {
  const { essential, wanted, wantedOfSession } = messageTypes[type]
  if (isErased) return 'erased'
  if (!essential && wantsNoQuestions) return 'switched off'
  if (booking && !wanted(booking, data, now)) return 'overtaken'
  if (session && !wantedOfSession?.(session, data, now)) return 'overtaken'
  if (schedule && schedule.sessions.length + schedule.skipped.length === 0) return 'overtaken'
  if ((data.fullness || data.breach) && !notice) return 'overtaken'
  if ((data.postId || data.materialId) && !about) return 'overtaken'
  return null
}

/** Last step: the channel took it. */
export async function markSent(command: Command, messageId: string): Promise<void> {
  await changeMessage(command, messageId, { state: 'sent', sent_at: command.now, last_error: null })
}

/** Last step where the channel did not take it; `final` when it isn't tried again (357): an event says so. */
export async function markTried(
  command: Command,
  messageId: string,
  { error, final }: { error: string; final: boolean },
): Promise<void> {
  const message = await changeMessage(command, messageId, {
    last_error: error.slice(0, 500),
    ...(final && { state: 'failed' }),
  })
  if (!message || !final) return
  await record(command, 'message.failed', {
    subject: message.booking_id ? 'booking' : 'person',
    subjectId: message.booking_id ?? message.person_id,
    data: { messageId, type: message.type },
  })
}

interface MessageChange {
  state?: 'queued' | 'sent' | 'failed' | 'skipped'
  attempts?: number
  sent_at?: Date
  last_error?: string | null
}

async function changeMessage(command: Command, messageId: string, change: MessageChange) {
  const message = await command.trx
    .updateTable('messages')
    .set(change)
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', messageId)
    .returning(['type', 'person_id', 'booking_id'])
    .executeTakeFirst()
  if (message?.booking_id) command.hint(`booking:${message.booking_id}`)
  return message
}
