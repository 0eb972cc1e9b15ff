import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'

/*
 * The breaker of an installation. After five failures in a row it rests: calls are refused without being made, for
 * half a minute, then for twice as long after each further failure, up to an hour. When the rest is over one call is
 * let through to see.
 */

export const FAILURES_BEFORE_REST = 5
const FIRST_REST = 30_000
const LONGEST_REST = 60 * 60_000

/** Notes a call of a kind (`email`, `video`, …) that failed, and that the installation is failing from the fifth in a row on. */
export async function noteFailure(
  command: Command,
  pluginId: string,
  { kind, error }: { kind: string; error: string },
): Promise<void> {
  const { trx, tenantId, now } = command
  const before = await lock(command, pluginId)
  if (!before) return
  const failures = before.failures + 1
  const rest = restAfter(failures)
  const isNews = rest !== null && before.failing_since === null
  await trx
    .updateTable('installations')
    .set({
      failures,
      failing_in: kind,
      last_error: error.slice(0, 500),
      ...(rest !== null && { rests_until: new Date(now.getTime() + rest) }),
      ...(isNews && { failing_since: now }),
    })
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .execute()
  if (isNews) await recordInstallation(command, 'installation.failing', { pluginId })
}

/** How long it rests after so many failures in a row, ms; null for not at all. */
export function restAfter(failures: number): number | null {
  if (failures < FAILURES_BEFORE_REST) return null
  return Math.min(LONGEST_REST, FIRST_REST * 2 ** Math.min(20, failures - FAILURES_BEFORE_REST))
}

/**
 * Notes a call that went well: what failed before is over, unless that was calls of another kind. Those may be tried
 * again then, and aren't forgotten.
 */
export async function noteSuccess(command: Command, pluginId: string, kind: string): Promise<void> {
  const before = await lock(command, pluginId)
  if (!before) return
  const isOver = before.failing_in === null || before.failing_in === kind || kind === 'health'
  await command.trx
    .updateTable('installations')
    .set({
      rests_until: null,
      healthy_at: command.now,
      ...(isOver && { failures: 0, failing_in: null, failing_since: null, last_error: null }),
    })
    .where('tenant_id', '=', command.tenantId)
    .where('plugin_id', '=', pluginId)
    .execute()
  if (isOver && before.failing_since)
    await recordInstallation(command, 'installation.recovered', { pluginId })
}

/** Whether this caller is the one to try an installation whose rest is over; others go on waiting until `until`. */
export async function claimTry(command: Command, pluginId: string, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await command.trx
    .updateTable('installations')
    .set({ rests_until: until })
    .where('tenant_id', '=', command.tenantId)
    .where('plugin_id', '=', pluginId)
    .where('rests_until', '<=', command.now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

function lock({ trx, tenantId }: Command, pluginId: string) {
  return trx
    .selectFrom('installations')
    .select(['failures', 'failing_in', 'failing_since'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .forUpdate()
    .executeTakeFirst()
}

/** An event of an installation: it has no id of its own, so its subject is the business. */
export async function recordInstallation(
  command: Command,
  name: `installation.${string}`,
  data: { pluginId: string } & Record<string, unknown>,
): Promise<void> {
  await record(command, name, { subject: 'installation', subjectId: command.tenantId, data })
}
