import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Jsonb } from './columns.ts'

export interface EventsTable {
  tenant_id: string
  seq: GeneratedAlways<number>
  id: string
  at: Date
  name: string
  subject: string
  subject_id: string
  coach_id: string | null
  actor: 'client' | 'member' | 'visitor' | 'system'
  actor_id: string | null
  request_id: string
  data: Jsonb<Record<string, unknown>>
}

export interface MessagesTable {
  tenant_id: string
  id: string
  cause: string
  type: string
  person_id: string
  channel: 'email' | 'in_app' | 'push' | 'sms'
  booking_id: string | null
  /** What it is about where it concerns a session as a whole. */
  session_id: string | null
  data: ColumnType<Record<string, unknown>, string | undefined, string>
  due_at: Date
  state: 'queued' | 'sent' | 'failed' | 'skipped'
  attempts: Generated<number>
  message_id: string
  last_error: string | null
  sent_at: Date | null
  created_at: Date
}

export interface IdempotencyKeysTable {
  tenant_id: string
  procedure: string
  caller: string
  key: string
  body_hash: string
  answer: Jsonb<unknown>
  created_at: Date
}
