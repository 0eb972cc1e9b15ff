import type { Email } from '@rapport/sdk'
import { z } from 'zod'
import type { PluginHost, Provided } from './create-host.ts'
import { PluginFailed } from './plugin-failed.ts'

const DELIVERY_MS = 45_000
/** A business's own channel has less: whoever runs this server vouches for theirs alone, and others' mail waits behind. */
const OWN_DELIVERY_MS = 15_000

const delivery = z.object({ providerId: z.string().optional() }).optional()

/** What a channel answers when it did not take a mail. */
export class NotDelivered extends Error {
  /** Whether trying again can't help. */
  readonly final: boolean

  constructor(message: string, { final, cause }: { final: boolean; cause: unknown }) {
    super(message, { cause })
    this.final = final
  }
}

/**
 * Has a business's channel deliver a mail. While that channel rests or its settings are wrong, the
 * operator's delivers: a mail in time counts more than who carries it. Throws `NotDelivered`.
 */
export async function deliverEmail(
  plugins: Pick<PluginHost, 'provider' | 'operatorProvider'>,
  tenantId: string,
  email: Email,
  signal: AbortSignal,
): Promise<void> {
  try {
    const channel = await plugins.provider('email', tenantId)
    try {
      await deliver(channel!, email, signal)
    } catch (error) {
      const instead = plugins.operatorProvider('email')
      if (!instead || channel?.by === 'operator' || !isWithoutHope(error)) throw error
      await deliver(instead, email, signal)
    }
  } catch (cause) {
    const final = cause instanceof PluginFailed && cause.reason === 'undeliverable'
    throw new NotDelivered((cause as Error).message, { final, cause })
  }
}

async function deliver(channel: Provided<'email'>, email: Email, signal: AbortSignal): Promise<void> {
  await channel.call('deliver', (provider, call) => provider.deliver(email, call), {
    timeoutMs: channel.by === 'operator' ? DELIVERY_MS : OWN_DELIVERY_MS,
    signal,
    answer: delivery,
  })
}

/** Whether this channel takes no mail for now: its own tries come later, this mail needn't wait for them. */
function isWithoutHope(error: unknown): boolean {
  return error instanceof PluginFailed && ['resting', 'hopeless', 'off'].includes(error.reason)
}
