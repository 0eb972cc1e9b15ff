import { setTimeout as sleep } from 'node:timers/promises'
import { definePlugin, type Email, type Plugin, type PluginContext, type PluginEvent } from '@rapport/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installed } from '#plugins/installed.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { brokenInvariants } from './invariants.ts'

/*
 * A plugin whose every function is broken is enabled at four businesses of one house, at each in a way of its own and
 * at the same time, with jobs worked on as they are in earnest. Each has a neighbour, the same but without it.
 */

const misdeeds: Record<string, () => unknown> = {
  throws: () => {
    throw new Error('broken')
  },
  rejects: async () => {
    throw {
      toString: () => {
        throw new Error('really broken')
      },
    }
  },
  hangs: () => new Promise(() => {}),
  lies: async () => ({ ref: 7, joinUrl: 'javascript:alert(1)', providerId: { no: 'text' } }),
}
/** How the plugin is broken at which business. */
const misdeedOf = new Map<string | null, () => unknown>()
const misbehave = ({ tenantId }: PluginContext) => misdeedOf.get(tenantId)!()

const everywhere = (context: PluginContext) =>
  new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : () => misbehave(context)) })
async function listen(_: PluginEvent, context: PluginContext) {
  await misbehave(context)
}
const broken = definePlugin({
  id: 'broken',
  name: 'Broken',
  description: 'Does everything wrong.',
  version: '1.0.0',
  sdk: 1,
  provides: {
    email: everywhere,
    video: everywhere,
    realtime: everywhere,
  } as unknown as Plugin['provides'],
  on: { '*': listen, 'booking.firm_booked': listen },
  health: async context => String(await misbehave(context)),
})

const mails: Email[] = []
const recorder = definePlugin({
  id: 'recorder',
  name: 'Recorder',
  description: 'Keeps mails for the test.',
  version: '1.0.0',
  sdk: 1,
  operator: () => ({ config: {}, secrets: {} }),
  provides: {
    email: () => ({
      async deliver(email) {
        mails.push(email)
        return {}
      },
    }),
  },
})
const heard: string[] = []
const listener = definePlugin({
  id: 'listener',
  name: 'Listener',
  description: 'Hears of bookings.',
  version: '1.0.0',
  sdk: 1,
  on: {
    'booking.firm_booked': async ({ subjectId }) => {
      heard.push(subjectId)
    },
  },
})

const BOOKINGS = 6
let house: TestHouse
beforeAll(async () => {
  const others = installed.filter(({ provides }) => !provides?.email)
  house = await createHouse({
    plugins: [broken, recorder, listener, ...others],
    env: { ROLE: 'all', LOG_LEVEL: 'silent' },
  })
})
afterAll(() => house.stop())

/** Books one after another, and returns the bookings' ids. */
async function book(of: Business, slug: string): Promise<string[]> {
  const day = new Date(Date.now() + 5 * 86_400_000).setUTCHours(8, 0, 0, 0)
  const ids: string[] = []
  for (let number = 0; number < BOOKINGS; number++) {
    const startsAt = new Date(day + number * 3_600_000).toISOString()
    const { id } = expectData(
      await of.visitor().mutate('bookings.book', bookingInput(slug, startsAt, `${of.slug} ${number}`)),
    )
    ids.push(id)
  }
  return ids
}

async function until(what: string, isSo: () => boolean, ms: number): Promise<void> {
  const startedAt = performance.now()
  while (!isSo()) {
    if (performance.now() - startedAt > ms) throw new Error(`${what} within ${ms} ms`)
    await sleep(50)
  }
}

const mailsTo = (of: Business) =>
  mails.filter(({ to }) => to.address.startsWith(`${of.slug.replaceAll('-', '.')}.`)).length

test.concurrent.each(Object.entries(misdeeds))(
  'a plugin that %s harms no booking, no mail and no other plugin',
  {
    timeout: 60_000,
  },
  async (name, misdeed) => {
    const victim = await signUpBusiness(house)
    const neighbour = await signUpBusiness(house)
    misdeedOf.set(victim.tenantId, misdeed)
    const slugs = await Promise.all(
      [victim, neighbour].map(of => makeBookable(house, of, { hours: [[0, 1440]] }).then(({ slug }) => slug)),
    )
    for (const of of [victim, neighbour])
      expectData(await of.owner.mutate('plugins.enable', { pluginId: 'listener' }))
    expectData(await victim.owner.mutate('plugins.enable', { pluginId: 'broken' }))

    const check = victim.owner.mutate('plugins.check', { pluginId: 'broken' })
    const all = [...(await book(neighbour, slugs[1]!)), ...(await book(victim, slugs[0]!))]
    await until('every booking reached the other plugin', () => all.every(id => heard.includes(id)), 50_000)
    await until('the neighbour’s mails went out', () => mailsTo(neighbour) === BOOKINGS, 50_000)
    await until('the business’s own mails went out', () => mailsTo(victim) === BOOKINGS, 50_000)

    const { state } = expectData(await victim.owner.query('plugins.get', { pluginId: 'broken' }))
    expect(state).toBe('failing')
    expect(expectData(await check).ok).toBe(name === 'lies')
    const statuses = await inTenant(house.house.db, victim.tenantId, trx =>
      trx.selectFrom('bookings').select('status').execute(),
    )
    expect(statuses.map(({ status }) => status)).toEqual(Array(BOOKINGS).fill('FIRM_BOOKED'))
    expect(await brokenInvariants(house.ownerUrl)).toEqual({})
    expectData(await victim.owner.mutate('plugins.disable', { pluginId: 'broken' }))
  },
)
