import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookOf } from '#server/domain/tenants/look.ts'
import { slugOf } from '#server/domain/tenants/slugs.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { filesOnDisk, keepFile, samples, sendFile } from '#tests/support/uploads.ts'

let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse()
  business = await signUpBusiness(house, { slug: 'aurora', businessName: 'Aurora', email: 'ada@example.com' })
})
afterAll(() => house.stop())

const input = {
  businessName: 'Bright Coaching',
  slug: 'bright',
  ownerName: 'Bea Bright',
  email: 'Bea@Example.com',
  password: 'correct horse battery',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
}

const signUp = (change: Record<string, unknown>) =>
  house.api().mutate('tenants.signUp', { ...input, ...change })

describe('signing up', () => {
  test('makes a business whose owner is its first coach', async () => {
    const { tenantId, slug, url, handoverUrl } = expectData(await signUp({}))
    expect(slug).toBe('bright')
    expect(url).toBe(`http://bright.localhost:${house.port}/`)
    expect(handoverUrl).toMatch(/^http:\/\/bright\.localhost:\d+\/link\/[\w-]{43}$/)
    const api = house.api('bright.localhost')
    const { viewer } = expectData(
      await api.mutate('auth.signIn', { email: 'bea@example.com', password: input.password }),
    )
    expect(viewer).toMatchObject({ name: 'Bea Bright', timeZone: 'Europe/Berlin', member: { role: 'owner' } })
    expect(viewer.member.coachId).not.toBeNull()
    expect((await api.query('tenants.current')).data).toMatchObject({
      id: tenantId,
      name: 'Bright Coaching',
      currency: 'EUR',
    })
  })

  test('refuses an address that somebody has, and names one that is free', async () => {
    const { status, error } = await signUp({ slug: 'aurora' })
    expect([status, error!.code, error!.field]).toEqual([409, 'SLUG_TAKEN', 'slug'])
    expect(
      expectData(await house.api().query('tenants.checkSlug', { slug: error!.suggestion })).available,
    ).toBe(true)
    expect(expectData(await house.api().query('tenants.checkSlug', { slug: 'aurora' })).available).toBe(false)
  })

  test.each(['www', 'api', 'admin', 'mail', 'live', 'assets', 'xn--80ak6aa92e'])(
    'keeps %s for itself',
    async slug => {
      expect((await signUp({ slug })).error!.code).toBe('SLUG_TAKEN')
    },
  )

  test('of twenty that want one address at once, one gets it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => signUp({ slug: 'wanted', email: `w${index}@example.com` })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(
      answers.filter(({ status, error }) => status === 409 && error!.code === 'SLUG_TAKEN'),
    ).toHaveLength(19)
  })

  test.each([
    ['password', { password: 'short' }],
    ['password', { password: 'Bea@Example.com' }],
    ['password', { password: 'brightcoaching' }],
    ['password', { password: 'aaaaaaaaaaaaaa' }],
    ['slug', { slug: 'Not A Slug' }],
    ['slug', { slug: '-x-' }],
    ['email', { email: 'nobody' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['currency', { currency: 'ABC' }],
    ['currency', { currency: 'eur' }],
    ['ownerName', { ownerName: '  ' }],
    ['businessName', { businessName: 'x'.repeat(121) }],
    ['businessName', { businessName: 'with \0 NUL' }],
  ])('names %s when it can’t be used', async (field, change) => {
    const { status, error } = await signUp({ slug: 'fresh', ...change })
    expect([status, error!.field]).toEqual([400, field])
  })

  test('proposes addresses that can stand in a host name', () => {
    expect(slugOf('Änne & Söhne Größe')).toBe('anne-sohne-grosse')
    expect(slugOf('  Coaching — by José ')).toBe('coaching-by-jose')
    expect(slugOf('日本')).toBe('')
  })
})

describe('finding one’s businesses', () => {
  test('answers alike for known and unknown, and mails where somebody works', async () => {
    const other = await signUpBusiness(house, { email: 'ada@example.com' })
    const known = await house.api().mutate('tenants.findMine', { email: 'ADA@example.com' })
    const unknown = await house.api().mutate('tenants.findMine', { email: 'nobody@example.com' })
    expect([known.status, known.data]).toEqual([unknown.status, unknown.data])

    const client = new pg.Client({ connectionString: house.ownerUrl })
    await client.connect()
    const { rows } = await client.query(
      "SELECT tenant_id, person_id, channel, state FROM messages WHERE type = 'business_found'",
    )
    await client.end()
    expect(rows).toEqual(
      expect.arrayContaining(
        [business, other].map(({ tenantId, personId }) => ({
          tenant_id: tenantId,
          person_id: personId,
          channel: 'email',
          state: 'queued',
        })),
      ),
    )
    expect(rows).toHaveLength(2)
  })
})

describe('the look of a business', () => {
  test('is changed by its owner alone', async () => {
    const change = { name: 'Aurora Coaching', accent: '#FFEB3B', tagline: 'Find your way', weekStartsOn: 7 }
    expect((await business.visitor().mutate('tenants.update', change)).status).toBe(401)
    expectData(await business.owner.mutate('tenants.update', change))
    expect((await business.visitor().query('tenants.current')).data).toMatchObject({
      ...change,
      accent: '#ffeb3b',
      accentText: '#111111',
    })
  })

  test('another first day of the week is a new version of all calendars, a new name is none', async () => {
    const versions = async () => {
      const client = new pg.Client({ connectionString: house.ownerUrl })
      await client.connect()
      const { rows } = await client.query(
        'SELECT version FROM calendars WHERE tenant_id = $1 ORDER BY coach_id',
        [business.tenantId],
      )
      await client.end()
      return rows.map(({ version }) => Number(version))
    }
    await signedIn(house, business, { role: 'coach' })
    const before = await versions()
    expect(before).toHaveLength(2)
    expectData(await business.owner.mutate('tenants.update', { name: 'Aurora' }))
    expect(await versions()).toEqual(before)
    expectData(await business.owner.mutate('tenants.update', { weekStartsOn: 6 }))
    expect(await versions()).toEqual(before.map(version => version + 1))
  })

  test('always has text that can be read on its accent, and an accent that can be read on white', () => {
    const step = [0, 51, 102, 119, 128, 153, 204, 255]
    const hex = (value: number) => value.toString(16).padStart(2, '0')
    for (const red of step)
      for (const green of step)
        for (const blue of step) {
          const look = lookOf(`#${hex(red)}${hex(green)}${hex(blue)}`)
          expect(contrast(look.accent, look.accentText)).toBeGreaterThanOrEqual(4.5)
          expect(contrast(look.accentInk, '#ffffff')).toBeGreaterThanOrEqual(4.5)
          expect(look.accentInk).toMatch(/^#[0-9a-f]{6}$/)
        }
  })

  test('set-up is finished once', async () => {
    expect((await business.owner.query('tenants.current')).data.setUp).toBe(false)
    expectData(await business.owner.mutate('tenants.finishSetUp'))
    expectData(await business.owner.mutate('tenants.finishSetUp'))
    expect((await business.owner.query('tenants.current')).data.setUp).toBe(true)
  })
})

/** WCAG’s own formula, apart from the library that the product uses. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5].map(at => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
  }
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

describe('the logo', () => {
  const logo = { purpose: 'logo', name: 'logo.png' }
  const upload = async (content: Buffer) =>
    business.owner.mutate('tenants.update', { logo: await keepFile(business.owner, content, logo) })

  test('is served as what it is, and nothing in it may run', async () => {
    expectData(await upload(samples.png))
    const { logoUrl } = (await business.visitor().query('tenants.current')).data
    const { status, headers } = await business.visitor().send('GET', logoUrl)
    expect(status).toBe(200)
    expect(logoUrl).toBe(`/logo/${createHash('sha256').update(samples.png).digest('hex').slice(0, 16)}`)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(samples.png.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect((await business.visitor().send('GET', '/logo')).status).toBe(200)
    expect((await business.visitor().send('GET', '/logo/0123456789abcdef')).status).toBe(404)
    expect((await house.api().send('GET', '/logo')).status).toBe(404)
  })

  test('can be taken away, and its file goes with it', async () => {
    const id = await keepFile(business.owner, samples.png, logo)
    expectData(await business.owner.mutate('tenants.update', { logo: id }))
    const removeUnused = () =>
      handlersOf(house.house).file(
        { tenantId: business.tenantId, fileId: id },
        { last: false, signal: new AbortController().signal },
      )
    await removeUnused()
    expect(await filesOnDisk(house)).toContain(id)
    expectData(await business.owner.mutate('tenants.update', { logo: null }))
    expect((await business.visitor().query('tenants.current')).data.logoUrl).toBeNull()
    expect((await business.visitor().send('GET', '/logo')).status).toBe(404)
    await removeUnused()
    expect(await filesOnDisk(house)).not.toContain(id)
  })

  test('is a file that was sent for it, here', async () => {
    const another = await signUpBusiness(house)
    const ids = [
      await keepFile(business.owner, samples.png, { name: 'picture.png' }),
      await keepFile(another.owner, samples.png, logo),
      randomUUID(),
    ]
    for (const id of ids) {
      const { status, error } = await business.owner.mutate('tenants.update', { logo: id })
      expect([status, error!.code, error!.field]).toEqual([400, 'FILE_MISSING', 'logo'])
    }
  })

  test.each([
    ['FILE_TYPE', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['FILE_TYPE', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['FILE_TYPE', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;')],
    ['FILE_EMPTY', Buffer.alloc(0)],
    ['FILE_TOO_LARGE', Buffer.concat([samples.png, Buffer.alloc(512 * 1024)])],
  ])('is refused with %s when it is no such image', async (code, content) => {
    const { body } = await sendFile(business.owner, content, logo)
    expect(body.error.data.code).toBe(code)
  })
})
