import type { ColumnType, Generated } from 'kysely'
import type { Jsonb } from './columns.ts'

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
