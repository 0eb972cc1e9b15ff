import { type Channel, type Email, Undeliverable } from '@rapport/sdk'

const DELIVERY_MS = 45_000

/** What a channel answers when it did not take a mail. */
export class NotDelivered extends Error {
  /** Whether trying again can't help. */
  readonly final: boolean

  constructor(message: string, { final, cause }: { final: boolean; cause: unknown }) {
    super(message, { cause })
    this.final = final
  }
}

/** Has a channel deliver a mail within 45 seconds. Throws `NotDelivered`. */
export async function deliverEmail(channel: Channel, email: Email, signal: AbortSignal): Promise<void> {
  try {
    await channel.deliver(email, { signal: AbortSignal.any([signal, AbortSignal.timeout(DELIVERY_MS)]) })
  } catch (cause) {
    throw new NotDelivered((cause as Error).message, { final: cause instanceof Undeliverable, cause })
  }
}
