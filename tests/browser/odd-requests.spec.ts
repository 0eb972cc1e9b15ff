import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { createApi } from '#tests/support/api.ts'

const port = () => Number(process.env.RAPPORT_TEST_PORT)

let host: string
let account: { email: string; password: string }
test.beforeAll(async () => {
  const slug = `odd-${Math.random().toString(36).slice(2, 10)}`
  account = { email: `${slug}@example.com`, password: 'correct horse battery' }
  const { status } = await createApi({ port: port(), host: 'localhost' }).mutate('tenants.signUp', {
    businessName: 'Odd Requests',
    slug,
    ownerName: 'Oda Odd',
    ...account,
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
  })
  expect(status).toBe(200)
  host = `${slug}.localhost`
})

const pieces = fc.constantFrom(
  'b',
  'admin',
  'bookings',
  'offers',
  'rules',
  'hours',
  'link',
  'reset',
  'sign-in',
  'sign-up',
  'mail',
  'find',
  'calendar.ics',
  'x',
  '',
  '%',
  '%zz',
  '%00',
  '%E0%A4%A',
  '%2e%2e',
  '%2F',
  '__proto__',
  '__manifest',
  'assets',
  'a'.repeat(2_000),
  ':',
  '*',
  '%F0%9F%98%80',
  '00000000-0000-0000-0000-000000000000',
  'favicon.ico',
)
const searches = fc.constantFrom(
  '',
  '?',
  '?index',
  '?_routes=',
  '?_routes=routes%2Fx',
  '?_data=x',
  '?p=/&version=1',
  '?p=%00',
  '?date=2027-99-99',
  '?month=x',
  '?month=99999-01',
  '?from=%00',
  '?%',
  '?%E0%A4%A',
  '?coach=x&at=%00',
  `?t=${'x'.repeat(3_000)}`,
  '?cursor=x&q=%00',
  '?invite=x',
  '?status=x&page=-1',
  '?week=0000-00-00',
  '?next=//evil.example',
  '?next=/%0A/x',
  '?next=/%E2%82%AC',
)
const types = fc.constantFrom(
  '',
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
)
const cookies = fc.constantFrom(
  '',
  'rapport_session=x',
  'rapport_session=%00; zone=%zz',
  '=;=;;',
  '__proto__=1',
)

test('no page fails, whatever is asked of it', async () => {
  const hosts = fc.constantFrom('localhost', host)
  const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT')
  await fc.assert(
    fc.asyncProperty(
      hosts,
      methods,
      fc.array(pieces, { maxLength: 3 }),
      fc.constantFrom('', '.data'),
      searches,
      types,
      cookies,
      async (host, method, path, ending, search, type, cookie) => {
        const target = `/${path.join('/')}${ending}${search}`
        const headers = { ...(type && { 'content-type': type }), ...(cookie && { cookie }) }
        const sent = method === 'POST' ? { headers, body: 'email=%zz&password=\0' } : { headers }
        const { status } = await createApi({ port: port(), host }).send(method, target, sent)
        expect(status, `${method} ${target} at ${host}`).toBeLessThan(500)
      },
    ),
    { numRuns: 500 },
  )
})

test('a host with a port that can’t be is nobody’s', async () => {
  for (const name of ['localhost', host]) {
    const { status } = await createApi({ port: port(), host }).send('GET', '/', {
      headers: { host: `${name}:99999` },
    })
    expect(status).toBe(404)
  }
})

test('signing in leads to a page of this host alone, however its address is written', async () => {
  const signedIn = createApi({ port: port(), host })
  expect((await signedIn.mutate('auth.signIn', account)).status).toBe(200)
  for (const [next, leadsTo] of [
    ['/admin/bookings?status=requested', '/admin/bookings?status=requested'],
    ['/€?name=ü', '/%E2%82%AC?name=%C3%BC'],
    ['//evil.example', '/admin'],
    ['/\\evil.example', '/admin'],
    ['/\t/evil.example', '/admin'],
    ['/\n/evil.example', '/admin'],
    ['/.//evil.example', '/admin'],
    ['/x/..//evil.example', '/admin'],
    ['https://evil.example', '/admin'],
  ] as const) {
    const { status, headers } = await signedIn.send('GET', `/sign-in?next=${encodeURIComponent(next)}`)
    expect([status, headers.location], JSON.stringify(next)).toEqual([302, leadsTo])
  }
})

test('a form from another site is refused, and not as a fault of ours', async () => {
  const api = createApi({ port: port(), host })
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    { 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[]) {
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers }
    const { status } = await api.send('POST', '/sign-in', { headers: form, body: 'email=a' })
    expect(status).toBe(403)
  }
})

test('a page runs its own scripts alone', async () => {
  const { headers, body } = await createApi({ port: port(), host }).send('GET', '/')
  const nonce = /'nonce-([\w-]+)'/.exec(String(headers['content-security-policy']))![1]
  const scripts = body.match(/<script\b[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
  expect(headers['cache-control']).toBe('private, no-cache')
})
