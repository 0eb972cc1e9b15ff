import type { PriceLine, SeatMode } from '@rapport/sdk'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Jsonb } from './columns.ts'

export type BookingStatus = 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED' | 'DECLINED' | 'CANCELLED'
export type BookingType = 'FIRM_BOOKED' | 'REQUESTED'
export type Party = 'client' | 'coach' | 'system'

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
  /** What is left of the coach's time to answer, while the client is to answer first. */
  coach_seconds_left: number | null
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
  /** What was let off, by whom and why; `fee_minor` is then what remains. */
  fee_waived_minor: Generated<number>
  fee_waived_at: Date | null
  fee_waived_by: string | null
  fee_waive_reason: string | null
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
  purpose: 'checkout' | 'move' | 'proposal'
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
