import type { PluginLog } from '@rapport/sdk'
import { uuidv7 } from 'uuidv7'
import type { TenantTransaction } from '#server/db/in-tenant.ts'

/** One line of an installation's log, to be written. */
export interface LogLine {
  at: Date
  operation: string
  ok: boolean
  milliseconds: number
  detail: string
}

export interface LogLines extends PluginLog {
  /** What gathered since it was last asked. */
  take(): LogLine[]
}

/** Lines kept from one call; a plugin that writes more says no more by it. */
const MOST_LINES = 50
const LONGEST_DETAIL = 2_000
/** Lines kept of an installation, and how often the rest is cleared away. */
const KEPT_LINES = 500
const CLEARED_EVERY = 50

/** Gathers what a plugin logs, to be written with the outcome of its call. */
export function gatherLines(clock: () => Date, tidy: (text: string) => string): LogLines {
  let lines: LogLine[] = []
  const add = (ok: boolean, detail: unknown) => {
    if (lines.length < MOST_LINES)
      lines.push({ at: clock(), operation: 'note', ok, milliseconds: 0, detail: tidy(String(detail)) })
  }
  return {
    info: detail => add(true, detail),
    error: detail => add(false, detail),
    take() {
      const taken = lines
      lines = []
      return taken
    },
  }
}

/** A text as the log may keep it: without what is secret, of a length that can be read. */
export function tidyDetail(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter(secret => secret.length >= 6)
    .reduce((shown, secret) => shown.replaceAll(secret, '…'), text.slice(0, 10 * LONGEST_DETAIL))
  return hidden.replaceAll('\0', '').toWellFormed().slice(0, LONGEST_DETAIL)
}

/** Lines written since an installation's log was last cleared by this process. */
const written = new Map<string, number>()

/** Adds lines to an installation's log, which keeps about the newest 500. */
export async function writeLines(
  trx: TenantTransaction,
  { tenantId, pluginId }: { tenantId: string; pluginId: string },
  lines: readonly LogLine[],
): Promise<void> {
  if (lines.length === 0) return
  await trx
    .insertInto('plugin_log')
    .values(lines.map(line => ({ tenant_id: tenantId, id: uuidv7(), plugin_id: pluginId, ...line })))
    .execute()
  const key = `${tenantId} ${pluginId}`
  const count = (written.get(key) ?? 0) + lines.length
  written.set(key, count % CLEARED_EVERY)
  if (count < CLEARED_EVERY) return
  const oldest = trx
    .selectFrom('plugin_log')
    .select('at')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .orderBy('at', 'desc')
    .offset(KEPT_LINES)
    .limit(1)
  await trx
    .deleteFrom('plugin_log')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('at', '<=', oldest)
    .execute()
}
