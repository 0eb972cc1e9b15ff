import { noteDelivery, readDelivery } from '#server/domain/plugins/deliveries.ts'
import { runCommand, runQuery } from '#server/domain/run-command.ts'
import type { House } from '#server/house.ts'
import { PluginFailed } from '#server/plugin-host/plugin-failed.ts'
import { asSystem } from './as-system.ts'
import { type Attempt, Hopeless } from './jobs.ts'
import type { JobPayloads } from './queues.ts'

const LISTENING_MS = 20_000

/** Tells a plugin of an event. What it can't take is tried again for three days; what it doesn't want is let be. */
export async function deliverEvent(
  house: House,
  { tenantId, pluginId, eventId }: JobPayloads['delivery'],
  { last, signal }: Attempt,
): Promise<void> {
  const which = { pluginId, eventId }
  const who = asSystem(house, tenantId, `delivery ${eventId} ${pluginId}`)
  const event = await runQuery(house, who, query => readDelivery(query, which))
  if (!event) return
  const note = (state: 'queued' | 'done' | 'failed', error: string | null) =>
    runCommand(house, who, command => noteDelivery(command, which, { state, error }))
  try {
    await house.plugins.call(
      { tenantId, pluginId },
      `on.${event.name}`,
      async ({ on }, context, call) => {
        for (const name of [event.name, '*']) await on?.[name]?.(event, context, call)
      },
      { timeoutMs: LISTENING_MS, signal },
    )
  } catch (error) {
    if (!(error instanceof PluginFailed)) throw error
    const isHopeless = error.reason === 'hopeless' || error.reason === 'off'
    await note(last || isHopeless ? 'failed' : 'queued', error.message)
    // Whoever switched it off wants no more of it: nothing for the list of what failed.
    if (error.reason === 'off') return
    throw isHopeless ? new Hopeless(error.message, { cause: error }) : error
  }
  await note('done', null)
}
