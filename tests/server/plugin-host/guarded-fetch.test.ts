import type { LookupAddress, lookup } from 'node:dns'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, afterEach, expect, test } from 'vitest'
import { isPublic } from '#server/plugin-host/addresses.ts'
import { createGuardedFetch, type GuardedFetch } from '#server/plugin-host/guarded-fetch.ts'

const servers: Server[] = []
const fetches: GuardedFetch[] = []
afterEach(async () => {
  await Promise.all(fetches.splice(0).map(({ close }) => close()))
})
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server on this machine; returns its `host:port` and what it was asked. */
async function serve(answer: RequestListener): Promise<{ at: string; asked: string[]; port: number }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { at: `127.0.0.1:${port}`, asked, port }
}

function open(allowed: string[] = [], more: { resolve?: typeof lookup; timeoutMs?: number } = {}) {
  const guarded = createGuardedFetch({ allowed: new Set(allowed), ...more })
  fetches.push(guarded)
  return guarded.fetch
}

/** A resolver that answers each question with the next of these, then with the last. */
function resolving(...answers: string[][]): { resolve: typeof lookup; questions: () => number } {
  let asked = 0
  const resolve = (_: string, __: unknown, callback: (error: null, found: LookupAddress[]) => void) => {
    const found = answers[Math.min(asked++, answers.length - 1)]!
    callback(
      null,
      found.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  return { resolve: resolve as unknown as typeof lookup, questions: () => asked }
}

const refusal = expect.objectContaining({ name: 'Unreachable' })

test('this machine and this network are out of reach, however their address is written', async () => {
  const inside = await serve((_, response) => response.end('secret'))
  const { port } = inside
  const writings = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '0.0.0.0',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fc00::1]',
    '[::127.0.0.1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '①②⑦.⓪.⓪.①',
  ]
  const fetch = open()
  for (const host of writings) {
    await expect(fetch(`http://${host}:${port}/`), host).rejects.toEqual(refusal)
  }
  expect(inside.asked).toEqual([])
})

test('a name that leads inside is refused, also when only one of its addresses does', async () => {
  const inside = await serve((_, response) => response.end('secret'))
  for (const addresses of [['127.0.0.1'], ['93.184.216.34', '10.0.0.5'], ['::ffff:10.0.0.1'], ['::1'], []]) {
    const { resolve } = resolving(addresses)
    await expect(open([], { resolve })(`http://innocent.example:${inside.port}/`)).rejects.toEqual(refusal)
  }
  await expect(open()(`http://localhost:${inside.port}/`)).rejects.toEqual(refusal)
  expect(inside.asked).toEqual([])
})

test('a name that points elsewhere at the second question does not get inside', async () => {
  const inside = await serve((_, response) => response.end('secret'))
  // The public address is one where nobody listens: the connection fails, and whoever tries again asks again.
  const { resolve, questions } = resolving(['192.88.98.1'], ['127.0.0.1'])
  const fetch = open([], { resolve, timeoutMs: 300 })
  await expect(fetch(`http://rebind.example:${inside.port}/`)).rejects.toThrow()
  await expect(fetch(`http://rebind.example:${inside.port}/`)).rejects.toEqual(refusal)
  expect(questions()).toBe(2)
  expect(inside.asked).toEqual([])
})

test('each redirect is checked like the first address', async () => {
  const inside = await serve((_, response) => response.end('secret'))
  for (const status of [301, 302, 303, 307, 308]) {
    const outside = await serve((_, response) =>
      response.writeHead(status, { location: `http://${inside.at}/secret` }).end(),
    )
    await expect(open([outside.at])(`http://${outside.at}/`, { method: 'POST', body: 'x' })).rejects.toEqual(
      refusal,
    )
    expect(outside.asked).toEqual(['POST /'])
  }
  for (const location of [
    'file:///etc/passwd',
    'ftp://example.com/',
    'http://[',
    `http://localhost:${inside.port}/`,
  ]) {
    const outside = await serve((_, response) => response.writeHead(302, { location }).end())
    await expect(open([outside.at])(`http://${outside.at}/`), location).rejects.toEqual(refusal)
  }
  expect(inside.asked).toEqual([])
})

test('a redirect between servers that may be reached is followed, without what was meant for the first', async () => {
  const second = await serve((request, response) =>
    response.end(
      JSON.stringify([request.headers.authorization ?? null, request.headers['content-type'] ?? null]),
    ),
  )
  const first = await serve((_, response) =>
    response.writeHead(302, { location: `http://${second.at}/there` }).end(),
  )
  const fetch = open([first.at, second.at])
  const headers = { authorization: 'Bearer key', 'content-type': 'text/plain' }
  const answer = await fetch(`http://${first.at}/`, { method: 'POST', body: 'x', headers })
  expect(await answer.json()).toEqual([null, null])
  expect([answer.url, answer.redirected, second.asked]).toEqual([
    `http://${second.at}/there`,
    true,
    ['GET /there'],
  ])
})

test('endless redirects end', async () => {
  const circle = await serve((_, response) => response.writeHead(302, { location: '/again' }).end())
  await expect(open([circle.at])(`http://${circle.at}/`)).rejects.toEqual(refusal)
  expect(circle.asked).toHaveLength(6)
})

test('services that the operator names are reached, at that port alone', async () => {
  const own = await serve((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => response.writeHead(201, { 'x-own': '1' }).end(Buffer.concat(chunks)))
  })
  const other = await serve((_, response) => response.end('secret'))
  const fetch = open([own.at])
  const answer = await fetch(new Request(`http://${own.at}/in`, { method: 'PUT', body: 'hello' }))
  expect([answer.status, answer.headers.get('x-own'), await answer.text()]).toEqual([201, '1', 'hello'])
  await expect(fetch(`http://${other.at}/`)).rejects.toEqual(refusal)
})

test('only http and https are spoken', async () => {
  for (const url of ['file:///etc/passwd', 'data:text/plain,x', 'ftp://example.com/', 'ws://example.com/'])
    await expect(open()(url), url).rejects.toThrow()
})

test('at most a megabyte of an answer is read, packed or not', async () => {
  const huge = await serve((_, response) => response.end(Buffer.alloc(1_100_000)))
  const bomb = await serve((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
  )
  const endless = await serve((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    }
    response.on('drain', more)
    more()
  })
  const fits = await serve((_, response) => response.end(Buffer.alloc(2 ** 20)))
  const fetch = open([huge.at, bomb.at, endless.at, fits.at])
  for (const { at } of [huge, bomb, endless]) await expect(fetch(`http://${at}/`)).rejects.toEqual(refusal)
  expect((await (await fetch(`http://${fits.at}/`)).arrayBuffer()).byteLength).toBe(2 ** 20)
})

test('an answer that drips is given up', async () => {
  const drip = await serve((_, response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(timer))
  })
  const silent = await serve(() => {})
  const fetch = open([drip.at, silent.at], { timeoutMs: 200 })
  for (const { at } of [drip, silent]) {
    const startedAt = performance.now()
    await expect(fetch(`http://${at}/`)).rejects.toThrow()
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  }
})

test('an IPv4 address written inside an IPv6 one is judged as what it is', () => {
  const ranges: [number, number][] = [
    [0x0a000000, 8],
    [0x7f000000, 8],
    [0xac100000, 12],
    [0xc0a80000, 16],
    [0xa9fe0000, 16],
    [0x64400000, 10],
    [0xe0000000, 4],
    [0x00000000, 8],
  ]
  const inside = fc
    .tuple(fc.constantFrom(...ranges), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
    .map(([[base, bits], random]) => (base | (bits === 0 ? random : random >>> bits)) >>> 0)
  fc.assert(
    fc.property(inside, address => {
      const bytes = [24, 16, 8, 0].map(shift => (address >>> shift) & 255)
      const hex = `${((address >>> 16) & 0xffff).toString(16)}:${(address & 0xffff).toString(16)}`
      const writings = [bytes.join('.'), `::ffff:${bytes.join('.')}`, `::ffff:${hex}`, `64:ff9b::${hex}`]
      expect(writings.filter(isPublic)).toEqual([])
    }),
  )
  expect(
    ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:93.184.216.34'].every(isPublic),
  ).toBe(true)
  expect(['', 'nonsense', '1.2.3', 'fe80::1%eth0', '::'].some(isPublic)).toBe(false)
})
