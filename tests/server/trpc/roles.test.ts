import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Api } from '#tests/support/api.ts'
import { signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { allProcedures } from '#tests/support/procedures.ts'

const ranks = ['anybody', 'client', 'coach', 'admin', 'owner'] as const
type Rank = (typeof ranks)[number]

/** Who may call what on a business's host, at least; what a coach may do to others' calendars is checked deeper down. */
const least: Record<string, Rank | 'apex'> = {
  'auth.signIn': 'anybody',
  'auth.signOut': 'anybody',
  'auth.requestLink': 'anybody',
  'auth.useLink': 'anybody',
  'auth.requestPasswordReset': 'anybody',
  'auth.resetPassword': 'anybody',
  'auth.me': 'anybody',
  'bookings.book': 'anybody',
  'bookings.bookFor': 'coach',
  'bookings.get': 'anybody',
  'bookings.calendarFile': 'anybody',
  'bookings.list': 'client',
  'bookings.requests': 'coach',
  'bookings.approve': 'coach',
  'bookings.decline': 'coach',
  'bookings.propose': 'coach',
  'bookings.withdrawProposals': 'coach',
  'bookings.acceptProposal': 'anybody',
  'bookings.declineProposals': 'anybody',
  'bookings.ask': 'coach',
  'bookings.withdrawQuestion': 'coach',
  'bookings.answerQuestion': 'anybody',
  'bookings.previewAnswers': 'coach',
  'bookings.answerMany': 'coach',
  'bookings.cancel': 'anybody',
  'bookings.waiveFee': 'coach',
  'bookings.reschedule': 'anybody',
  'bookings.withdrawMove': 'anybody',
  'bookings.undo': 'anybody',
  'bookings.saveNotes': 'anybody',
  'bookings.markAttendance': 'coach',
  'bookings.giveFeedback': 'anybody',
  'bookings.timeline': 'coach',
  'calendar.week': 'coach',
  'certificates.issue': 'coach',
  'certificates.verify': 'anybody',
  'certificates.revoke': 'coach',
  'checkIns.find': 'coach',
  'checkIns.set': 'coach',
  'clients.list': 'coach',
  'clients.tags': 'coach',
  'clients.setTags': 'coach',
  'coaches.list': 'coach',
  'coaches.personalLink': 'coach',
  'coaches.settings': 'coach',
  'coaches.previewSettings': 'coach',
  'coaches.saveSettings': 'coach',
  'connections.request': 'client',
  'connections.mine': 'client',
  'connections.list': 'coach',
  'connections.invite': 'coach',
  'connections.answer': 'coach',
  'holds.place': 'anybody',
  'holds.release': 'anybody',
  'hours.get': 'coach',
  'hours.saveWeek': 'coach',
  'hours.saveOverride': 'coach',
  'hours.addTimeOff': 'coach',
  'hours.removeTimeOff': 'coach',
  'mailbox.list': 'apex',
  'mailbox.get': 'apex',
  'materials.list': 'anybody',
  'materials.add': 'anybody',
  'materials.update': 'coach',
  'materials.remove': 'anybody',
  'messages.listFailed': 'admin',
  'messages.replayFailed': 'admin',
  'messages.stopQuestions': 'anybody',
  'messages.stopNotices': 'client',
  'offers.list': 'anybody',
  'offers.get': 'anybody',
  'offers.cancellation': 'anybody',
  'offers.kinds': 'coach',
  'offers.manage.list': 'coach',
  'offers.manage.create': 'admin',
  'offers.manage.update': 'admin',
  'offers.manage.reorder': 'admin',
  'policies.current': 'coach',
  'policies.usualTerms': 'coach',
  'policies.readTerms': 'coach',
  'policies.vocabulary': 'coach',
  'policies.draft': 'coach',
  'policies.saveDraft': 'coach',
  'policies.readRule': 'coach',
  'policies.rebaseDraft': 'coach',
  'policies.discardDraft': 'coach',
  'policies.publish': 'coach',
  'policies.history': 'coach',
  'policies.version': 'coach',
  'policies.diff': 'coach',
  'policies.restore': 'coach',
  'policies.tryIt': 'coach',
  'policies.effective': 'coach',
  'posts.list': 'anybody',
  'posts.create': 'anybody',
  'posts.remove': 'anybody',
  'rooms.join': 'anybody',
  'rooms.joinAsStaff': 'coach',
  'sessions.room': 'anybody',
  'sessions.showMe': 'anybody',
  'sessions.manage.history': 'coach',
  'sessions.manage.list': 'coach',
  'sessions.manage.get': 'coach',
  'sessions.manage.preview': 'coach',
  'sessions.manage.create': 'coach',
  'sessions.manage.createSchedule': 'coach',
  'sessions.manage.endSchedule': 'coach',
  'sessions.manage.update': 'coach',
  'sessions.manage.setCapacity': 'coach',
  'sessions.manage.cancel': 'coach',
  'sessions.manage.decide': 'coach',
  'sessions.participants': 'coach',
  'sessions.feedback': 'coach',
  'sessions.list': 'anybody',
  'sessions.next': 'anybody',
  'sessions.get': 'anybody',
  'sessions.quote': 'anybody',
  'policies.impact': 'coach',
  'policies.simulate': 'coach',
  'plugins.list': 'admin',
  'plugins.get': 'admin',
  'plugins.save': 'admin',
  'plugins.enable': 'admin',
  'plugins.disable': 'admin',
  'plugins.check': 'admin',
  'plugins.log': 'admin',
  'plugins.deliveries': 'admin',
  'plugins.replay': 'admin',
  'slots.list': 'anybody',
  'tenants.signUp': 'apex',
  'tenants.checkSlug': 'apex',
  'tenants.findMine': 'apex',
  'tenants.current': 'anybody',
  'tenants.update': 'admin',
  'tenants.finishSetUp': 'admin',
}

let house: TestHouse
let callers: Record<Rank, () => Promise<Api>>
beforeAll(async () => {
  house = await createHouse()
  const business = await signUpBusiness(house)
  // Each call with a login of its own, since some end it.
  callers = {
    anybody: async () => business.visitor(),
    client: async () => (await signedIn(house, business)).api,
    coach: async () => (await signedIn(house, business, { role: 'coach' })).api,
    admin: async () => (await signedIn(house, business, { role: 'admin' })).api,
    owner: async () => (await signedIn(house, business, { role: 'owner' })).api,
  }
})
afterAll(() => house.stop())

/** Refused for who asks: what is asked is looked at only afterwards. */
const REFUSED = ['SIGN_IN', 'STAFF_ONLY', 'ROLE']

async function isRefused(rank: Rank, name: string, type: 'query' | 'mutation'): Promise<boolean> {
  const api = await callers[rank]()
  const answer = type === 'query' ? await api.query(name) : await api.mutate(name)
  return REFUSED.includes(answer.error?.code ?? '')
}

test('every procedure says who may call it', () => {
  const names = allProcedures().map(({ name }) => name)
  expect(names.filter(name => !least[name])).toEqual([])
  expect(Object.keys(least).filter(name => !names.includes(name))).toEqual([])
})

describe('a procedure is open from its role on, and to nobody below', () => {
  const onHost = allProcedures().filter(({ name }) => least[name] !== 'apex')
  test.each(onHost.map(({ name, type }) => [name, type] as const))('%s', async (name, type) => {
    const refused = await Promise.all(ranks.map(rank => isRefused(rank, name, type)))
    const from = ranks.indexOf(least[name] as Rank)
    expect(refused).toEqual(ranks.map((_, index) => index < from))
  })
})

test('what is the apex host’s isn’t there on a business’s, whoever asks', async () => {
  for (const { name, type } of allProcedures().filter(({ name }) => least[name] === 'apex')) {
    const api = await callers.owner()
    const { status, error } = type === 'query' ? await api.query(name) : await api.mutate(name)
    expect([name, status, error!.code]).toEqual([name, 404, 'NOT_FOUND'])
  }
})
