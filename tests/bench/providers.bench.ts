import { installed } from '#plugins/installed.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse } from '#tests/support/house.ts'
import { enablePlugin, reachable, rerouted } from '#tests/support/plugins.ts'
import { startMoodyServer } from '#tests/support/third-parties/moody-server.ts'
import { startPusher } from '#tests/support/third-parties/pusher.ts'
import { startMoodySmtp } from '#tests/support/third-parties/smtp.ts'
import { startZoom } from '#tests/support/third-parties/zoom.ts'
import type { Measured } from './run.ts'

const NOW = new Date('2027-03-01T06:00:00Z')
const MOODS = ['gone', 'hangs', 'broken', 'huge'] as const
const TURNS = 6
const BOOKINGS = 10

/**
 * A booking through HTTP while mail, video, live hints and webhooks all fail in one way, against one while they are
 * well: two houses that serve and work on jobs, in turns, by medians.
 */
export default async function measure(): Promise<Measured> {
  const [well, failing] = [await startPlace(), await startPlace()]
  try {
    const ratios: Record<string, number> = {}
    await well.book(BOOKINGS)
    await failing.book(BOOKINGS)
    for (const mood of MOODS) {
      await failing.behave(mood)
      const times = { well: [] as number[], failing: [] as number[] }
      for (let turn = 0; turn < TURNS; turn++) {
        times.well.push(...(await well.book(BOOKINGS)))
        times.failing.push(...(await failing.book(BOOKINGS)))
      }
      ratios[`time of a booking, providers "${mood}" ÷ well`] = median(times.failing) / median(times.well)
    }
    return { name: 'providers', ratios }
  } finally {
    await failing.behave('well')
    await well.stop()
    await failing.stop()
  }
}

/** A house of its own with one business that has a plugin of every kind, and the services behind them. */
async function startPlace() {
  const [smtp, zoom, pusher] = [await startMoodySmtp(), await startZoom(), await startPusher()]
  const hook = await startMoodyServer((_, response) => response.writeHead(204).end())
  const services = [smtp, zoom, pusher, hook]
  const house = await createHouse({
    clock: () => NOW,
    plugins: installed.map(plugin =>
      rerouted(plugin, { 'https://zoom.us': zoom.url, 'https://api.zoom.us': zoom.url }),
    ),
    env: {
      ...reachable(zoom.url, pusher.url, hook.url),
      ...{ SMTP_URL: smtp.url, ROLE: 'all', LOG_LEVEL: 'silent' },
    },
  })
  const business = await signUpBusiness(house)
  const { slug } = await makeBookable(house, business, {
    offer: { duration: 15, step: 15 },
    hours: [[0, 1440]],
  })
  const { tenantId } = business
  const { app } = pusher
  const pusherConfig = { appId: app.id, key: app.key, server: pusher.url }
  const secret = `whsec_${Buffer.from('a secret of 32 bytes, for tests.').toString('base64')}`
  await enablePlugin(house, tenantId, 'zoom', { config: { host: zoom.host }, secrets: zoom.app })
  await enablePlugin(house, tenantId, 'pusher', { config: pusherConfig, secrets: { secret: app.secret } })
  await enablePlugin(house, tenantId, 'webhooks', { config: { url: hook.url }, secrets: { secret } })

  let booked = 0
  return {
    async behave(mood: (typeof MOODS)[number] | 'well') {
      for (const service of services) await service.behave(mood)
    },
    /** Books so many slots one after another; returns how long each took, ms. */
    async book(count: number): Promise<number[]> {
      const times: number[] = []
      for (let time = 0; time < count; time++) {
        const startsAt = new Date(Date.parse('2027-03-03T00:00:00Z') + booked++ * 15 * 60_000)
        const input = bookingInput(slug, startsAt.toISOString(), `Client ${booked}`)
        const startedAt = performance.now()
        expectData(await business.visitor().mutate('bookings.book', input))
        times.push(performance.now() - startedAt)
      }
      return times
    },
    async stop() {
      await house.stop()
      for (const service of services) await service.stop()
    },
  }
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
