import type { SeatMode } from '@rapport/sdk'
import type { Generated } from 'kysely'
import type { BookingsTable, ClaimsTable, HoldsTable, MovesTable } from './tables/bookings.ts'
import type { Int8, Jsonb } from './tables/columns.ts'
import type { LocalRangeJson, OffersTable } from './tables/offers.ts'
import type {
  ClientsTable,
  CoachesTable,
  ConnectionsTable,
  LoginLinksTable,
  MembersTable,
  PeopleTable,
  TenantsTable,
} from './tables/people.ts'
import type {
  InstallationsTable,
  PluginDeliveriesTable,
  PluginLogTable,
  WebhookReceiptsTable,
} from './tables/plugins.ts'
import type {
  AttemptsTable,
  PoliciesTable,
  PolicyDraftsTable,
  ProposalsTable,
  QuestionsTable,
} from './tables/policies.ts'
import type { EventsTable, IdempotencyKeysTable, MessagesTable } from './tables/records.ts'
import type {
  CertificatesTable,
  FilesTable,
  MaterialsTable,
  PostsTable,
  RoomsTable,
  SchedulesTable,
  SessionsTable,
} from './tables/sessions.ts'

export type { PriceLine } from '@rapport/sdk'
export type * from './tables/bookings.ts'
export type * from './tables/offers.ts'
export type * from './tables/people.ts'
export type * from './tables/plugins.ts'
export type * from './tables/policies.ts'
export type * from './tables/records.ts'
export type * from './tables/sessions.ts'

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
  proposals: ProposalsTable
  questions: QuestionsTable
  policies: PoliciesTable
  policy_drafts: PolicyDraftsTable
  attempts: AttemptsTable
  feedback: { tenant_id: string; booking_id: string; rating: number; comment: string; created_at: Date }
  events: EventsTable
  event_seals: { tenant_id: string; to_seq: Int8; from_seq: Int8; hash: string; sealed_at: Date }
  messages: MessagesTable
  idempotency_keys: IdempotencyKeysTable
}
