import { workReceipt } from '#server/domain/plugins/receipts.ts'
import { runCommand } from '#server/domain/run-command.ts'
import type { House } from '#server/house.ts'
import { writeLines } from '#server/plugin-host/log-lines.ts'
import { asSystem } from './as-system.ts'
import type { JobPayloads } from './queues.ts'

/** Works on what a webhook reported; facts that nothing is known of are named in the plugin's log. */
export async function workOnReceipt(
  house: House,
  { tenantId, pluginId, receipt }: JobPayloads['receipt'],
): Promise<void> {
  await runCommand(house, asSystem(house, tenantId, `receipt ${pluginId}`), async command => {
    const unknown = await workReceipt(command, { pluginId, receipt })
    const lines = unknown.map(type => ({
      at: command.now,
      operation: 'receipt',
      ok: false,
      milliseconds: 0,
      detail: `It reported ${type.slice(0, 100)}, which this version of Rapport knows nothing to do about.`,
    }))
    await writeLines(command.trx, { tenantId, pluginId }, lines)
  })
}
