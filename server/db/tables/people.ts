import type { Generated } from 'kysely'

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
  /** Whether several clients may ask for the same time until one is approved. */
  competing_requests: Generated<boolean>
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
