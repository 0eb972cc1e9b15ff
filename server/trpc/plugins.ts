import { z } from 'zod'
import type { Command } from '#server/domain/command.ts'
import {
  disableInstallation,
  enableInstallation,
  saveInstallation,
} from '#server/domain/plugins/change-installation.ts'
import { replayDelivery } from '#server/domain/plugins/deliveries.ts'
import { readDeliveries, readInstallations, readLog } from '#server/domain/plugins/read-installations.ts'
import { notFound } from '#server/domain/refusal.ts'
import { memberProcedure, router } from './base.ts'
import { command, query, type TenantRequest } from './context.ts'
import { id, text } from './inputs.ts'
import { plain } from './plain.ts'

const pluginId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be the id of a plugin')
const named = z.object({ pluginId })
const paged = named.extend({ cursor: id.nullish().transform(cursor => cursor ?? undefined) })
const name = z.string().min(1).max(60)

const settings = named.extend({
  config: z.record(name, z.union([text(4_000), z.number(), z.boolean()]).nullable()).default({}),
  /** Only those to set anew; null takes one away. What is kept is never sent back. */
  secrets: z.record(name, text(4_000).nullable()).default({}),
})

/** Owners and admins; a plugin that isn't there, or that isn't for businesses to set, is answered as not found. */
const staff = memberProcedure('plugins.edit')
const onPlugin = staff.input(named).use(({ ctx, input, next }) => {
  const plugin = ctx.house.plugins.describe(input.pluginId)
  if (!plugin) throw notFound('plugin')
  return next({ ctx: { ...ctx, plugin } })
})
const onOwnPlugin = onPlugin.use(({ ctx, next }) => {
  if (!ctx.plugin.isForBusinesses) throw notFound('plugin')
  return next()
})

/** Changes an installation, and lets this process see it at once. */
async function change(ctx: TenantRequest, work: (command: Command) => Promise<void>): Promise<object> {
  await command(ctx, work)
  ctx.house.plugins.forget(ctx.tenant.id)
  return {}
}

export const plugins = router({
  /** All that are installed, with their state here, and those left out at the start with the reason. */
  list: staff.query(async ({ ctx }) => {
    const rows = await query(ctx, readInstallations)
    return plain(ctx.house.plugins.list(rows))
  }),

  /** One with its form: fields, their values, and which secrets are set. Secrets themselves are never shown. */
  get: onPlugin.query(async ({ ctx, input }) => {
    const rows = await query(ctx, readInstallations)
    const row = rows.find(row => row.pluginId === input.pluginId) ?? null
    return plain(ctx.house.plugins.show(ctx.plugin.id, ctx.tenant, row))
  }),

  /** Keeps settings; 400 BAD_SETTING names the field. A plugin that isn't enabled stays so. */
  save: onOwnPlugin.input(settings).mutation(({ ctx, input }) => {
    const check = ctx.house.plugins.checkSettings(input.pluginId, ctx.tenant.id)
    return change(ctx, command => saveInstallation(command, input, check))
  }),

  /** 400 BAD_SETTING where its settings lack something. */
  enable: onOwnPlugin.mutation(({ ctx, input }) => {
    const check = ctx.house.plugins.checkSettings(input.pluginId, ctx.tenant.id)
    return change(ctx, command => enableInstallation(command, input.pluginId, check))
  }),

  disable: onOwnPlugin.mutation(({ ctx, input }) =>
    change(ctx, command => disableInstallation(command, input.pluginId)),
  ),

  /** Asks the plugin whether its settings work, enabled or not: `{ ok, detail }`, a sentence. */
  check: onOwnPlugin.mutation(({ ctx, input }) => ctx.house.plugins.check(input.pluginId, ctx.tenant.id)),

  /** Its log, newest first, 50 lines at a time. */
  log: onPlugin
    .input(paged)
    .query(async ({ ctx, input }) => plain(await query(ctx, asked => readLog(asked, input)))),

  /** The events it was told of, or is to be, newest first, 50 at a time. */
  deliveries: onPlugin
    .input(paged)
    .query(async ({ ctx, input }) => plain(await query(ctx, asked => readDeliveries(asked, input)))),

  /** Sends an event again. 409 STILL_QUEUED while it is on its way. */
  replay: onPlugin.input(named.extend({ eventId: id })).mutation(async ({ ctx, input }) => {
    await command(ctx, command => replayDelivery(command, input))
    return {}
  }),
})
