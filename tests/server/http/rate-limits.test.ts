import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '#tests/support/api.ts'
import { bookingInput } from '#tests/support/bookable.ts'
import { type Business, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

let house: TestHouse
let business: Business
let owner: pg.Client
beforeAll(async () => {
  house = await createHouse({ env: { RATE_LIMITS: 'on' } })
  owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
})
beforeEach(async () => {
  await owner.query('TRUNCATE rate_limits')
  business = await signUpBusiness(house)
})
afterAll(async () => {
  await owner.end()
  await house.stop()
})

const wrong = (email: string, at = house) =>
  at.api(business.host).mutate('auth.signIn', { email, password: 'not the password' })

async function untilRefused(attempt: (index: number) => Promise<Answer>, most: number) {
  for (let index = 0; index < most; index++) {
    const answer = await attempt(index)
    if (answer.status === 429) return { attempts: index, answer }
  }
  return { attempts: most, answer: null }
}

describe('sign-in', () => {
  test('is refused after ten wrong passwords for an address, saying how long to wait', async () => {
    const { attempts, answer } = await untilRefused(() => wrong(business.email), 20)
    expect(attempts).toBe(10)
    expect(answer!.error).toMatchObject({ code: 'TOO_MANY', httpStatus: 429 })
    const seconds = answer!.error!.retryAfterSeconds as number
    expect(seconds).toBeGreaterThan(800)
    expect(seconds).toBeLessThanOrEqual(900)
    expect(Number(answer!.headers['retry-after'])).toBe(seconds)
    expect((await business.visitor().mutate('auth.signIn', business)).status).toBe(429)
    expect((await wrong('somebody.else@example.com')).status).toBe(401)
  })

  test('with the right password doesn’t count', async () => {
    for (let index = 0; index < 15; index++) {
      expect((await business.visitor().mutate('auth.signIn', business)).status).toBe(200)
    }
  })

  test('is refused to a network address that tries many', async () => {
    const { attempts } = await untilRefused(index => wrong(`somebody-${index}@example.com`), 60)
    expect(attempts).toBe(50)
  })

  test('lets none of many parallel guesses slip through', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => wrong(business.email)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30)
  })

  test('is not refused elsewhere because somebody tries one person’s address again and again', async () => {
    const behind = await createHouse({ database: house, env: { RATE_LIMITS: 'on', TRUSTED_PROXIES: '1' } })
    const from = async (forwarded: string, password: string) => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded }
      const body = JSON.stringify({ email: business.email, password })
      return (await behind.api(business.host).send('POST', '/trpc/auth.signIn', { headers, body })).status
    }
    const tried = await Promise.all(
      Array.from({ length: 110 }, () => from('203.0.113.1', 'not the password')),
    )
    expect(tried.filter(status => status === 401)).toHaveLength(10)
    expect(await from('198.51.100.7', business.password)).toBe(200)
    await behind.stop()
  })

  test('is counted for all processes together, without a word of who it was', async () => {
    const second = await createHouse({ database: house, env: { RATE_LIMITS: 'on' } })
    for (let index = 0; index < 5; index++) {
      await wrong(business.email)
      await wrong(business.email, second)
    }
    expect((await wrong(business.email, second)).status).toBe(429)
    expect((await wrong(business.email)).status).toBe(429)
    await second.stop()
    const { rows } = await owner.query('SELECT * FROM rate_limits')
    expect(rows.length).toBeGreaterThan(2)
    const kept = JSON.stringify(rows)
    for (const secret of [business.email, '127.0.0.1', business.tenantId]) expect(kept).not.toContain(secret)
  })

  test('is refused when it can’t be counted', async () => {
    await owner.query('ALTER TABLE rate_limits RENAME TO elsewhere')
    const { status, headers } = await business.visitor().mutate('auth.signIn', business)
    await owner.query('ALTER TABLE elsewhere RENAME TO rate_limits')
    expect([status, headers['retry-after']]).toEqual([429, '30'])
  })
})

describe('other attempts', () => {
  test('bookings of one client are counted, also those that come to nothing', async () => {
    const { attempts, answer } = await untilRefused(
      index =>
        business.visitor().mutate('bookings.book', bookingInput(`no-offer-${index}`, '2027-03-09T09:00:00Z')),
      60,
    )
    expect(attempts).toBe(20)
    expect(Number(answer!.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('bookings that are refused to one address don’t shut the offer to others', async () => {
    const { limits } = house.house
    const book = (address: string, client: string) =>
      limits.consume('booking', business.tenantId, { address, client, offer: 'coaching' })
    const tried = await Promise.allSettled(
      Array.from({ length: 1_100 }, (_, index) => book('203.0.113.1', `client-${index}@example.com`)),
    )
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(60)
    const repeated = await Promise.allSettled(
      Array.from({ length: 1_100 }, (_, index) => book(`198.51.100.${index % 250}`, 'one@example.com')),
    )
    expect(repeated.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    await expect(book('192.0.2.1', 'clara@example.com')).resolves.toBeUndefined()
  })

  test('mails to one address are counted', async () => {
    const { attempts } = await untilRefused(
      () => business.visitor().mutate('auth.requestLink', { email: business.email }),
      20,
    )
    expect(attempts).toBe(6)
  })

  test('sign-ups with one address are counted', async () => {
    const input = {
      businessName: 'Again',
      ownerName: 'Again',
      email: 'again@example.com',
      password: 'correct horse battery',
      timeZone: 'UTC',
      currency: 'EUR',
    }
    const { attempts } = await untilRefused(
      index => house.api().mutate('tenants.signUp', { ...input, slug: `again-${index}` }),
      10,
    )
    expect(attempts).toBe(5)
  })
})

describe('whose address counts', () => {
  let people = 0
  const from = async (at: TestHouse, forwarded: string) => {
    const body = JSON.stringify({
      email: `somebody-${++people}@example.com`,
      password: 'not the password',
    })
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded }
    return (await at.api(business.host).send('POST', '/trpc/auth.signIn', { headers, body })).status
  }
  const fill = async (at: TestHouse, forwarded: (index: number) => string) => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => from(at, forwarded(index))))
    return from(at, forwarded(50))
  }

  test('a header says nothing unless a proxy is trusted', async () => {
    expect(await fill(house, index => `203.0.113.${index}`)).toBe(429)
  })

  test('behind a trusted proxy it is the one that the proxy saw', async () => {
    const behind = await createHouse({ database: house, env: { RATE_LIMITS: 'on', TRUSTED_PROXIES: '1' } })
    expect(await fill(behind, index => `203.0.113.${index}`)).toBe(401)
    expect(await fill(behind, index => `10.0.0.${index}, 198.51.100.7`)).toBe(429)
    expect(await fill(behind, index => `2001:db8:1:2:${index}::1`)).toBe(429)
    expect(await from(behind, '2001:db8:1:3::1')).toBe(401)
    await behind.stop()
  })
})

describe('RATE_LIMITS=off', () => {
  test('counts nothing from this machine, and everything that came through a proxy', async () => {
    const trial = await createHouse({ database: house })
    expect((await untilRefused(() => wrong(business.email, trial), 30)).attempts).toBe(30)
    const proxied = (index: number) =>
      trial
        .api(business.host)
        .send('POST', '/trpc/auth.signIn', {
          headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${index}` },
          body: JSON.stringify({ email: business.email, password: 'not the password' }),
        })
        .then(({ status }) => ({ status }) as Answer)
    expect((await untilRefused(proxied, 30)).attempts).toBe(10)
    await trial.stop()
  })

  test('is refused at start where the base domain isn’t localhost', async () => {
    await expect(createHouse({ database: house, env: { BASE_DOMAIN: 'rapport.example' } })).rejects.toThrow(
      /RATE_LIMITS/,
    )
  })
})
