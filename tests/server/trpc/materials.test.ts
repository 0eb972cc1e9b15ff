import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { announceDue } from '#server/domain/materials/announce.ts'
import { runCommand } from '#server/domain/run-command.ts'
import { asSystem } from '#server/jobs/as-system.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { makeSession, type TestSession } from '#tests/support/sessions.ts'
import { type TakesPart, takePart } from '#tests/support/taking-part.ts'
import { filesOnDisk, keepFile, samples } from '#tests/support/uploads.ts'

const START = '2027-03-20T10:00:00Z'
const END = '2027-03-20T11:00:00.000Z'

let now: Date
let house: TestHouse
let business: Business
let session: TestSession
let clara: TakesPart
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())
beforeEach(async () => {
  now = new Date('2027-03-01T08:00:00Z')
  business = await signUpBusiness(house)
  session = await makeSession(house, business, {
    dates: [START],
    terms: { sharedResources: true, recordingDays: 7 },
  })
  clara = await takePart(house, business, session, { name: 'Clara Client' })
})

const link = (more: Record<string, unknown> = {}) => ({
  sessionId: session.sessionId,
  phase: 'before',
  title: 'A text to read',
  url: 'https://texts.example/1',
  ...more,
})
const add = async (more: Record<string, unknown> = {}) =>
  expectData(await business.owner.mutate('materials.add', link(more))).id as string
const share = (more: Record<string, unknown> = {}) =>
  business.visitor().mutate('materials.add', {
    ...link({ phase: 'shared', title: 'What I found', ...more }),
    sessionId: undefined,
    handle: clara.handle,
  })
const seen = async () =>
  expectData(await business.visitor().query('materials.list', { handle: clara.handle })).materials
const announced = () =>
  inTenant(house.house.db, business.tenantId, async trx => {
    const rows = await trx
      .selectFrom('events')
      .select('data')
      .where('name', '=', 'material.released')
      .execute()
    return rows.map(({ data }) => data.materialId)
  })
const attempt = { last: false, signal: new AbortController().signal }
const ring = (materialId: string) =>
  handlersOf(house.house).release({ tenantId: business.tenantId, materialId }, attempt)

describe('materials', () => {
  test('come out by phase: at once before, with the end after, and on their own date where they have one', async () => {
    await add({ title: 'Before' })
    await add({ title: 'On Monday', releaseAt: '2027-03-15T08:00:00Z' })
    await add({ title: 'After', phase: 'after', url: 'https://texts.example/2' })
    await add({ title: 'Film', phase: 'recording', url: 'https://films.example/1', format: 'video' })
    const inShort = async () =>
      (await seen()).map(({ title, state, releaseAt, href }: Record<string, string>) => [
        title,
        state,
        releaseAt,
        href,
      ])
    expect(await inShort()).toEqual([
      ['Before', 'open', '2027-03-01T08:00:00.000Z', 'https://texts.example/1'],
      ['On Monday', 'locked', '2027-03-15T08:00:00.000Z', null],
      ['After', 'locked', END, null],
      ['Film', 'locked', END, null],
    ])
    now = new Date(END)
    expect((await seen()).map(({ state }: { state: string }) => state)).toEqual(Array(4).fill('open'))
    now = new Date('2027-03-27T11:00:00Z')
    expect((await seen()).at(-1)).toMatchObject({
      title: 'Film',
      state: 'ended',
      href: null,
      format: 'video',
    })
  })

  test('are told of once, when they come out, however often the job runs', async () => {
    const atOnce = await add()
    const later = await add({ releaseAt: '2027-03-15T08:00:00Z' })
    const moved = await add({ releaseAt: '2027-03-15T08:00:00Z' })
    const removed = await add({ releaseAt: '2027-03-15T08:00:00Z' })
    expect(await announced()).toEqual([atOnce])
    expectData(
      await business.owner.mutate('materials.update', { id: moved, releaseAt: '2027-03-16T08:00:00Z' }),
    )
    expectData(await business.owner.mutate('materials.remove', { id: removed }))
    now = new Date('2027-03-15T08:00:00Z')
    for (const id of [atOnce, later, later, moved, removed]) await ring(id)
    expect(await announced()).toEqual([atOnce, later])
    now = new Date('2027-03-16T08:00:00Z')
    await Promise.all([ring(moved), ring(moved), ring(moved)])
    expect(await announced()).toEqual([atOnce, later, moved])
  })

  test('that come out with the end follow a session that moves', async () => {
    const id = await add({ phase: 'after' })
    await inTenant(house.house.db, business.tenantId, trx =>
      trx
        .updateTable('session_dates')
        .set({ starts_at: new Date('2027-03-10T10:00:00Z'), ends_at: new Date('2027-03-10T11:00:00Z') })
        .where('session_id', '=', session.sessionId)
        .execute(),
    )
    now = new Date('2027-03-10T11:00:00Z')
    expect(await seen()).toMatchObject([{ state: 'open', releaseAt: '2027-03-10T11:00:00.000Z' }])
    await runCommand(house.house, asSystem(house.house, business.tenantId, 'test'), command =>
      announceDue(command, id),
    )
    expect(await announced()).toEqual([id])
  })

  test('show participants no more than they may have', async () => {
    const fileId = await keepFile(business.owner, samples.pdf, { name: 'plan.pdf' })
    await add({ url: undefined, fileId, releaseAt: '2027-03-15T08:00:00Z' })
    expect(await seen()).toMatchObject([{ href: null, file: null, mayRemove: false }])
    const { materials } = expectData(
      await business.owner.query('materials.list', { sessionId: session.sessionId }),
    )
    expect(materials).toMatchObject([
      {
        ...{ href: `/files/${fileId}`, fileId, state: 'locked', mayRemove: true, hasOwnDate: true },
        file: { name: 'plan.pdf', type: 'application/pdf', bytes: samples.pdf.length },
      },
    ])
    for (const material of await seen()) {
      expect(Object.keys(material)).not.toEqual(expect.arrayContaining(['url']))
      expect(Object.keys(material)).not.toEqual(expect.arrayContaining(['fileId']))
    }
  })

  test.each([
    ['http://texts.example', 400],
    ['javascript:alert(1)', 400],
    ['data:text/html,x', 400],
    ['/etc/passwd', 400],
    [`https://texts.example/${'x'.repeat(2000)}`, 400],
    ['https://texts.example/a?b=c#d', 200],
  ])('may be links by https alone: %s', async (url, status) => {
    expect((await business.owner.mutate('materials.add', link({ url }))).status).toBe(status)
  })

  test('are a link or a file, and a file of the right kind that is there', async () => {
    const code = async (more: Record<string, unknown>) =>
      (await business.owner.mutate('materials.add', link(more))).error?.code
    const fileId = await keepFile(business.owner, samples.mp4, { name: 'film.mp4', purpose: 'recording' })
    const logoId = await keepFile(business.owner, samples.png, { name: 'logo.png', purpose: 'logo' })
    const another = await signUpBusiness(house)
    const foreign = await keepFile(another.owner, samples.pdf)
    expect(await code({ url: undefined })).toBe('BAD_INPUT')
    expect(await code({ fileId })).toBe('BAD_INPUT')
    expect(await code({ url: undefined, fileId })).toBe('FILE_MISSING')
    expect(await code({ url: undefined, fileId: logoId })).toBe('FILE_MISSING')
    expect(await code({ url: undefined, fileId: foreign })).toBe('FILE_MISSING')
    const id = await add({ url: undefined, fileId, phase: 'recording' })
    now = new Date(END)
    expect(await seen()).toMatchObject([
      { id, format: 'video', href: `/files/${fileId}`, endsAt: '2027-03-27T11:00:00.000Z' },
    ])
  })

  test('go to all coming sessions of a schedule, each as far from its start', async () => {
    const scheduleId = await scheduled([START, '2027-03-30T09:00:00Z', '2027-02-20T10:00:00Z'])
    const { ids } = expectData(
      await business.owner.mutate(
        'materials.add',
        link({ releaseAt: '2027-03-19T08:00:00Z', allOfSchedule: true }),
      ),
    )
    expect(ids).toHaveLength(2)
    const dates = await inTenant(house.house.db, business.tenantId, async trx => {
      const rows = await trx
        .selectFrom('materials as m')
        .innerJoin('sessions as s', 's.id', 'm.session_id')
        .select('m.release_at')
        .where('s.schedule_id', '=', scheduleId)
        .orderBy('m.release_at')
        .execute()
      return rows.map(row => row.release_at!.toISOString())
    })
    // 09:00 in Berlin, the day before: an hour earlier in UTC once the clocks have changed.
    expect(dates).toEqual(['2027-03-19T08:00:00.000Z', '2027-03-29T07:00:00.000Z'])
  })

  test('leave their file in place until its last use is gone', async () => {
    const other = await makeSession(house, business, { dates: ['2027-03-21T10:00:00Z'] })
    const fileId = await keepFile(business.owner, samples.pdf)
    const one = await add({ url: undefined, fileId })
    const two = await add({ url: undefined, fileId, sessionId: other.sessionId })
    const { file } = handlersOf(house.house)
    for (const [id, remains] of [
      [one, true],
      [two, false],
    ] as const) {
      expectData(await business.owner.mutate('materials.remove', { id }))
      await file({ tenantId: business.tenantId, fileId }, attempt)
      expect((await filesOnDisk(house)).includes(fileId)).toBe(remains)
    }
  })

  test('never name a file that was removed while they were added', async () => {
    const { file } = handlersOf(house.house)
    let added = 0
    for (let round = 0; round < 12; round++) {
      const fileId = await keepFile(business.owner, samples.pdf)
      const [answer] = await Promise.all([
        business.owner.mutate('materials.add', link({ url: undefined, fileId })),
        file({ tenantId: business.tenantId, fileId }, attempt),
      ])
      expect([200, 400]).toContain(answer.status)
      expect((await filesOnDisk(house)).includes(fileId)).toBe(answer.status === 200)
      if (answer.status === 200) added++
    }
    expect(await seen()).toHaveLength(added)
  })

  test('are added once by a key, also when both come at once', async () => {
    const input = link({ idempotencyKey: 'a-key-of-materials-01' })
    const answers = await Promise.all([1, 2, 3].map(() => business.owner.mutate('materials.add', input)))
    expect(new Set(answers.map(answer => expectData(answer).id)).size).toBe(1)
    expect(await seen()).toHaveLength(1)
  })
})

describe('what participants share', () => {
  test('is seen by all of them under the name they go by, and nobody is told by mail', async () => {
    expectData(await share())
    expect(await seen()).toMatchObject([
      {
        phase: 'shared',
        title: 'What I found',
        href: 'https://texts.example/1',
        addedBy: 'Clara',
        mayRemove: true,
      },
    ])
    const { handle } = await takePart(house, business, session, { name: 'Dora' })
    const others = expectData(await business.visitor().query('materials.list', { handle })).materials
    expect(others).toMatchObject([{ addedBy: 'Clara', mayRemove: false }])
    expect(await announced()).toEqual([])
  })

  test('may be a file of their own, and of nobody else', async () => {
    const own = await keepFile(business.visitor(), samples.pdf, { booking: clara.handle.token })
    const staffs = await keepFile(business.owner, samples.pdf)
    expect((await share({ url: undefined, fileId: staffs })).error?.code).toBe('FILE_MISSING')
    expectData(await share({ url: undefined, fileId: own }))
    const { handle } = await takePart(house, business, session, { name: 'Dora' })
    const { status } = await business.visitor().send('GET', `/files/${own}?token=${handle.token}`)
    expect(status).toBe(200)
  })

  test('is in no other phase, and only where the session says so', async () => {
    expect((await share({ phase: 'before' })).error?.code).toBe('STAFF_ONLY')
    const closed = await makeSession(house, business, { dates: ['2027-03-22T10:00:00Z'] })
    clara = await takePart(house, business, closed)
    expect((await share()).error?.code).toBe('NOT_SHARED')
  })

  test('may be taken away by who shared it and by staff, by nobody else', async () => {
    const { id } = expectData(await share())
    const { handle } = await takePart(house, business, session, { name: 'Dora' })
    const visitor = business.visitor()
    expect((await visitor.mutate('materials.remove', { id, handle })).status).toBe(404)
    expect((await visitor.mutate('materials.remove', { id })).status).toBe(404)
    expectData(await visitor.mutate('materials.remove', { id, handle: clara.handle }))
    expect((await visitor.mutate('materials.remove', { id, handle: clara.handle })).status).toBe(404)
    const again = expectData(await share())
    expectData(await business.owner.mutate('materials.remove', { id: again.id }))
    expect(await seen()).toEqual([])
  })
})

describe('who stands where', () => {
  test('a coach of another session changes nothing here', async () => {
    const id = await add()
    const { api } = await signedIn(house, business, { role: 'coach' })
    expect((await api.query('materials.list', { sessionId: session.sessionId })).status).toBe(404)
    expect((await api.mutate('materials.add', link())).status).toBe(404)
    expect((await api.mutate('materials.update', { id, title: 'Mine' })).status).toBe(404)
    expect((await api.mutate('materials.remove', { id })).status).toBe(404)
  })

  test('who only asked to take part sees nothing yet, and who was cancelled nothing more', async () => {
    for (const status of ['REQUESTED', 'CANCELLED'] as const) {
      const { handle } = await takePart(house, business, session, { status })
      const answer = await business.visitor().query('materials.list', { handle })
      expect([answer.status, answer.error?.code]).toEqual([403, 'NOT_TAKING_PART'])
    }
  })
})

/** Puts the session and further ones, at these starts, under one schedule; the first start is the session's own. */
async function scheduled(starts: string[]): Promise<string> {
  const ids = [session.sessionId]
  for (const start of starts.slice(1)) {
    ids.push((await makeSession(house, business, { dates: [start], offer: session })).sessionId)
  }
  const id = crypto.randomUUID()
  await inTenant(house.house.db, business.tenantId, async trx => {
    await trx
      .insertInto('schedules')
      .values({
        ...{ tenant_id: business.tenantId, id, offer_id: session.offerId, pattern: 'FREQ=WEEKLY' },
        ...{ first_local: '2027-02-20T11:00', time_zone: 'Europe/Berlin', duration_minutes: 60 },
        ...{
          coach_ids: [business.coachId],
          listing: 'public',
          terms: '{}',
          made_until: now,
          created_at: now,
        },
      })
      .execute()
    await trx.updateTable('sessions').set({ schedule_id: id }).where('id', 'in', ids).execute()
  })
  return id
}
