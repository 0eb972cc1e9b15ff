import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Business, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse()
  business = await signUpBusiness(house, { slug: 'aurora', businessName: 'Aurora' })
})
afterAll(() => house.stop())

async function nameAt(host: string) {
  const { status, body } = await house.api().send('GET', '/trpc/tenants.current', { headers: { host } })
  return status === 200 ? JSON.parse(body).result.data.name : status
}

describe('the host says which business is meant', () => {
  test.each([
    'aurora.localhost',
    'AURORA.LocalHost',
    'aurora.localhost.',
    'aurora.localhost:3000',
    'Aurora.localhost.:80',
  ])('%s is Aurora', async host => {
    expect(await nameAt(host)).toBe('Aurora')
  })

  test.each([
    'nobody.localhost',
    'aurora.localhost.example.com',
    'www.aurora.localhost',
    'aurora',
    'aurora..localhost',
    '127.0.0.1',
    '[::1]:3000',
    '*.localhost',
    "aurora' OR 1=1 --",
    '',
  ])('%j is nobody', async host => {
    const { status, headers, body } = await house.api().send('GET', '/', { headers: { host } })
    expect([status, headers['content-type'], body]).toEqual([
      404,
      'text/plain; charset=utf-8',
      'There is nothing at this address.\n',
    ])
  })

  test.each(['aurora.localhost:65536', 'aurora.localhost:99999999999999999999'])(
    '%s has a port that no address has, so it is nobody',
    async host => {
      expect(await nameAt(host)).toBe(404)
    },
  )

  test('X-Forwarded-Host is not believed', async () => {
    const headers = { host: 'nobody.localhost', 'x-forwarded-host': business.host }
    expect((await house.api().send('GET', '/trpc/tenants.current', { headers })).status).toBe(404)
  })

  test('what is the apex host’s isn’t done on a business’s, nor the other way round', async () => {
    expect((await business.visitor().query('tenants.checkSlug', { slug: 'free' })).status).toBe(404)
    expect((await house.api().query('tenants.current')).status).toBe(404)
    expect((await house.api().query('auth.me')).status).toBe(404)
  })
})

describe('on any host', () => {
  test.each(['localhost', 'aurora.localhost', 'nobody.localhost', '127.0.0.1'])(
    '%s says whether it lives and is ready',
    async host => {
      const alive = await house.api().send('GET', '/healthz', { headers: { host } })
      expect([alive.status, JSON.parse(alive.body)]).toEqual([200, { ok: true }])
      const ready = await house.api().send('GET', '/readyz', { headers: { host } })
      expect([ready.status, JSON.parse(ready.body)]).toEqual([
        200,
        { ok: true, database: true, worker: true },
      ])
    },
  )
})

test('a change of the business shows at once', async () => {
  await business.owner.mutate('tenants.update', { tagline: 'Calm and clear' })
  expect((await business.visitor().query('tenants.current')).data.tagline).toBe('Calm and clear')
})

test('every answer carries its request’s id and forbids what browsers shouldn’t do', async () => {
  const { headers } = await business.visitor().send('GET', '/')
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('same-origin')
  const policy = String(headers['content-security-policy'])
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{22}';/)
  expect(policy).not.toContain("'unsafe-eval'")
  expect(policy).toContain("object-src 'none'")
  expect(policy).toContain("base-uri 'self'")
  expect(headers['x-powered-by']).toBeUndefined()
})
