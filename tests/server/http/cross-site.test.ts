import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Business, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse()
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

async function change(headers: Record<string, string>, path = '/trpc/tenants.update') {
  const body = JSON.stringify({ tagline: 'changed' })
  const answer = await business.owner.send('POST', path, {
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return answer.status
}

const own = () => `http://${business.host}:${house.port}`

test('scripts, which say nothing of where they come from, may change things', async () => {
  expect(await change({})).toBe(200)
})

test('pages of the business itself may', async () => {
  expect(await change({ 'sec-fetch-site': 'same-origin', origin: own() })).toBe(200)
  expect(await change({ 'sec-fetch-site': 'none' })).toBe(200)
  expect(await change({ origin: own() })).toBe(200)
})

test.each<Record<string, string>>([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://other.localhost:1' },
  { origin: '' },
  { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
  { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
])('%j may not', async headers => {
  expect(await change(headers)).toBe(403)
  expect(await change(headers, '/sign-in')).toBe(403)
})

test('another business’s page may not, though both end in the same domain', async () => {
  expect(
    await change({ 'sec-fetch-site': 'same-site', origin: `http://another.localhost:${house.port}` }),
  ).toBe(403)
})

test('a form that pretends to be text is refused before anything is read', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ]) {
    expect(await change({ 'content-type': type })).toBe(415)
  }
})

test('reading with GET never changes anything', async () => {
  const { status } = await business.owner.query('auth.signOut')
  expect(status).toBe(405)
  expect((await business.owner.query('auth.me')).data.viewer).not.toBeNull()
})
