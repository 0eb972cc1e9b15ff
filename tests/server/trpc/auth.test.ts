import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loginPath, loginToken } from '#server/domain/people/login-token.ts'
import { hashToken } from '#server/secrets.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

const START = new Date('2027-03-08T09:00:00Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let now = START
const later = (ms: number) => {
  now = new Date(now.getTime() + ms)
}

let house: TestHouse
let owner: pg.Client
let business: Business
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
  owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
})
beforeEach(async () => {
  business = await signUpBusiness(house)
})
afterAll(async () => {
  await owner.end()
  await house.stop()
})

/** Rows of the business that a test is about: `$1` is its id. */
async function rows(text: string, ...values: unknown[]) {
  return (await owner.query(text, [business.tenantId, ...values])).rows
}

/** The token of the newest link that a message was planned for, as its mail carries it. */
async function mailedToken(type: 'sign_in_link' | 'password_reset') {
  const [message] = await rows(
    'SELECT data FROM messages WHERE tenant_id = $1 AND type = $2 ORDER BY created_at DESC, id DESC LIMIT 1',
    type,
  )
  return message && loginToken(house.house.secrets, business.tenantId, message.data.linkId)
}

const viewerOf = async (api: Business['owner']) => (await api.query('auth.me')).data.viewer

describe('signing in with a password', () => {
  test('sets a cookie that scripts and other sites don’t get', async () => {
    const api = business.visitor()
    const { headers, data } = await api.mutate('auth.signIn', business)
    expect(data.viewer).toMatchObject({
      email: business.email,
      member: { role: 'owner', coachId: business.coachId },
    })
    const [cookie] = headers['set-cookie']!
    expect(cookie).toMatch(/^rapport_session=[a-z0-9]{40}; /)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).toMatch(/Path=\//)
    expect(cookie).not.toMatch(/Domain|Secure/)
    expect(await viewerOf(api)).toEqual(data.viewer)
  })

  test('binds the cookie to host and HTTPS where there is HTTPS', async () => {
    const secure = await createHouse({ database: house, env: { PUBLIC_PROTOCOL: 'https' } })
    const { headers } = await secure.api(business.host).mutate('auth.signIn', business)
    await secure.stop()
    expect(headers['set-cookie']![0]).toMatch(/^__Host-rapport_session=.*Secure/)
    expect(headers['set-cookie']![0]).not.toMatch(/Domain/)
    expect(headers['strict-transport-security']).toBeDefined()
  })

  test('the database knows a login session by its hash alone', async () => {
    const id = business.owner.cookies.get('rapport_session')!
    expect(await rows('SELECT id_hash FROM login_sessions WHERE tenant_id = $1')).toEqual([
      { id_hash: hashToken(id) },
    ])
  })

  test('a new session takes the place of the one the browser had', async () => {
    const first = business.owner.cookies.get('rapport_session')!
    await business.owner.mutate('auth.signIn', business)
    const stolen = business.visitor()
    stolen.cookies.set('rapport_session', first)
    expect(await viewerOf(stolen)).toBeNull()
    expect(stolen.cookies.has('rapport_session')).toBe(false)
    expect(await viewerOf(business.owner)).not.toBeNull()
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const api = business.visitor()
    const wrong = await api.mutate('auth.signIn', { email: business.email, password: 'not the password' })
    const unknown = await api.mutate('auth.signIn', {
      email: 'nobody@example.com',
      password: 'not the password',
    })
    const { requestId: _one, ...first } = wrong.error!
    const { requestId: _two, ...second } = unknown.error!
    expect(first).toEqual(second)
    expect([wrong.status, first.code, first.field]).toEqual([401, 'WRONG_PASSWORD', 'password'])
  })

  test('an unknown address takes as long as a known one', async () => {
    const api = business.visitor()
    const least = { [business.email]: Infinity, 'nobody@example.com': Infinity }
    for (let index = 0; index < 12; index++) {
      for (const email of Object.keys(least)) {
        const start = performance.now()
        await api.mutate('auth.signIn', { email, password: 'not the password' })
        least[email] = Math.min(least[email]!, performance.now() - start)
      }
    }
    const [known = 0, unknown = 0] = Object.values(least)
    expect(unknown / known).toBeGreaterThan(0.5)
    expect(unknown / known).toBeLessThan(2)
  })

  test('a login of one business is none at another', async () => {
    const other = await signUpBusiness(house)
    const api = other.visitor()
    api.cookies.set('rapport_session', business.owner.cookies.get('rapport_session')!)
    expect(await viewerOf(api)).toBeNull()
    expect((await other.visitor().mutate('auth.signIn', business)).status).toBe(401)
  })

  test('lasts 30 days from its last use', async () => {
    later(20 * DAY)
    expect(await viewerOf(business.owner)).not.toBeNull()
    later(20 * DAY)
    expect(await viewerOf(business.owner)).not.toBeNull()
    later(31 * DAY)
    expect(await viewerOf(business.owner)).toBeNull()
  })

  test('ends at once for a member who no longer works here', async () => {
    await rows('UPDATE members SET active = false WHERE tenant_id = $1')
    expect(await viewerOf(business.owner)).toBeNull()
    expect((await business.visitor().mutate('auth.signIn', business)).status).toBe(401)
    await business.visitor().mutate('auth.requestLink', { email: business.email })
    expect(await mailedToken('sign_in_link')).toBeUndefined()
  })

  test('ends when signing out', async () => {
    const id = business.owner.cookies.get('rapport_session')!
    await business.owner.mutate('auth.signOut')
    expect(business.owner.cookies.has('rapport_session')).toBe(false)
    business.owner.cookies.set('rapport_session', id)
    expect(await viewerOf(business.owner)).toBeNull()
    expect(await rows('SELECT 1 FROM login_sessions WHERE tenant_id = $1')).toEqual([])
  })
})

describe('signing in by a mailed link', () => {
  test('works once, and proves the address', async () => {
    expect((await business.visitor().mutate('auth.requestLink', { email: business.email })).data).toEqual({})
    const token = await mailedToken('sign_in_link')
    const api = business.visitor()
    expect(expectData(await api.mutate('auth.useLink', { token }))).toMatchObject({
      purpose: 'sign_in',
      viewer: { email: business.email },
    })
    expect(await viewerOf(api)).not.toBeNull()
    expect(
      (await rows('SELECT email_proven_at FROM people WHERE tenant_id = $1'))[0].email_proven_at,
    ).toEqual(now)
    const again = await business.visitor().mutate('auth.useLink', { token })
    expect([again.status, again.error!.code, again.error!.field]).toEqual([404, 'LINK_OVER', 'token'])
  })

  test('of ten that use it at once, one gets in', async () => {
    await business.visitor().mutate('auth.requestLink', { email: business.email })
    const token = await mailedToken('sign_in_link')
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => business.visitor().mutate('auth.useLink', { token })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(9)
  })

  test('ends after 30 minutes', async () => {
    await business.visitor().mutate('auth.requestLink', { email: business.email })
    const token = await mailedToken('sign_in_link')
    later(30 * MINUTE)
    expect((await business.visitor().mutate('auth.useLink', { token })).status).toBe(404)
  })

  test('says nothing of who is known, and mails strangers nothing', async () => {
    const answer = await business.visitor().mutate('auth.requestLink', { email: 'nobody@example.com' })
    expect(answer.data).toEqual({})
    expect(await mailedToken('sign_in_link')).toBeUndefined()
  })

  test('makes a stranger who gives a name a client, whose address the link proves', async () => {
    const asked = { email: 'newcomer@example.com', name: 'Nora Newcomer', next: '/leadership' }
    expect((await business.visitor().mutate('auth.requestLink', asked)).data).toEqual({})
    const token = await mailedToken('sign_in_link')
    const api = business.visitor()
    expect(expectData(await api.mutate('auth.useLink', { token }))).toMatchObject({ next: '/leadership' })
    expectData(await api.mutate('connections.request', { coachId: business.coachId }))
    const { connections } = expectData(await business.owner.query('connections.list'))
    expect(connections).toMatchObject([{ clientName: 'Nora Newcomer', status: 'requested' }])
  })

  test('leaves no token in the database, only ids', async () => {
    await business.visitor().mutate('auth.requestLink', { email: business.email })
    const token = await mailedToken('sign_in_link')
    const { rows: tables } = await owner.query(
      "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'pgboss')",
    )
    expect(tables.length).toBeGreaterThan(20)
    for (const { schemaname, tablename } of tables) {
      const text = `SELECT 1 FROM ${schemaname}.${tablename} AS t WHERE t::text LIKE '%' || $1 || '%'`
      expect((await owner.query(text, [token])).rows).toEqual([])
    }
  })

  test('a token of another business, a made-up one and rubbish are links that are over', async () => {
    const other = await signUpBusiness(house)
    await business.visitor().mutate('auth.requestLink', { email: business.email })
    const token = await mailedToken('sign_in_link')
    expect((await other.visitor().mutate('auth.useLink', { token })).status).toBe(404)
    const forged = `${token.slice(0, -2)}AA`
    for (const each of [forged, 'A'.repeat(43), 'x']) {
      expect((await business.visitor().mutate('auth.useLink', { token: each })).error!.code).toBe('LINK_OVER')
    }
  })
})

describe('a forgotten password', () => {
  test('is set anew by a mailed link, which ends every other login', async () => {
    await business.visitor().mutate('auth.requestPasswordReset', { email: business.email })
    const token = await mailedToken('password_reset')
    const api = business.visitor()
    const password = 'a wholly new one'
    const { viewer } = expectData(await api.mutate('auth.resetPassword', { token, password }))
    expect(viewer.email).toBe(business.email)
    expect(await viewerOf(api)).not.toBeNull()
    expect(await viewerOf(business.owner)).toBeNull()
    expect((await business.visitor().mutate('auth.signIn', business)).status).toBe(401)
    expect((await business.visitor().mutate('auth.signIn', { email: business.email, password })).status).toBe(
      200,
    )
    expect((await business.visitor().mutate('auth.resetPassword', { token, password })).status).toBe(404)
  })

  test('a weak new password doesn’t use the link up', async () => {
    await business.visitor().mutate('auth.requestPasswordReset', { email: business.email })
    const token = await mailedToken('password_reset')
    const weak = await business.visitor().mutate('auth.resetPassword', { token, password: 'short' })
    expect([weak.status, weak.error!.code, weak.error!.field]).toEqual([400, 'WEAK_PASSWORD', 'password'])
    const good = await business
      .visitor()
      .mutate('auth.resetPassword', { token, password: 'a wholly new one' })
    expect(good.status).toBe(200)
  })

  test('its link lasts an hour, and signs nobody in by itself', async () => {
    await business.visitor().mutate('auth.requestPasswordReset', { email: business.email })
    const token = await mailedToken('password_reset')
    expect((await business.visitor().mutate('auth.useLink', { token })).status).toBe(404)
    later(60 * MINUTE)
    const late = await business
      .visitor()
      .mutate('auth.resetPassword', { token, password: 'a wholly new one' })
    expect(late.status).toBe(404)
  })
})

describe('the handover after sign-up', () => {
  const signUp = async () => {
    const number = Math.random().toString(36).slice(2, 8)
    const input = {
      businessName: 'Handed over',
      slug: `over-${number}`,
      ownerName: 'Hannah Over',
      email: `hannah-${number}@example.com`,
      password: 'correct horse battery',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
    }
    const { handoverUrl } = expectData(await house.api().mutate('tenants.signUp', input))
    const { host, pathname } = new URL(handoverUrl)
    expect(host).toBe(`over-${number}.localhost:${house.port}`)
    const token = pathname.split('/').at(-1)!
    expect(pathname).toBe(loginPath('handover', token))
    return { token, api: house.api(`over-${number}.localhost`) }
  }

  test('signs the owner in on the new host, once, without proving the address', async () => {
    const { token, api } = await signUp()
    expect(expectData(await api.mutate('auth.useLink', { token }))).toMatchObject({
      purpose: 'handover',
      viewer: { member: { role: 'owner' } },
    })
    expect((await api.query('auth.me')).data.viewer.name).toBe('Hannah Over')
    expect((await api.mutate('auth.useLink', { token })).status).toBe(404)
  })

  test('lasts a minute', async () => {
    const { token, api } = await signUp()
    later(MINUTE)
    expect((await api.mutate('auth.useLink', { token })).status).toBe(404)
  })
})
