import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { policyDocumentSchema } from '#server/domain/policies/document-schema.ts'
import type { Rule } from '#server/domain/rules/policy.ts'
import { makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { asksFirst, draft, makeRule, publish } from '#tests/support/policies.ts'

let house: TestHouse
beforeAll(async () => {
  house = await createHouse({ clock: () => new Date('2027-03-01T08:00:00Z') })
})
afterAll(() => house.stop())

const window = { from: '2027-03-08T00:00:00Z', to: '2027-03-09T00:00:00Z' }
const terms = {
  tiers: [{ hoursBefore: 48, refundPercent: 100, keepsDeposit: false }],
  ...{ graceMinutes: 15, noShowRefundPercent: 0 },
  lateMove: { hoursBefore: 24, outcome: 'ask', feePercent: 0 },
}

async function newBusiness(): Promise<Business & { offerId: string; slug: string }> {
  const business = await signUpBusiness(house)
  // The slug of the offer, not of the business.
  return { ...business, ...(await makeBookable(house, business)) }
}

async function firmOn(business: Business, offer: string) {
  const answer = await business.visitor().query('slots.list', { offer, ...window })
  const slots: { allowsFirmBooking: boolean }[] = expectData(answer).slots
  return {
    firm: slots.filter(slot => slot.allowsFirmBooking).length,
    all: slots.length,
    etag: answer.headers.etag,
  }
}

test('a published rule holds for the next one who looks; a draft holds for nobody', async () => {
  const { owner, slug, ...business } = await newBusiness()
  const before = await firmOn({ ...business, owner, slug }, slug)
  expect(before).toMatchObject({ firm: 8, all: 8 })
  const kept = await draft(owner, makeRule({ id: 'calm', title: 'Calm', does: asksFirst }))
  expect(kept).toMatchObject({ basedOn: 0, current: 0, problems: [], whyNot: null, meanwhile: [] })
  expect(kept.diff.rules).toMatchObject([{ ruleId: 'calm', change: 'added', title: 'Calm', before: null }])
  expect(await firmOn({ ...business, owner, slug }, slug)).toEqual(before)

  expect(expectData(await owner.mutate('policies.publish', { basedOn: 0, note: 'Calmer' }))).toEqual({
    version: 1,
  })
  const after = await firmOn({ ...business, owner, slug }, slug)
  expect(after).toMatchObject({ firm: 0, all: 8 })
  expect(after.etag).not.toBe(before.etag)
  expect(expectData(await owner.query('policies.draft')).draft).toBeNull()
  expect(expectData(await owner.query('policies.current'))).toMatchObject({
    version: 1,
    about: { note: 'Calmer', restoredFrom: null, author: { id: business.personId } },
    rules: [{ rule: { id: 'calm' }, scope: 'Everybody', problems: [], warnings: [] }],
  })
})

test('a version stays as it was published', async () => {
  const { owner, tenantId } = await newBusiness()
  await publish(owner, makeRule({ id: 'one', does: asksFirst }))
  const first = expectData(await owner.query('policies.version', { version: 1 }))
  await publish(owner, makeRule({ id: 'two', does: { sets: { horizonDays: 10 } } }))
  expect(expectData(await owner.query('policies.version', { version: 1 }))).toEqual(first)
  for (const change of [sql`UPDATE policies SET note = 'other'`, sql`DELETE FROM policies`]) {
    const attempt = inTenant(house.house.db, tenantId, trx => change.execute(trx))
    await expect(attempt).rejects.toThrow(/permission denied/)
  }
  expect(await owner.query('policies.version', { version: 3 })).toMatchObject({ status: 404 })
})

test('of two who publish at once one is told to look again, and can carry the own changes over', async () => {
  const { owner, ...business } = await newBusiness()
  const { api: admin } = await signedIn(house, { ...business, owner }, { role: 'admin' })
  const kept = makeRule({ id: 'kept', does: { sets: { horizonDays: 30 } } })
  await publish(owner, kept)
  await draft(owner, kept, makeRule({ id: 'ofOwner', title: 'Of owner', does: asksFirst }))
  await draft(admin, makeRule({ ...kept, title: 'Changed' }))
  const answers = await Promise.all([owner, admin].map(api => api.mutate('policies.publish', { basedOn: 1 })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const refused = answers.find(({ status }) => status === 409)!
  expect(refused.error).toMatchObject({ code: 'POLICY_CHANGED', version: 2 })

  const loser = refused === answers[0] ? owner : admin
  expect(expectData(await loser.query('policies.draft')).draft.meanwhile).toMatchObject([{ version: 2 }])
  const carried = expectData(await loser.mutate('policies.rebaseDraft')).draft
  expect(carried).toMatchObject({ basedOn: 2, current: 2, meanwhile: [], diff: { changes: 1 } })
  expectData(await loser.mutate('policies.publish', { basedOn: 2 }))
  const { rules } = expectData(await owner.query('policies.current'))
  expect(rules.map(({ rule }: { rule: { title: string } }) => rule.title).sort()).toEqual([
    'Changed',
    'Of owner',
  ])
})

test('what contradicts itself is kept as a draft, and refused with its reasons when published', async () => {
  const { owner } = await newBusiness()
  const rule = makeRule({ id: 'odd', does: { waives: ['overlap', 'nothing'] } })
  const { problems, rules } = await draft(owner, rule)
  expect(problems.length).toBeGreaterThan(1)
  expect(rules[0].problems).toEqual(problems)
  const { status, error } = await owner.mutate('policies.publish', { basedOn: 0 })
  expect({ status, code: error!.code, problems: error!.problems }).toEqual({
    status: 400,
    code: 'POLICY',
    problems,
  })
  expect(
    await owner.mutate('policies.saveDraft', { basedOn: 7, document: { rules: [], cancellation: [] } }),
  ).toMatchObject({ status: 404 })
})

test('two versions are compared in words, and an earlier one can be brought back', async () => {
  const { owner, offerId } = await newBusiness()
  const rule = makeRule({ id: 'far', title: 'Far', does: { sets: { horizonDays: 30 } } })
  await publish(owner, rule, makeRule({ id: 'gone', title: 'Gone', does: asksFirst }))
  await publish(owner, {
    ...rule,
    ...{ scope: 'offer', target: offerId, when: { fact: 'vip', operator: 'equals', value: true } },
    does: { sets: { horizonDays: 120, bufferMinutes: 30 }, waives: ['notice'] },
  })
  const diff = expectData(await owner.query('policies.diff', { from: 1, to: 2 }))
  expect(diff.changes).toBe(2)
  expect(diff.rules[1]).toMatchObject({
    ruleId: 'gone',
    change: 'removed',
    title: 'Gone',
    after: null,
    fields: [],
  })
  expect(diff.rules[0].fields).toEqual([
    { field: 'scope', label: 'For', before: 'Everybody', after: 'Offer “Coaching”' },
    { field: 'when', label: 'When', before: 'Always', after: 'the client is tagged “VIP”' },
    { field: 'sets.horizonDays', label: 'Bookings open ahead', before: '30 days', after: '120 days' },
    { field: 'waives', label: 'Waives', before: null, after: 'Bookings close before the start' },
    { field: 'sets.bufferMinutes', label: 'Break between sessions', before: null, after: '30 minutes' },
  ])

  const restore = { version: 1, basedOn: 2, note: 'Back' }
  expect(await owner.mutate('policies.restore', { ...restore, basedOn: 1 })).toMatchObject({ status: 409 })
  expect(expectData(await owner.mutate('policies.restore', restore))).toEqual({ version: 3 })
  expect(expectData(await owner.query('policies.diff', { from: 1, to: 3 })).changes).toBe(0)
  // What stands already makes no version.
  expect(expectData(await owner.mutate('policies.restore', { version: 1, basedOn: 3 }))).toEqual({
    version: 3,
  })
  expectData(await owner.mutate('policies.restore', { version: 0, basedOn: 3 }))
  const { versions } = expectData(await owner.query('policies.history'))
  expect(
    versions.map(({ version, restoredFrom }: Record<string, unknown>) => [version, restoredFrom]),
  ).toEqual([
    [4, null],
    [3, 1],
    [2, null],
    [1, null],
  ])
  expect(expectData(await owner.query('policies.history', { before: 2 })).versions).toHaveLength(1)
})

test('a coach changes the own calendar’s rules only, and waives nobody else’s', async () => {
  const business = await newBusiness()
  const { api: coach, coachId } = await signedIn(house, business, { role: 'coach' })
  const common = makeRule({ id: 'common', title: 'Common', does: asksFirst })
  const ofOther = makeRule({
    id: 'ofOther',
    ...{ scope: 'coach', target: business.coachId },
    does: asksFirst,
  })
  await publish(business.owner, common, ofOther)
  const own = (does: Parameters<typeof makeRule>[0]['does']) =>
    makeRule({ id: 'own', scope: 'coach', target: coachId, does })
  const publishAs = async (...rules: Parameters<typeof draft>[1][]) => {
    const { basedOn, whyNot } = await draft(coach, ...rules)
    const { error, data } = await coach.mutate('policies.publish', { basedOn })
    expect(error?.message ?? null).toBe(whyNot)
    return error?.code ?? data.version
  }

  expect(await publishAs({ ...common, active: false }, ofOther)).toBe('ROLE')
  expect(await publishAs(common)).toBe('ROLE')
  expect(await publishAs(common, ofOther, own({ waives: ['common'] }))).toBe('ROLE')
  expect(await publishAs(common, ofOther, { ...own(asksFirst), target: business.coachId })).toBe('ROLE')
  expect(await publishAs(common, ofOther, own({ waives: ['threshold'], sets: { bufferMinutes: 0 } }))).toBe(2)
  const cancellation = [{ scope: 'tenant', target: null, terms }]
  const rules = [common, ofOther]
  expectData(await coach.mutate('policies.saveDraft', { basedOn: 2, document: { rules, cancellation } }))
  expect((await coach.mutate('policies.publish', { basedOn: 2 })).error).toMatchObject({ code: 'ROLE' })
  expect((await coach.mutate('policies.restore', { version: 0, basedOn: 2 })).error).toMatchObject({
    code: 'ROLE',
  })
  // The own draft stays the own.
  expect(expectData(await business.owner.query('policies.draft')).draft).toBeNull()
  expectData(await coach.mutate('policies.discardDraft'))
  expect(expectData(await coach.query('policies.draft')).draft).toBeNull()
})

test('a version that names an erased client can be published again', async () => {
  const { owner, ...business } = await newBusiness()
  const { personId } = await signedIn(house, { ...business, owner })
  await publish(owner, makeRule({ scope: 'client', target: personId, does: asksFirst }))
  await publish(owner)
  await inTenant(house.house.db, business.tenantId, trx =>
    trx.updateTable('people').set({ erased_at: new Date() }).where('id', '=', personId).execute(),
  )
  expect(expectData(await owner.mutate('policies.restore', { version: 1, basedOn: 2 })).version).toBe(3)
  const { problems, warnings } = expectData(await owner.query('policies.current'))
  expect({ problems, warnings }).toMatchObject({ problems: [], warnings: [{ field: 'target' }] })
})

test('what the database can’t keep is refused, and names of rules are nothing but names', async () => {
  const { owner } = await newBusiness()
  const save = async (change: Partial<Rule>, cancellation: unknown[] = []) => {
    const rules = [{ ...makeRule({ id: 'constructor', does: asksFirst }), ...change }]
    return owner.mutate('policies.saveDraft', { basedOn: 0, document: { rules, cancellation } })
  }
  expect((await save({ title: 'half \ud83d' })).error).toMatchObject({ code: 'BAD_INPUT' })
  expect((await save({ title: '  ' })).error).toMatchObject({ code: 'BAD_INPUT' })
  const ofNothing = { scope: 'offer', target: '\0', terms }
  expect((await save({}, [ofNothing])).error).toMatchObject({ code: 'BAD_INPUT' })
  expect((await owner.query('policies.version', { version: 2 ** 40 })).error?.code).toBe('BAD_INPUT')
  const { draft: kept } = expectData(await save({ does: { waives: ['constructor'] } }))
  expect(kept.rules[0].sentence).toMatch(/“Rule .*” doesn't hold/)
})

test('every fact and operator of the editor makes a condition that can be saved', async () => {
  const { owner } = await newBusiness()
  const { facts, values, waivable } = expectData(await owner.query('policies.vocabulary'))
  const samples: Record<string, unknown> = { number: 1, truth: true, list: 'VIP', text: 'x' }
  for (const { name, type, choices, operators } of facts) {
    for (const { name: operator } of operators) {
      const one = type === 'text' && choices?.[0] ? choices[0].id : samples[type]
      const value = operator === 'oneOf' || operator === 'noneOf' ? [one] : one
      const rules = [makeRule({ does: asksFirst, when: { fact: name, operator, value } as never })]
      expect([name, operator, policyDocumentSchema.safeParse({ rules, cancellation: [] }).error]).toEqual([
        name,
        operator,
        undefined,
      ])
    }
  }
  const everything = makeRule({
    does: {
      waives: waivable.map(({ name }: { name: string }) => name),
      sets: Object.fromEntries(values.map(({ name, from }: { name: string; from: number }) => [name, from])),
    },
  })
  expect((await draft(owner, everything)).problems).toEqual([])
})

test('each number says where it comes from, and what may make it another (065)', async () => {
  const { owner, offerId, coachId, ...business } = await newBusiness()
  const vip = (await signedIn(house, { ...business, owner, coachId })).personId
  expectData(await owner.mutate('clients.setTags', { clientId: vip, tags: ['VIP'] }))
  const ofTag = { scope: 'tag', target: 'vip' } as const
  await publish(
    owner,
    makeRule({ id: 'far', title: 'Far', does: { sets: { horizonDays: 60 } } }),
    makeRule({
      id: 'farVip',
      title: 'VIPs',
      ...ofTag,
      does: { sets: { horizonDays: 120 }, waives: ['notice'] },
    }),
    makeRule({
      ...{ id: 'friday', title: 'Fridays', when: { fact: 'weekday', operator: 'equals', value: 5 } },
      does: { sets: { minimumNoticeMinutes: 600, horizonDays: 30 } },
    }),
    makeRule({
      ...{ id: 'late', when: { fact: 'timeOfDay', operator: 'atLeast', value: 960 }, ...ofTag },
      does: { sets: { bufferMinutes: 45 } },
    }),
  )
  const ask = async (client?: unknown) => {
    const { values } = expectData(await owner.query('policies.effective', { offerId, coachId, client }))
    return Object.fromEntries(values.map((each: { name: string }) => [each.name, each]))
  }

  const stranger = await ask()
  expect(stranger.horizonDays).toMatchObject({
    ...{ value: 60, said: '60 days', setting: { value: null, said: 'Any day ahead' }, waivedBy: null },
    origin: { scope: 'tenant', rule: 'far', title: 'Far' },
    mayBecome: [{ rule: 'friday', value: 30, said: '30 days' }],
  })
  expect(stranger.bufferMinutes.mayBecome).toEqual([])
  expect(stranger.minimumNoticeMinutes).toMatchObject({ origin: { rule: null }, mayBecome: [{ value: 600 }] })
  const client = { as: 'client', clientId: vip }
  expect((await ask(client)).horizonDays).toMatchObject({
    ...{ value: 120, origin: { scope: 'tag', rule: 'farVip' }, mayBecome: [] },
  })
  expect((await ask(client)).bufferMinutes.mayBecome).toMatchObject([{ rule: 'late', value: 45 }])
  expect((await ask(client)).minimumNoticeMinutes.waivedBy).toEqual({ rule: 'farVip', title: 'VIPs' })
  expect((await ask({ ...client, signedIn: false })).horizonDays.value).toBe(60)
})
