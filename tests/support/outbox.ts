import type { Email } from '@rapport/sdk'
import type { Selectable } from 'kysely'
import { inTenant } from '#server/db/in-tenant.ts'
import type { MessagesTable } from '#server/db/tables.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import type { Business } from './builders.ts'
import { channelOf } from './channel.ts'
import type { TestHouse } from './house.ts'

export interface Outbox {
  /** What the channel took, by Message-ID: a repeat replaces itself, as in a mailbox. */
  taken: Map<string, Email>
  /** Called with each mail before it is taken: throws where the test wants the channel to fail. */
  beforeTaking: (email: Email) => void
  /** Called after: throws where the test wants the process to die before it notes that the mail was sent. */
  afterTaking: (email: Email) => void
  /** Hands all events of the business to their listeners, as the worker does; those handed before, again. */
  dispatchAll(): Promise<void>
  /** Works on a message as the worker does. Throws what the handler throws. */
  send(messageId: string, attempt?: { last: boolean }): Promise<void>
  /** Works on all messages that are due by now. */
  sendDue(): Promise<void>
  messages(where?: Partial<Pick<MessagesTable, 'type' | 'channel' | 'state'>>): Promise<MessageRow[]>
}

export type MessageRow = Pick<
  Selectable<MessagesTable>,
  'id' | 'type' | 'channel' | 'state' | 'person_id' | 'due_at' | 'attempts' | 'last_error' | 'message_id'
>

/** A business's messages, worked on by the test instead of a worker: in its own time and with deaths where it wants. */
export function openOutbox({ house }: TestHouse, { tenantId }: Pick<Business, 'tenantId'>): Outbox {
  const provider = channelOf({
    async deliver(mail) {
      outbox.beforeTaking(mail)
      outbox.taken.set(mail.messageId, mail)
      outbox.afterTaking(mail)
      return {}
    },
  })
  const handlers = handlersOf({ ...house, plugins: { ...house.plugins, provider } })
  const signal = new AbortController().signal
  const outbox: Outbox = {
    taken: new Map(),
    beforeTaking: () => {},
    afterTaking: () => {},
    async dispatchAll() {
      const events = await inTenant(house.db, tenantId, trx =>
        trx.selectFrom('events').select('id').orderBy('seq').execute(),
      )
      for (const { id } of events) await handlers.event({ tenantId, eventId: id }, { last: false, signal })
    },
    send: (messageId, { last } = { last: false }) =>
      handlers.message({ tenantId, messageId }, { last, signal }),
    async sendDue() {
      const queued = await outbox.messages({ state: 'queued' })
      for (const { id, due_at } of queued) if (due_at <= house.clock()) await outbox.send(id)
    },
    messages: where =>
      inTenant(house.db, tenantId, trx => {
        let select = trx
          .selectFrom('messages')
          .select([
            'id',
            'type',
            'channel',
            'state',
            'person_id',
            'due_at',
            'attempts',
            'last_error',
            'message_id',
          ])
          .orderBy('due_at')
          .orderBy('id')
        for (const [column, value] of Object.entries(where ?? {})) {
          select = select.where(column as 'type', '=', value)
        }
        return select.execute()
      }),
  }
  return outbox
}
