import type { PriceLine, SeatMode, SessionTerms } from '@rapport/sdk'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

type Jsonb<T> = ColumnType<T, string, string>
type Int8 = ColumnType<number, number | bigint, number | bigint>

export interface Tables {
  tenants: TenantsTable
  tenant_hosts: { host: string; tenant_id: string }
  people: PeopleTable
  members: MembersTable
  clients: ClientsTable
  coaches: CoachesTable
  calendars: { tenant_id: string; coach_id: string; version: Generated<number> }
  connections: ConnectionsTable
  login_sessions: {
    tenant_id: string
    id_hash: string
    person_id: string
    expires_at: Date
    created_at: Date
  }
  login_links: LoginLinksTable
  rate_limits: { key: string; points: number; expire: number | null }
  offers: OffersTable
  offer_coaches: { tenant_id: string; offer_id: string; coach_id: string; position: number }
  hours: {
    tenant_id: string
    id: string
    coach_id: string
    weekday: number
    start_minute: number
    end_minute: number
  }
  overrides: { tenant_id: string; coach_id: string; local_date: string; ranges: Jsonb<LocalRangeJson[]> }
  time_off: {
    tenant_id: string
    id: string
    coach_id: string
    starts_at: Date
    ends_at: Date
    note: Generated<string>
  }
  external_busy: { tenant_id: string; id: string; coach_id: string; starts_at: Date; ends_at: Date }
  sessions: SessionsTable
  session_dates: { tenant_id: string; session_id: string; position: number; starts_at: Date; ends_at: Date }
  session_coaches: { tenant_id: string; session_id: string; coach_id: string; position: number }
  session_seats: {
    tenant_id: string
    session_id: string
    mode: Generated<SeatMode>
    capacity: number
    taken: Generated<number>
    held: Generated<number>
  }
  schedules: SchedulesTable
  rooms: RoomsTable
  materials: MaterialsTable
  files: FilesTable
  posts: PostsTable
  check_ins: {
    tenant_id: string
    booking_id: string
    /** 1 is the client's own, the others are those of the booking's guests. */
    seat: number
    /** Of the session's date. */
    position: number
    at: Date
    by_person: string
  }
  certificates: CertificatesTable
  installations: InstallationsTable
  plugin_entries: {
    tenant_id: string
    plugin_id: string
    key: string
    value: Jsonb<unknown>
    expires_at: Date | null
  }
  plugin_deliveries: PluginDeliveriesTable
  plugin_log: PluginLogTable
  webhook_receipts: WebhookReceiptsTable
  bookings: BookingsTable
  holds: HoldsTable
  claims: ClaimsTable
  moves: MovesTable
  feedback: { tenant_id: string; booking_id: string; rating: number; comment: string; created_at: Date }
  events: EventsTable
  event_seals: { tenant_id: string; to_seq: Int8; from_seq: Int8; hash: string; sealed_at: Date }
  messages: MessagesTable
  idempotency_keys: IdempotencyKeysTable
}

export interface LocalRangeJson {
  startMinute: number
  endMinute: number
}

export interface TenantsTable {
  id: string
  slug: string
  name: string
  time_zone: string
  currency: string
  week_starts_on: Generated<number>
  accent: Generated<string>
  tagline: Generated<string>
  logo_file_id: string | null
  set_up_at: Date | null
  created_at: Date
}

export interface PeopleTable {
  tenant_id: string
  id: string
  email: string
  name: string
  time_zone: string | null
  locale: string | null
  email_proven_at: Date | null
  password_hash: string | null
  erased_at: Date | null
  /** Since when the person gets essential mail only (044). */
  no_questions_at: Date | null
  created_at: Date
}

export type Role = 'owner' | 'admin' | 'coach'

export interface MembersTable {
  tenant_id: string
  person_id: string
  role: Role
  active: Generated<boolean>
  created_at: Date
}

export interface ClientsTable {
  tenant_id: string
  person_id: string
  tags: Generated<string[]>
  blocked_at: Date | null
  notes: Generated<string>
  created_at: Date
}

export interface CoachesTable {
  tenant_id: string
  id: string
  person_id: string
  slug: string
  bio: Generated<string>
  time_zone: string
  allow_firm_booking: Generated<boolean>
  firm_booking_threshold_hours: Generated<number>
  buffer_minutes: Generated<number>
  buffer_external_busy: Generated<boolean>
  max_sessions_per_day: number | null
  max_sessions_per_week: number | null
  limit_outcome: Generated<'refuse' | 'request'>
  calendar_visibility: Generated<'public' | 'connected' | 'private'>
  require_approval_non_connected: Generated<boolean>
  approval_hours: Generated<number>
  approval_timeout: Generated<'decline' | 'approve'>
  created_at: Date
}

export interface ConnectionsTable {
  tenant_id: string
  coach_id: string
  client_id: string
  status: 'invited' | 'requested' | 'accepted' | 'blocked'
  created_at: Date
  changed_at: Date
}

export interface LoginLinksTable {
  tenant_id: string
  /** Its token is derived from this with SECRET_KEY, so none is stored. */
  id: string
  purpose: 'sign_in' | 'password_reset' | 'handover'
  person_id: string
  /** Where the person was when asking for it, a path of the tenant's host. */
  next_path: string | null
  expires_at: Date
  used_at: Date | null
  created_at: Date
}

export interface OffersTable {
  tenant_id: string
  id: string
  slug: string
  title: string
  description: Generated<string>
  location: Generated<string>
  kind: string
  duration_minutes: number
  step_minutes: number
  buffer_minutes: Generated<number>
  notice_minutes: Generated<number>
  horizon_days: number | null
  price_minor: ColumnType<number, number | undefined, number>
  currency: string
  listing: Generated<'public' | 'unlisted'>
  active: Generated<boolean>
  position: Generated<number>
  kind_settings: ColumnType<Record<string, unknown>, string | undefined, string>
  /** What its sessions start out with; null for kinds whose clients pick a slot. */
  terms: ColumnType<SessionTerms | null, string | null | undefined, string | null>
  created_at: Date
}

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

export interface InstallationsTable {
  tenant_id: string
  plugin_id: string
  enabled: boolean
  config: ColumnType<Record<string, unknown>, string | undefined, string>
  /** Sealed with AES-256-GCM, bound to tenant and plugin. */
  secrets: string | null
  /** Failed calls since the last that went well. */
  failures: Generated<number>
  /** What kind of call failed last: one of another kind that goes well says nothing of it. */
  failing_in: string | null
  failing_since: Date | null
  /** Until when the breaker keeps calls back. */
  rests_until: Date | null
  last_error: string | null
  healthy_at: Date | null
  created_at: Date
  changed_at: Date
}

export interface PluginDeliveriesTable {
  tenant_id: string
  plugin_id: string
  event_id: string
  /** The event's name. */
  event: string
  state: 'queued' | 'done' | 'failed'
  attempts: Generated<number>
  last_error: string | null
  created_at: Date
  changed_at: Date
}

export interface PluginLogTable {
  tenant_id: string
  id: string
  plugin_id: string
  at: Date
  operation: string
  ok: boolean
  milliseconds: number
  detail: string
}

export interface WebhookReceiptsTable {
  tenant_id: string
  plugin_id: string
  /** The sender's own id of it: a second one with the same is not worked on. */
  receipt: string
  facts: Jsonb<unknown>
  received_at: Date
  worked_at: Date | null
}

export type BookingStatus = 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED' | 'DECLINED' | 'CANCELLED'
export type BookingType = 'FIRM_BOOKED' | 'REQUESTED'
export type Party = 'client' | 'coach' | 'system'

export type { PriceLine }

export interface BookingsTable {
  tenant_id: string
  id: string
  session_id: string
  offer_id: string
  client_id: string
  seats: Generated<number>
  status: BookingStatus
  booking_type: BookingType
  awaiting: 'coach' | 'client' | null
  answer_by: Date | null
  decision: Jsonb<unknown>
  policy_version: Generated<number>
  connection_status: 'connected' | 'not_connected'
  client_name: string
  client_zone: string
  confirmed_at: Date | null
  confirmed_by: Party | null
  decline_code: string | null
  decline_reason: string | null
  cancelled_by: Party | null
  cancel_reason: string | null
  ended_at: Date | null
  ended_from: 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED' | null
  /** Who ended it, as `client:<id>`, `member:<id>` or `system`; only the same one may undo it. */
  ended_by: string | null
  policy_snapshot: ColumnType<Record<string, unknown>, string | undefined, string>
  fee_minor: ColumnType<number, number | undefined, number>
  price_minor: number
  currency: string
  price_lines: ColumnType<PriceLine[], string | undefined, string>
  client_notes: Generated<string>
  coach_notes: Generated<string>
  attendance: 'attended' | 'no_show' | null
  /** The quota of seats it takes: one of the session's `session_seats`. */
  mode: Generated<SeatMode>
  /** Names of those who take the further seats, where the client gave them. */
  guests: Generated<string[]>
  /** Of the price, what is due at once; null for all of it. */
  deposit_minor: ColumnType<number | null, number | null | undefined, number | null>
  balance_due_at: Date | null
  /** The name other participants see; null for one who didn't opt in (292, C45). */
  shown_as: string | null
  manage_version: Generated<number>
  created_at: Date
  changed_at: Date
}

export interface HoldsTable {
  tenant_id: string
  id: string
  purpose: 'checkout' | 'move'
  visitor_hash: string | null
  address_hash: string | null
  offer_id: string
  booking_id: string | null
  seats: Generated<number>
  price_lines: ColumnType<PriceLine[], string | undefined, string>
  /** Of a hold on seats instead of a coach's time. */
  session_id: string | null
  mode: SeatMode | null
  expires_at: Date
  released_at: Date | null
  created_at: Date
}

export interface ClaimsTable {
  tenant_id: string
  id: string
  coach_id: string
  starts_at: Date
  ends_at: Date
  /** The end plus the session's own buffer. */
  blocked_until: Date
  during: GeneratedAlways<string>
  exclusive: Generated<boolean>
  session_id: string | null
  hold_id: string | null
  expires_at: Date | null
  released_at: Date | null
}

export interface MovesTable {
  tenant_id: string
  id: string
  booking_id: string
  hold_id: string | null
  coach_id: string
  from_starts_at: Date
  to_starts_at: Date
  to_ends_at: Date
  proposed_by: 'client' | 'coach'
  status: 'pending' | 'approved' | 'declined' | 'withdrawn'
  reason: string | null
  decision: Jsonb<unknown>
  answer_by: Date | null
  created_at: Date
  answered_at: Date | null
}

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
