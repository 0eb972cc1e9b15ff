import { expect, test } from 'vitest'
import { createCarrier } from '#server/realtime/carrier.ts'

/** A host whose provider takes as long as the test wants. */
function startProvider() {
  const calls: { channels: readonly string[]; done: () => void; fail: () => void }[] = []
  const provider = async () => ({
    pluginId: 'test',
    by: 'tenant' as const,
    call: (_: string, work: (pages: object, call: object) => Promise<void>) =>
      work(
        {
          publish: (channels: readonly string[]) =>
            new Promise<void>((resolve, reject) =>
              calls.push({ channels, done: resolve, fail: () => reject(new Error('not now')) }),
            ),
        },
        {},
      ),
  })
  return { calls, carrier: createCarrier(() => provider as never) }
}
const next = () => new Promise(resolve => setTimeout(resolve, 5))

test('topics are told as channels of their business', async () => {
  const { calls, carrier } = startProvider()
  carrier.carry('tenant-1', ['calendar:a', 'requests', '*'])
  await next()
  expect(calls.map(({ channels }) => channels)).toEqual([
    ['tenant-1.calendar.a', 'tenant-1.requests', 'tenant-1.all'],
  ])
})

test('while a provider takes its time, hints gather for the next call; other businesses don’t wait', async () => {
  const { calls, carrier } = startProvider()
  carrier.carry('tenant-1', ['calendar:a'])
  await next()
  for (let time = 0; time < 50; time++) carrier.carry('tenant-1', ['calendar:b', 'requests'])
  carrier.carry('tenant-2', ['offers'])
  await next()
  expect(calls.map(({ channels }) => channels)).toEqual([['tenant-1.calendar.a'], ['tenant-2.offers']])
  calls[0]!.fail()
  await next()
  expect(calls[2]!.channels).toEqual(['tenant-1.calendar.b', 'tenant-1.requests'])
  for (const { done } of calls) done()
  await carrier.settled()
  expect(calls).toHaveLength(3)
})

test('a flood is told as "everything"', async () => {
  const { calls, carrier } = startProvider()
  carrier.carry(
    'tenant-1',
    Array.from({ length: 500 }, (_, index) => `calendar:${index}`),
  )
  await next()
  expect(calls[0]!.channels).toEqual(['tenant-1.all'])
})
