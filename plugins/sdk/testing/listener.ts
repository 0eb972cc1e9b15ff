import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Hopeless } from '../errors.ts'
import type { Plugin, PluginContext, PluginEvent } from '../plugin.ts'
import { failure, type Mood, soon } from './moods.ts'

export interface ListenerSubject {
  /** A context with settings that work; `kept` stays the same between calls, as a host's store does. */
  context(): PluginContext
  /** Ids of the events the other side has, in the order in which they came; one for each time it was told. */
  received(): Promise<string[]> | string[]
  stop?(): Promise<void>
}

/** A listener that tells a service of what happens. */
export interface ListenerServiceSubject extends ListenerSubject {
  /** How the service answers from now on. */
  behave(mood: Mood): Promise<void> | void
}

type Start<Subject> = () => Promise<Subject> | Subject

let count = 0
/** An event about a booking. */
export function sampleEvent(change: Partial<PluginEvent> = {}): PluginEvent {
  count++
  const id = `0190f0c2-2222-7000-8000-${String(count).padStart(12, '0')}`
  return {
    id,
    name: 'booking.confirmed',
    at: new Date('2027-03-01T09:00:00.000Z'),
    subject: 'booking',
    subjectId: '0190f0c2-3333-7000-8000-000000000001',
    data: { sessionId: '0190f0c2-4444-7000-8000-000000000001', seats: 2 },
    booking: {
      id: '0190f0c2-3333-7000-8000-000000000001',
      status: 'CONFIRMED',
      bookingType: 'FIRM_BOOKED',
      offer: {
        id: '0190f0c2-5555-7000-8000-000000000001',
        slug: 'circle',
        title: 'Leadership circle – Grüße',
        kind: 'group',
      },
      sessionId: '0190f0c2-4444-7000-8000-000000000001',
      startsAt: '2027-03-08T17:00:00.000Z',
      endsAt: '2027-03-08T18:30:00.000Z',
      seats: 2,
      coach: { id: '0190f0c2-6666-7000-8000-000000000001', name: 'Ada' },
      client: {
        id: '0190f0c2-7777-7000-8000-000000000001',
        name: 'Clara',
        email: 'clara@client.example',
        timeZone: 'Europe/Lisbon',
      },
      priceMinor: 9000,
      currency: 'EUR',
    },
    ...change,
  }
}

/** Calls a plugin's listeners for an event, as the host does. */
export async function tell(
  plugin: Plugin,
  event: PluginEvent,
  context: PluginContext,
  signal = AbortSignal.timeout(10_000),
): Promise<void> {
  for (const name of [event.name, '*']) await plugin.on?.[name]?.(event, context, { signal })
}

/**
 * What every plugin that listens to events must do; with `service`, also how it copes when that is broken, busy or
 * hangs. Call it in the plugin's own test.
 */
export function listenerContract(
  plugin: Plugin,
  start: Start<ListenerServiceSubject>,
  traits: { service: true },
): void
export function listenerContract(plugin: Plugin, start: Start<ListenerSubject>): void
export function listenerContract(
  plugin: Plugin,
  start: Start<ListenerSubject & Partial<ListenerServiceSubject>>,
  { service = false } = {},
): void {
  describe('as every listener to events', () => {
    let subject: ListenerSubject & Partial<ListenerServiceSubject>
    const timesOf = async (id: string) =>
      (await subject.received()).filter(received => received === id).length
    beforeAll(async () => {
      subject = await start()
    })
    beforeEach(() => subject.behave?.('well'))
    afterAll(() => subject.stop?.())

    test('an event arrives, and one that comes again can be told by its id', async () => {
      const [one, two] = [
        sampleEvent(),
        sampleEvent({ booking: null, subject: 'session', name: 'session.moved' }),
      ]
      await tell(plugin, one, subject.context())
      await tell(plugin, two, subject.context())
      await tell(plugin, one, subject.context())
      expect(await timesOf(one.id)).toBeGreaterThanOrEqual(1)
      expect(await timesOf(two.id)).toBe(1)
    })

    if (!service) return
    const behave = (mood: Mood) => subject.behave!(mood)

    test('what is broken or busy is told again, and then once', async () => {
      const event = sampleEvent()
      for (const mood of ['broken', 'busy', 'gone'] as const) {
        await behave(mood)
        const error = await failure(tell(plugin, event, subject.context()))
        expect(error, mood).not.toBeInstanceOf(Hopeless)
      }
      await behave('well')
      await tell(plugin, event, subject.context())
      expect(await timesOf(event.id)).toBe(1)
    })

    test('what hangs ends when its time is up', async () => {
      await behave('hangs')
      const work = tell(plugin, sampleEvent(), subject.context(), AbortSignal.timeout(200))
      expect(await soon(failure(work))).not.toBeInstanceOf(Hopeless)
    })
  })
}
