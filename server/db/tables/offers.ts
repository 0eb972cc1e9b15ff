import type { SessionTerms } from '@rapport/sdk'
import type { ColumnType, Generated } from 'kysely'

export interface LocalRangeJson {
  startMinute: number
  endMinute: number
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
