import { markSent, markTried, prepareMessage } from '#server/domain/notifications/send-message.ts'
import { runCommand } from '#server/domain/run-command.ts'
import type { House } from '#server/house.ts'
import { deliverEmail, NotDelivered } from '#server/plugin-host/deliver-email.ts'
import { asSystem } from './as-system.ts'
import { type Attempt, Hopeless } from './jobs.ts'
import type { JobPayloads } from './queues.ts'

/**
 * Sends one message that is due, by the channel of its business. The channel is called outside of any transaction; a repeat after a crash carries
 * the same Message-ID, and one that was noted as sent is not sent again.
 */
export async function deliverMessage(
  house: House,
  { tenantId, messageId }: JobPayloads['message'],
  { last, signal }: Attempt,
): Promise<void> {
  const who = asSystem(house, tenantId, `message ${messageId}`)
  const room = { urls: house.urls, secrets: house.secrets, mailFrom: house.env.mailFrom }
  try {
    const email = await runCommand(house, who, command => prepareMessage(command, messageId, room))
    if (!email) return
    await deliverEmail(house.plugins, tenantId, email, signal)
  } catch (error) {
    const { message } = error as Error
    const isHopeless = error instanceof NotDelivered && error.final
    await runCommand(house, who, command =>
      markTried(command, messageId, { error: message, final: last || isHopeless }),
    )
    throw isHopeless ? new Hopeless(message, { cause: error }) : error
  }
  await runCommand(house, who, command => markSent(command, messageId))
}
