import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommand, runQuery } from '#server/domain/run-command.ts'
import { SETTLE_MS } from '#server/events/dispatch.ts'
import { record } from '#server/events/record.ts'
import { sealEvents, verifySeals } from '#server/events/seal.ts'
import { type Business, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

const MORNING = new Date('2027-03-01T06:00:00Z')

let now = MORNING
let house: TestHouse
let owner: pg.Client
let business: Business

beforeAll(async () => {
  house = await createHouse({ clock: () => now })
  owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await house.stop()
})

beforeEach(async () => {
  now = MORNING
  business = await signUpBusiness(house)
})

const who = () => ({
  tenantId: business.tenantId,
  actor: { as: 'system' as const },
  now,
  requestId: 'test',
})
const pass = (milliseconds: number) => {
  now = new Date(now.getTime() + milliseconds)
}
const happen = (name: string) =>
  runCommand(house.house, who(), command =>
    record(command, name, { subject: 'offer', subjectId: uuidv7(), data: { b: 1, a: [name] } }),
  )
const seal = () => runCommand(house.house, who(), sealEvents)
const verify = () => runQuery(house.house, who(), verifySeals)

/** History of three batches, and one event that hasn't settled. */
async function makeHistory() {
  for (const batch of ['first', 'second', 'third']) {
    for (let each = 0; each < 3; each++) await happen(`test.${batch}`)
    pass(SETTLE_MS + 1000)
    await seal()
  }
  await happen('test.open')
}

async function seqsOf(name: string): Promise<number[]> {
  const { rows } = await owner.query(
    'SELECT seq::int FROM events WHERE tenant_id = $1 AND name = $2 ORDER BY seq',
    [business.tenantId, name],
  )
  return rows.map(({ seq }) => seq)
}

describe('sealed history', () => {
  it('is whole as long as nobody touches it, and says what is still open', async () => {
    await makeHistory()
    const { sealed, open, broken } = await verify()
    expect({ open, broken }).toEqual({ open: 1, broken: null })
    expect(sealed).toBeGreaterThanOrEqual(9)
  })

  it.each([
    ['an event that was changed', `UPDATE events SET data = '{"a": 2}' WHERE tenant_id = $1 AND seq = $2`],
    [
      'an event that was moved to another actor',
      `UPDATE events SET actor = 'client' WHERE tenant_id = $1 AND seq = $2`,
    ],
    ['an event that was removed', 'DELETE FROM events WHERE tenant_id = $1 AND seq = $2'],
    [
      'a seal that was removed',
      'DELETE FROM event_seals WHERE tenant_id = $1 AND from_seq <= $2 AND to_seq >= $2',
    ],
  ])('shows %s', async (_, tamper) => {
    await makeHistory()
    const [, seq] = await seqsOf('test.second')
    await owner.query(tamper, [business.tenantId, seq])
    const { broken } = await verify()
    expect(broken).not.toBeNull()
    expect(broken!.toSeq).toBeGreaterThanOrEqual(seq!)
  })

  it('shows an event that was put in afterwards, in a gap of the numbers', async () => {
    await happen('test.before')
    await runCommand(house.house, who(), async command => {
      await record(command, 'test.rolled_back', { subject: 'offer', subjectId: uuidv7() })
      throw new Error('rolled back: its number is a gap')
    }).catch(() => {})
    await happen('test.after')
    pass(SETTLE_MS + 1000)
    await seal()
    const [before] = await seqsOf('test.before')
    await owner.query(
      `INSERT INTO events OVERRIDING SYSTEM VALUE
       SELECT tenant_id, seq + 1, gen_random_uuid(), at, name, subject, subject_id, coach_id, actor, actor_id, request_id, data
       FROM events WHERE tenant_id = $1 AND seq = $2`,
      [business.tenantId, before],
    )
    expect((await verify()).broken).not.toBeNull()
  })

  it('waits for a transaction that drew its number first and commits last', async () => {
    const late = new pg.Client({ connectionString: house.ownerUrl })
    await late.connect()
    await late.query('BEGIN')
    await late.query(
      `INSERT INTO events (tenant_id, id, at, name, subject, subject_id, actor, request_id)
       VALUES ($1, gen_random_uuid(), $2, 'test.late', 'offer', gen_random_uuid(), 'system', 'test')`,
      [business.tenantId, now],
    )
    await happen('test.prompt')
    await seal()
    pass(SETTLE_MS / 2)
    await seal()
    await late.query('COMMIT')
    await late.end()
    pass(SETTLE_MS)
    await seal()
    expect(await verify()).toMatchObject({ open: 0, broken: null })
  })

  it('is sealed once, though two seal it at the same time', async () => {
    await happen('test.one')
    pass(SETTLE_MS + 1000)
    await Promise.all([seal(), seal(), seal()])
    expect(await verify()).toMatchObject({ open: 0, broken: null })
    const { rows } = await owner.query('SELECT FROM event_seals WHERE tenant_id = $1', [business.tenantId])
    expect(rows).toHaveLength(1)
  })
})
