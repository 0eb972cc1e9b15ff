import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Api, Raw } from '#tests/support/api.ts'
import { makeBookable } from '#tests/support/bookable.ts'
import { type Business, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { allProcedures, type JsonSchema, type ProcedureFacts } from '#tests/support/procedures.ts'
import { makeSession } from '#tests/support/sessions.ts'
import { type TakesPart, takePart } from '#tests/support/taking-part.ts'

let house: TestHouse
let business: Business
let known: string[]
let session: string
let seats: TakesPart
beforeAll(async () => {
  house = await createHouse()
  business = await signUpBusiness(house)
  const { offerId, slug } = await makeBookable(house, business)
  const terms = { chat: true, participantList: true, certificate: { title: '', minutes: null } }
  const course = await makeSession(house, business, { terms })
  session = course.sessionId
  seats = await takePart(house, business, course)
  known = [business.tenantId, business.personId, business.coachId, offerId, slug, business.email]
})
afterAll(() => house.stop())

const RUNS = 40

/** Text that has broken other servers. */
const nasty = fc.constantFrom(
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e',
  '%00',
  '%E0%A4%A',
  '../../etc/passwd',
  "' OR 1=1 --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '1e999',
  '0001-01-01T00:00:00Z',
  '2027-02-30T25:61:00Z',
  '+275760-09-13T00:00:00.000Z',
  '2027-03-08T09:00:00Z',
  '2027-03-09T09:00:00+05:30',
  '2027-03-08',
  'Europe/Berlin',
  'Etc/GMT+14',
  '00000000-0000-0000-0000-000000000000',
  '01A2027A-EA3E-76E5-8116-340E8C9AB183',
  'x'.repeat(5_000),
)
const numbers = fc.constantFrom(-1, 0, 1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, Number.MIN_VALUE)
const wrongTypes = fc.constantFrom<unknown>(null, true, [], {}, [[]], { toString: 'x' }, [null], {
  __proto__: 1,
})

const text = () => fc.oneof(nasty, fc.string(), fc.constantFrom(...known), fc.uuid())
const anything = () =>
  fc.oneof(fc.jsonValue({ maxDepth: 4 }), text(), numbers, wrongTypes) as fc.Arbitrary<unknown>

/** What a field of this name should hold, so that requests get past the checks of form and into the domain. */
function fitting(name: string): fc.Arbitrary<unknown> | null {
  if (/^(startsAt|endsAt|from|to)$/.test(name)) {
    return fc
      .date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map(date => date.toISOString())
  }
  if (/^(offer|slug)$/.test(name)) return fc.constantFrom(...known.slice(3, 5))
  if (/^session(Id)?$/.test(name)) return fc.constant(session)
  if (name === 'bookingId') return fc.constant(seats.bookingId)
  if (name === 'token') return fc.constantFrom(seats.handle.token, seats.seatToken())
  if (name === 'pluginId') return fc.constantFrom('webhooks', 'zoom', 'one-on-one', 'nowhere')
  if (/id$/i.test(name)) return fc.constantFrom(...known.slice(0, 4), session, seats.bookingId)
  if (name === 'idempotencyKey') return fc.uuid()
  if (name === 'timeZone') return fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns')
  if (name === 'email') return fc.constantFrom(business.email, 'somebody@example.com')
  return null
}

/** Mostly what the schema asks for, so that requests get past its checks, with something wrong now and then. */
function valueFor(schema: JsonSchema, name = ''): fc.Arbitrary<unknown> {
  const fit = fitting(name)
  const right = fit
    ? fc.oneof({ weight: 3, arbitrary: fit }, { weight: 1, arbitrary: rightFor(schema) })
    : rightFor(schema)
  return fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: anything() })
}

function rightFor({
  type,
  properties,
  required = [],
  items,
  enum: choices,
  anyOf,
}: JsonSchema): fc.Arbitrary<unknown> {
  if (choices) return fc.constantFrom(...choices)
  if (anyOf) return fc.oneof(...anyOf.map(each => valueFor(each)))
  if (properties) {
    const fields = Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [name, valueFor(field, name)]),
    )
    return fc.oneof(
      { weight: 9, arbitrary: fc.record(fields, { requiredKeys: required }) },
      { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    )
  }
  if (type === 'array') return fc.array(valueFor(items ?? {}), { maxLength: 6 })
  if (type === 'integer' || type === 'number') return fc.oneof(numbers, fc.nat(3_000), fc.double())
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  return text()
}

function expectFair({ status, body }: Raw, asked: unknown): void {
  if (status >= 500) throw new Error(`${status} for ${JSON.stringify(asked)}: ${body}`)
}

function ask(api: Api, { name, type }: ProcedureFacts, input: string): Promise<Raw> {
  return type === 'query'
    ? api.send('GET', `/trpc/${name}?input=${encodeURIComponent(wellFormed(input))}`)
    : api.send('POST', `/trpc/${name}`, { headers: { 'content-type': 'application/json' }, body: input })
}

const wellFormed = (input: string) => input.toWellFormed()

describe('whatever is asked, the fault is never ours', () => {
  test.each(allProcedures().map(procedure => [procedure.name, procedure] as const))(
    '%s',
    async (_, procedure) => {
      const callers = [business.owner, business.visitor(), house.api()]
      const inputs = fc.oneof(
        { weight: 4, arbitrary: valueFor(procedure.input) },
        { weight: 1, arbitrary: anything() },
      )
      await fc.assert(
        fc.asyncProperty(inputs, fc.constantFrom(...callers), async (input, api) => {
          const json = JSON.stringify(input) ?? ''
          expectFair(await ask(api, procedure, json), { procedure: procedure.name, input })
          // Whatever signed the owner out, the next attempt is made signed in again.
          if (!business.owner.cookies.has('rapport_session'))
            await business.owner.mutate('auth.signIn', business)
        }),
        { numRuns: RUNS },
      )
    },
  )

  test('bodies that aren’t JSON', async () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '',
        '{',
        '[1,',
        '"\\ud800"',
        '{"a":1}}',
        'undefined',
        '\0',
        '{"__proto__":{"admin":true}}',
      ),
      fc.uint8Array().map(bytes => Buffer.from(bytes)),
      fc.integer({ min: 1, max: 50_000 }).map(depth => '['.repeat(depth)),
      fc.integer({ min: 1, max: 50_000 }).map(depth => '{"a":'.repeat(depth) + 1 + '}'.repeat(depth)),
    )
    const types = fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'application/json; charset=nonsense',
      'text/plain',
      'multipart/form-data',
      'application/octet-stream',
      '',
    )
    const encodings = fc.constantFrom(undefined, 'gzip', 'br', 'nonsense')
    const names = fc.constantFrom(...allProcedures().map(({ name }) => name))
    await fc.assert(
      fc.asyncProperty(names, types, encodings, bodies, async (name, type, encoding, body) => {
        const headers = { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) }
        expectFair(await business.visitor().send('POST', `/trpc/${name}`, { headers, body }), {
          name,
          type,
          body,
        })
      }),
      { numRuns: 200 },
    )
  })

  test('paths, methods and queries that nobody meant', async () => {
    const piece = fc.constantFrom(
      'trpc',
      'auth.me',
      'auth',
      '.',
      '..',
      '%',
      '%zz',
      '%00',
      '%2e%2e',
      '%E0%A4%A',
      '//',
      ';',
      ':',
      '@',
      '*',
      '__proto__',
      'constructor',
      'toString',
      'offers.list,offers.list',
      'x'.repeat(3_000),
      'logo',
      'files',
      '-'.repeat(36),
      'live',
      'b',
      'admin',
    )
    const search = fc.constantFrom(
      '',
      '?',
      '?input',
      '?input=',
      '?input={',
      '?input=%7B%7D',
      '?batch=1',
      '?batch=1&input=1',
      '?batch=1&input={"0":',
      '?input[a]=1',
      '?input=1&input=2',
      '?__proto__[x]=1',
      '?topics=',
      '?topics=calendar:x',
      // Of no topic that is open to all: that stream would never end.
      '?token=%00&topics=requests',
    )
    const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND')
    await fc.assert(
      fc.asyncProperty(methods, fc.array(piece, { maxLength: 4 }), search, async (method, path, query) => {
        const target = `/${path.join('/')}${query}`
        const headers = { 'content-type': 'application/json', 'x-purpose': 'material', 'x-file-name': '%' }
        expectFair(await business.visitor().send(method, target, { headers }), { method, target })
      }),
      { numRuns: 300 },
    )
  })

  test('a batch larger than anybody needs', async () => {
    const names = Array(500).fill('auth.me').join(',')
    expect((await business.visitor().send('GET', `/trpc/${names}?batch=1`)).status).toBe(400)
  })

  test('a body of more than a megabyte', async () => {
    const answer = await business.visitor().mutate('auth.requestLink', { email: 'x'.repeat(2 ** 20) })
    expect([answer.status, answer.error!.code]).toEqual([413, 'TOO_LARGE'])
  })

  test('a procedure that isn’t there', async () => {
    const answer = await business.visitor().mutate('bookings.steal', {})
    expect([answer.status, answer.error!.code]).toEqual([404, 'NOT_FOUND'])
  })

  test('malformed JSON is a 400', async () => {
    const headers = { 'content-type': 'application/json' }
    const { status } = await business
      .visitor()
      .send('POST', '/trpc/auth.signIn', { headers, body: '{"email":' })
    expect(status).toBe(400)
  })
})
