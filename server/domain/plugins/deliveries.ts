import type { PluginEvent } from '@rapport/sdk'
import type { Event, Listener } from '#server/events/dispatch.ts'
import type { Command, Query } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import { readEventBooking } from './event-booking.ts'

/** Which plugins listen to events of a name: those that businesses enable, and those the operator set up for all. */
export type Listening = (event: string) => { installable: readonly string[]; operated: readonly string[] }

/** How long a delivery stays in the list, ms. */
const KEPT_FOR = 90 * 86_400_000

/** A listener that makes a delivery of an event for each plugin that wants it: each then goes its own way. */
export function planDeliveries(listening: Listening): Listener {
  return async (command, event) => {
    const { installable, operated } = listening(event.name)
    const enabled = installable.length === 0 ? [] : await enabledAmong(command, installable)
    const wanting = [...new Set([...enabled, ...operated])]
    if (wanting.length > 0) await insertDeliveries(command, event, wanting)
  }
}

async function enabledAmong({ trx, tenantId }: Query, pluginIds: readonly string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom('installations')
    .select('plugin_id')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', 'in', pluginIds)
    .where('enabled', '=', true)
    .execute()
  return rows.map(row => row.plugin_id)
}

/** An event dispatched twice makes each delivery once. */
async function insertDeliveries(command: Command, event: Event, pluginIds: readonly string[]): Promise<void> {
  const { trx, tenantId, now } = command
  const made = await trx
    .insertInto('plugin_deliveries')
    .values(
      pluginIds.map(pluginId => ({
        tenant_id: tenantId,
        plugin_id: pluginId,
        event_id: event.id,
        event: event.name,
        state: 'queued' as const,
        created_at: now,
        changed_at: now,
      })),
    )
    .onConflict(conflict => conflict.columns(['tenant_id', 'plugin_id', 'event_id']).doNothing())
    .returning('plugin_id')
    .execute()
  await command.sendMany(
    'delivery',
    made.map(row => jobOf(tenantId, row.plugin_id, event.id)),
  )
}

function jobOf(tenantId: string, pluginId: string, eventId: string) {
  return { payload: { tenantId, pluginId, eventId }, options: { group: `${tenantId} ${pluginId}` } }
}

/** The event of a delivery that is still to be made, as plugins get it; null where there is nothing to do. */
export async function readDelivery(
  query: Query,
  { pluginId, eventId }: { pluginId: string; eventId: string },
): Promise<PluginEvent | null> {
  const { trx, tenantId } = query
  const row = await trx
    .selectFrom('plugin_deliveries as d')
    .innerJoin('events as e', join =>
      join.onRef('e.tenant_id', '=', 'd.tenant_id').onRef('e.id', '=', 'd.event_id'),
    )
    .select(['e.id', 'e.name', 'e.at', 'e.subject', 'e.subject_id', 'e.data'])
    .where('d.tenant_id', '=', tenantId)
    .where('d.plugin_id', '=', pluginId)
    .where('d.event_id', '=', eventId)
    .where('d.state', '!=', 'done')
    .executeTakeFirst()
  if (!row) return null
  const { subject_id: subjectId, ...event } = row
  const bookingId = event.subject === 'booking' ? subjectId : event.data.bookingId
  const booking = typeof bookingId === 'string' ? await readEventBooking(query, bookingId) : null
  return { ...event, subjectId, booking }
}

/** Notes how a try went; what is long past is forgotten. */
export async function noteDelivery(
  { trx, tenantId, now }: Command,
  { pluginId, eventId }: { pluginId: string; eventId: string },
  outcome: { state: 'queued' | 'done' | 'failed'; error: string | null },
): Promise<void> {
  await trx
    .updateTable('plugin_deliveries')
    .set(eb => ({
      state: outcome.state,
      last_error: outcome.error,
      attempts: eb('attempts', '+', 1),
      changed_at: now,
    }))
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('event_id', '=', eventId)
    .execute()
  await trx
    .deleteFrom('plugin_deliveries')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('created_at', '<', new Date(now.getTime() - KEPT_FOR))
    .execute()
}

/** Sends an event again to a plugin that had it, or to which it could not be brought. 404, 409 `STILL_QUEUED`. */
export async function replayDelivery(
  command: Command,
  { pluginId, eventId }: { pluginId: string; eventId: string },
): Promise<void> {
  const { trx, tenantId, now } = command
  const row = await trx
    .selectFrom('plugin_deliveries')
    .select('state')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('event_id', '=', eventId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('delivery')
  if (row.state === 'queued') throw new Refusal('conflict', 'STILL_QUEUED', 'It is on its way already.')
  await trx
    .updateTable('plugin_deliveries')
    .set({ state: 'queued', attempts: 0, last_error: null, changed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('event_id', '=', eventId)
    .execute()
  await command.sendMany('delivery', [jobOf(tenantId, pluginId, eventId)])
}
