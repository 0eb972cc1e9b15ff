import type { WebhookRequest } from '@rapport/sdk'
import { z } from 'zod'
import { keepReceipt } from '#server/domain/plugins/receipts.ts'
import { runCommand } from '#server/domain/run-command.ts'
import type { House } from '#server/house.ts'
import { PluginFailed } from './plugin-failed.ts'
import { readWebhookToken } from './webhook-address.ts'

/** Senders give up soon, and send again: whoever verifies must be quick. */
const VERIFYING_MS = 5_000

const noNul = (text: string) => !text.includes('\0')

const webhookAnswer = z.object({
  receipt: z.string().min(1).max(200).refine(noNul, 'a receipt must not contain NUL characters'),
  facts: z
    .array(z.object({ type: z.string().min(1).max(100), data: z.record(z.string(), z.unknown()) }))
    .max(100)
    .refine(facts => !JSON.stringify(facts).includes('\\u0000'), 'facts must not contain NUL characters'),
  reply: z.string().max(10_000).optional(),
})

export interface WebhookReply {
  status: 200 | 401 | 404 | 500
  body: string
}

/**
 * Has the plugin of an address verify and translate what came there, keeps it once, and answers; work follows in a
 * job. 404 for an address that nobody has or whose plugin is off, 401 for what isn't from whom it says, 500 where the
 * plugin failed, so that the sender tries again.
 */
export async function receiveWebhook(
  house: House,
  tenantId: string,
  token: string,
  request: WebhookRequest,
  requestId: string,
): Promise<WebhookReply> {
  const pluginId = readWebhookToken(house.secrets, tenantId, token)
  const isOn = pluginId && (await house.plugins.enabled(tenantId)).some(row => row.pluginId === pluginId)
  if (!isOn || !house.plugins.find(pluginId)?.webhook) return nothingHere
  try {
    const answer = await house.plugins.call(
      { tenantId, pluginId },
      'webhook',
      (plugin, context) => plugin.webhook!(request, context),
      { timeoutMs: VERIFYING_MS, answer: webhookAnswer, evenIfResting: true, quiet: true },
    )
    const who = { tenantId, actor: { as: 'system' } as const, now: house.clock(), requestId }
    await runCommand(house, who, command => keepReceipt(command, { pluginId, ...answer }))
    return { status: 200, body: answer.reply ?? '' }
  } catch (error) {
    if (!(error instanceof PluginFailed)) throw error
    if (error.reason === 'refused') return { status: 401, body: 'This is not from whom it says.\n' }
    if (error.reason === 'off') return nothingHere
    return { status: 500, body: 'This could not be taken in. Please send it again.\n' }
  }
}

const nothingHere: WebhookReply = { status: 404, body: 'There is nothing at this address.\n' }
