import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Hopeless } from '../errors.ts'
import type { ChannelPass, RealtimeProvider } from '../realtime.ts'
import { failure, type Mood, soon } from './moods.ts'

/** A browser that is connected to the service. */
export interface Follower {
  socketId: string
  /** Follows a channel with a pass; false where the service doesn't let it. */
  follow(pass: ChannelPass): Promise<boolean>
  /** Everything the service sent about channels it follows, as text. */
  told(): string[]
  close(): void
}

export interface RealtimeSubject {
  open(): RealtimeProvider
  /** Texts that no browser may get to see. */
  secrets?: readonly string[]
  stop?(): Promise<void>
}

/** A provider whose service carries hints, not the host's own stream. */
export interface RealtimeServiceSubject extends RealtimeSubject {
  connect(): Promise<Follower>
  /** How the service answers from now on. */
  behave(mood: Mood): Promise<void> | void
}

type Start<Subject> = () => Promise<Subject> | Subject

const call = (ms = 10_000) => ({ signal: AbortSignal.timeout(ms) })
const tenant = '0190f0c2-1111-7000-8000-000000000001'
const channelOf = (name: string) => `${tenant}.${name}`

/**
 * What every provider of live hints must do; with `service`, also who is told by it, and how it copes when that is
 * broken, busy or hangs. Call it in the plugin's own test.
 */
export function realtimeContract(start: Start<RealtimeServiceSubject>, traits: { service: true }): void
export function realtimeContract(start: Start<RealtimeSubject>): void
export function realtimeContract(
  start: Start<RealtimeSubject & Partial<RealtimeServiceSubject>>,
  { service = false } = {},
): void {
  describe('as every provider of live hints', () => {
    let subject: RealtimeSubject & Partial<RealtimeServiceSubject>
    let realtime: RealtimeProvider
    beforeAll(async () => {
      subject = await start()
      realtime = subject.open()
    })
    beforeEach(() => subject.behave?.('well'))
    afterAll(() => subject.stop?.())

    test('what browsers get to connect is plain and holds no secret', () => {
      const { browser } = realtime
      expect(browser.client).toMatch(/^[a-z-]+$/)
      expect(JSON.parse(JSON.stringify(browser))).toEqual(browser)
      for (const secret of subject.secrets ?? []) expect(JSON.stringify(browser)).not.toContain(secret)
      for (const origin of browser.origins) expect(origin).toMatch(/^wss?:\/\/[^\s;,'*/]+$/)
    })

    test('it publishes and lets browsers follow, or leaves both to the host', () => {
      expect([typeof realtime.publish, typeof realtime.authorize]).toEqual(
        service ? ['function', 'function'] : ['undefined', 'undefined'],
      )
      if (!service) expect(realtime.browser.origins).toEqual([])
    })

    if (!service) return
    const connect = () => subject.connect!()
    const behave = (mood: Mood) => subject.behave!(mood)

    test('who follows a channel is told, and of no other', async () => {
      const [one, two] = [await connect(), await connect()]
      const pass = (channel: string, { socketId }: Follower) => realtime.authorize!({ channel, socketId })
      expect(await one.follow(pass(channelOf('calendar.a'), one))).toBe(true)
      expect(await two.follow(pass(channelOf('calendar.b'), two))).toBe(true)

      await realtime.publish!([channelOf('calendar.a'), channelOf('requests')], call())
      await expect.poll(() => one.told()).toHaveLength(1)
      await realtime.publish!([channelOf('calendar.b')], call())
      await expect.poll(() => two.told()).toHaveLength(1)
      expect(one.told()).toHaveLength(1)
      one.close()
      two.close()
    })

    test('a pass serves one browser and one channel', async () => {
      const [one, two] = [await connect(), await connect()]
      const pass = realtime.authorize!({ channel: channelOf('requests'), socketId: one.socketId })
      const other = realtime.authorize!({ channel: channelOf('offers'), socketId: one.socketId })
      expect(await two.follow(pass)).toBe(false)
      expect(await one.follow({ name: other.name, auth: pass.auth })).toBe(false)
      expect(await one.follow(pass)).toBe(true)
      one.close()
      two.close()
    })

    test('many channels are told at once', async () => {
      const one = await connect()
      const channels = Array.from({ length: 250 }, (_, index) => channelOf(`calendar.${index}`))
      await one.follow(realtime.authorize!({ channel: channels[249]!, socketId: one.socketId }))
      await realtime.publish!(channels, call())
      await expect.poll(() => one.told()).toHaveLength(1)
      one.close()
    })

    test('what fails throws, and what hangs ends when its time is up', async () => {
      for (const mood of ['broken', 'busy', 'gone'] as const) {
        await behave(mood)
        const error = await failure(realtime.publish!([channelOf('offers')], call()))
        expect(error, mood).not.toBeInstanceOf(Hopeless)
      }
      await behave('hangs')
      await soon(failure(realtime.publish!([channelOf('offers')], call(200))))
    })
  })
}
