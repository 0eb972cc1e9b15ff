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
    mode: Generated<string>
    capacity: number
    taken: Generated<number>
    held: Generated<number>
  }
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
  logo: Buffer | null
  logo_type: 'image/png' | 'image/jpeg' | 'image/webp' | null
  /** SHA-256 of the logo, in hexadecimal. */
  logo_hash: GeneratedAlways<string | null>
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
  created_at: Date
}

export type BookingStatus = 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED' | 'DECLINED' | 'CANCELLED'
export type BookingType = 'FIRM_BOOKED' | 'REQUESTED'
export type Party = 'client' | 'coach' | 'system'

export interface PriceLine {
  label: string
  amountMinor: number
}

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
