import type { SessionTerms } from '@rapport/sdk'
import type { ColumnType, Generated } from 'kysely'
import type { Int8, Jsonb } from './columns.ts'

export interface SessionsTable {
  tenant_id: string
  id: string
  offer_id: string
  kind: string
  state: Generated<'SCHEDULED' | 'GO' | 'EXTENDED' | 'CANCELLED'>
  state_reason: string | null
  time_zone: string
  listing: Generated<'public' | 'unlisted' | 'connected' | 'private'>
  calendar_uid: string
  sequence: Generated<number>
  /** Null for a session that was made by booking a slot. */
  terms: ColumnType<SessionTerms | null, string | null | undefined, string | null>
  schedule_id: string | null
  /** When it is decided whether enough take part; null where that is certain or not asked. */
  decide_by: Date | null
  decided_at: Date | null
  created_at: Date
  changed_at: ColumnType<Date, Date | undefined, Date>
}

export interface SchedulesTable {
  tenant_id: string
  id: string
  offer_id: string
  /** An RFC 5545 recurrence rule without its start. */
  pattern: string
  /** The first start on the wall clock of `time_zone`: `2027-03-08T18:00`. */
  first_local: string
  time_zone: string
  duration_minutes: number
  coach_ids: string[]
  listing: 'public' | 'unlisted' | 'connected' | 'private'
  terms: Jsonb<SessionTerms>
  /** Sessions are made up to this instant. */
  made_until: Date
  ended_at: Date | null
  created_at: Date
}

export interface RoomsTable {
  tenant_id: string
  session_id: string
  plugin_id: string
  state: 'making' | 'ready' | 'failed' | 'removed'
  /** What the provider calls it. */
  ref: string | null
  join_url: string | null
  host_url: string | null
  /** The session's sequence it was last brought in line with. */
  sequence: number
  last_error: string | null
  /** Until then a job is at it, and others leave it alone. */
  worked_until: Date | null
  changed_at: Date
}

export interface FilesTable {
  tenant_id: string
  id: string
  purpose: 'logo' | 'material' | 'recording'
  name: string
  /** Found from its content, never from what the browser says. */
  type: string
  bytes: Int8
  /** Of its content, in hexadecimal. */
  sha256: string
  added_by: string
  created_at: Date
  removed_at: Date | null
}

export interface MaterialsTable {
  tenant_id: string
  id: string
  session_id: string
  phase: 'before' | 'after' | 'shared' | 'recording'
  title: string
  file_id: string | null
  url: string | null
  /** Of a recording. */
  format: 'video' | 'audio' | 'link' | null
  /** Null where the phase says when: with the session's end for `after` and `recording`, at once for the others. */
  release_at: Date | null
  added_by: string
  created_at: Date
  removed_at: Date | null
}

export interface PostsTable {
  tenant_id: string
  id: string
  session_id: string
  person_id: string
  /** An update goes to all by mail as well; the rest is the chat. */
  is_update: boolean
  text: string
  created_at: Date
  removed_at: Date | null
  removed_by: string | null
}

export interface CertificatesTable {
  tenant_id: string
  id: string
  booking_id: string
  seat: number
  /** What the public verification address carries. */
  code: string
  name: string
  title: string
  minutes: number
  held_on: string[]
  coaches: string[]
  issued_at: Date
  revoked_at: Date | null
}
