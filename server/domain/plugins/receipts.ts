import type { WebhookFact } from '@rapport/sdk'
import type { Command } from '../command.ts'

/** How long receipts are kept to tell a repeat, ms. */
const KEPT_FOR = 30 * 86_400_000

/**
 * What is done about each fact that a plugin can report, by its type. A command checks the data itself and may run
 * twice. The plugin that first reports a fact brings its command along.
 */
export type FactCommands = Readonly<
  Record<string, (command: Command, data: WebhookFact['data'], by: { pluginId: string }) => Promise<void>>
>

/** The facts that this version acts on. */
export const factCommands: FactCommands = {}

/** Keeps what a webhook said, once: a repeat of the same receipt changes nothing. Work on it follows in a job. */
export async function keepReceipt(
  command: Command,
  { pluginId, receipt, facts }: { pluginId: string; receipt: string; facts: readonly WebhookFact[] },
): Promise<'new' | 'known'> {
  const { trx, tenantId, now } = command
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('webhook_receipts')
    .values({
      tenant_id: tenantId,
      plugin_id: pluginId,
      receipt,
      facts: JSON.stringify(facts),
      received_at: now,
      worked_at: facts.length === 0 ? now : null,
    })
    .onConflict(conflict => conflict.columns(['tenant_id', 'plugin_id', 'receipt']).doNothing())
    .executeTakeFirstOrThrow()
  if (!numInsertedOrUpdatedRows) return 'known'
  if (facts.length > 0) await command.send('receipt', { tenantId, pluginId, receipt })
  return 'new'
}

/** Turns what a receipt reports into commands, all or none. Returns the types that no command is known for. */
export async function workReceipt(
  command: Command,
  { pluginId, receipt }: { pluginId: string; receipt: string },
  commands: FactCommands = factCommands,
): Promise<string[]> {
  const { trx, tenantId, now } = command
  const row = await trx
    .selectFrom('webhook_receipts')
    .select('facts')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('receipt', '=', receipt)
    .where('worked_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return []
  const unknown: string[] = []
  for (const { type, data } of row.facts as WebhookFact[]) {
    if (Object.hasOwn(commands, type)) await commands[type]!(command, data, { pluginId })
    else unknown.push(type)
  }
  await trx
    .updateTable('webhook_receipts')
    .set({ worked_at: now })
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('receipt', '=', receipt)
    .execute()
  await trx
    .deleteFrom('webhook_receipts')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('received_at', '<', new Date(now.getTime() - KEPT_FOR))
    .execute()
  return unknown
}
