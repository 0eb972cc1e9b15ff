import type { Plugin, PluginContext } from '@rapport/sdk'
import { inTenant } from '#server/db/in-tenant.ts'
import { sealOf } from '#server/plugin-host/instances.ts'
import type { TestHouse } from './house.ts'

interface Settings {
  config?: Record<string, unknown>
  secrets?: Record<string, string>
}

/** Has a business enable a plugin with these settings. */
export async function enablePlugin(
  { house }: Pick<TestHouse, 'house'>,
  tenantId: string,
  pluginId: string,
  { config = {}, secrets }: Settings = {},
): Promise<void> {
  const now = house.clock()
  const sealed = secrets ? house.secrets.seal(sealOf({ tenantId, pluginId }), JSON.stringify(secrets)) : null
  const settings = { config: JSON.stringify(config), secrets: sealed, enabled: true, changed_at: now }
  await inTenant(house.db, tenantId, trx =>
    trx
      .insertInto('installations')
      .values({ tenant_id: tenantId, plugin_id: pluginId, created_at: now, ...settings })
      .onConflict(conflict => conflict.columns(['tenant_id', 'plugin_id']).doUpdateSet(settings))
      .execute(),
  )
  house.plugins.forget(tenantId)
}

/** Has a business switch a plugin off. */
export async function disablePlugin(
  { house }: Pick<TestHouse, 'house'>,
  tenantId: string,
  pluginId: string,
): Promise<void> {
  await inTenant(house.db, tenantId, trx =>
    trx
      .updateTable('installations')
      .set({ enabled: false, changed_at: house.clock() })
      .where('tenant_id', '=', tenantId)
      .where('plugin_id', '=', pluginId)
      .execute(),
  )
  house.plugins.forget(tenantId)
}

/**
 * A plugin whose service is one of the test's: `{ 'https://api.zoom.us': 'http://127.0.0.1:4000' }`. The house must
 * let plugins reach that address: see `reachable`.
 */
export function rerouted(plugin: Plugin, routes: Record<string, string>): Plugin {
  const at = (context: PluginContext): PluginContext => ({
    ...context,
    fetch: (input, init) => {
      const url = String(input instanceof Request ? input.url : input)
      const [from, to] = Object.entries(routes).find(([from]) => url.startsWith(from)) ?? ['', '']
      return context.fetch(`${to}${url.slice(from.length)}`, init)
    },
  })
  const { video, email, realtime } = plugin.provides ?? {}
  const { health } = plugin
  return {
    ...plugin,
    ...(health && { health: (context, call) => health(at(context), call) }),
    provides: {
      ...plugin.provides,
      ...(video && { video: context => video(at(context)) }),
      ...(email && { email: context => email(at(context)) }),
      ...(realtime && { realtime: context => realtime(at(context)) }),
    },
  }
}

/** The environment in which plugins may reach these servers of a test. */
export function reachable(...urls: string[]): Record<string, string> {
  return { PLUGIN_ADDRESSES: urls.map(url => new URL(url).host).join(',') }
}
