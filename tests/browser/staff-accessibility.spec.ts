import { expect, type Page, test } from '@playwright/test'
import { book, type Desk, expectNoSeriousIssues, openBusiness, visit } from '#tests/support/desk.ts'
import { bookSeats, hold, tokenOf } from '#tests/support/desk-sessions.ts'

let desk: Desk
let bookingId: string
let sessionId: string
let checkInPath: string

test.beforeAll(async () => {
  desk = await openBusiness({ allowFirmBooking: false })
  bookingId = (await book(desk, 'Ana Pires')).id
  await book(desk, 'Jonas Berg', 3)
  const asked = await book(desk, 'Mia Sand', 5)
  await desk.owner.mutate('bookings.ask', { id: asked.id, question: 'What is it about?' })
  const minimum = { seats: 3, decidesDaysBefore: 1, otherwise: 'ask' }
  const certificate = { title: 'Finding focus', minutes: null }
  const terms = { minimum, certificate, chat: true, sharedResources: true, deposit: null }
  const held = await hold(desk, { kind: 'workshop', title: 'Finding focus', terms, days: [3, 4] })
  sessionId = held.sessionId
  const handle = { token: tokenOf(await bookSeats(desk, sessionId, 'Lena Wolf')) }
  await desk.visitor.mutate('posts.create', { handle, text: 'Hello everybody' })
  const { seats } = (await desk.visitor.query('sessions.room', { handle })).data
  checkInPath = new URL(seats[0].checkInUrl).pathname
  await makeRules(desk)
})

/** One rule that is published, and a draft that changes it and has another, which never applies. */
async function makeRules({ owner }: Desk) {
  const does = { waives: ['allowFirmBooking'], sets: { horizonDays: 120, minimumNoticeMinutes: 2880 } }
  const when = {
    any: [
      { fact: 'weekday', operator: 'oneOf', value: [5] },
      { fact: 'tags', operator: 'contains', value: 'VIP' },
    ],
  }
  const rule = { id: 'rule1', title: 'Rule 1', scope: 'tag', target: 'VIP', when, does, active: true }
  const other = { ...rule, id: 'rule2', title: 'Rule 2', target: 'Late', active: false }
  const keep = (basedOn: number, ...rules: object[]) =>
    owner.mutate('policies.saveDraft', { basedOn, document: { rules, cancellation: [] } })
  await keep(0, rule)
  await owner.mutate('policies.publish', { basedOn: 0, note: 'To begin with' })
  await keep(1, { ...rule, when: null }, other)
}

const pages: [name: string, path: () => string, heading: string][] = [
  ['calendar by the week', () => '/admin?view=week', 'Calendar'],
  ['calendar as a list', () => '/admin?view=list', 'Calendar'],
  ['requests', () => '/admin/requests', 'Requests'],
  ['bookings', () => '/admin/bookings', 'Bookings'],
  ['one booking', () => `/admin/bookings/${bookingId}`, 'Ana Pires'],
  ['clients', () => '/admin/clients', 'Clients'],
  ['offers', () => '/admin/offers', 'Offers'],
  ['a new offer', () => '/admin/offers/new', 'New offer'],
  ['sessions', () => '/admin/sessions', 'Sessions'],
  ['a new session', () => '/admin/sessions/new', 'New session'],
  ['one session', () => `/admin/sessions/${sessionId}`, 'Finding focus'],
  ...['participants', 'check-in', 'materials', 'messages', 'terms', 'afterwards'].map(
    (part): (typeof pages)[number] => [
      `a session’s ${part}`,
      () => `/admin/sessions/${sessionId}?part=${part}`,
      'Finding focus',
    ],
  ),
  ['a session’s room', () => `/admin/sessions/${sessionId}/join`, 'Finding focus'],
  ['check-in by a code', () => checkInPath, 'Lena Wolf'],
  ['hours', () => '/admin/hours', 'Hours'],
  ['rules', () => '/admin/rules', 'Rules'],
  ['rules of one’s own', () => '/admin/rules/own', 'Rules'],
  ['a rule', () => '/admin/rules/own/rule1', 'Rule 1'],
  ['a new rule', () => '/admin/rules/own/new?template=fridayAfternoon', 'New rule'],
  ['terms of cancelling', () => '/admin/rules/cancellation', 'Rules'],
  ['try it', () => `/admin/rules/try?date=${inThreeDays()}&time=10:00`, 'Rules'],
  ['simulator', () => '/admin/rules/simulator', 'Rules'],
  ['history of the rules', () => '/admin/rules/history', 'Rules'],
  ['business', () => '/admin/business', 'Business'],
  ['mails', () => '/admin/mails', 'Your mails'],
  ['set-up', () => '/admin/set-up?step=offer', 'What can clients book?'],
  ['set-up of hours', () => '/admin/set-up?step=hours', 'When can they book you?'],
  ['set-up of the look', () => '/admin/set-up?step=look', 'How does it look?'],
  ['set-up, done', () => '/admin/set-up?step=done', 'Your page is live'],
]

/** When a page is as it is to be looked at, where that isn't at once. */
const settled: Record<string, (page: Page) => Promise<void>> = {
  'calendar by the week': page => expect(page.locator('.fc')).toBeVisible(),
  'try it': async page => {
    await expect(page.getByRole('heading', { name: 'Why' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'What holds here' })).toBeVisible()
  },
  simulator: async page => {
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Answers' })).toBeVisible()
  },
}

function inThreeDays(): string {
  return new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
}

for (const [width, height] of [
  [1280, 900],
  [390, 844],
] as const) {
  test(`axe finds nothing serious on any staff page, ${width} px wide, and none is wider`, async ({
    browser,
  }) => {
    test.setTimeout(300_000)
    const context = await desk.open(browser, { viewport: { width, height } })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(error.message))
    for (const [name, path, heading] of pages) {
      await test.step(name, async () => {
        await visit(page, desk.at(path()))
        await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
        await settled[name]?.(page)
        await expectNoSeriousIssues(page)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(overflow).toBeLessThanOrEqual(0)
      })
    }
    expect(complaints).toEqual([])
    await context.close()
  })
}

const dialogs: [path: () => string, opener: string | RegExp, dialog: string | RegExp][] = [
  [() => '/admin', 'Shortcuts', 'Keyboard shortcuts'],
  [() => '/admin/requests', 'Decline Ana Pires', 'Decline Ana Pires?'],
  [() => '/admin/requests', 'Suggest other times to Jonas Berg', 'Suggest other times'],
  [() => '/admin/requests', 'Ask a question of Jonas Berg', 'Ask Jonas Berg'],
  [() => `/admin/bookings/${bookingId}`, 'Move', 'Choose another time'],
  [() => `/admin/sessions/${sessionId}`, 'Change seats', 'How many seats?'],
  [() => `/admin/sessions/${sessionId}`, 'Change the dates', 'When is it held instead?'],
  [() => `/admin/sessions/${sessionId}`, 'Coaches and listing', 'Coaches and listing'],
  [
    () => `/admin/sessions/${sessionId}?part=participants`,
    'Book a seat for a client',
    'Book a seat for a client',
  ],
  [() => `/admin/sessions/${sessionId}?part=materials`, 'Add to before', 'Add a material'],
  [
    () => '/admin/rules/cancellation',
    'Set other terms for One-on-one session',
    'Cancelling: One-on-one session',
  ],
  [() => '/admin/rules/own', 'Review and publish', 'Publish these changes?'],
  [() => '/admin/hours', 'Add a date', 'Add a day that differs'],
  [() => '/admin/hours', 'Add time off', 'Add time off'],
  [() => '/admin/hours', /^Copy Monday/, /^Copy Monday/],
  [() => '/admin/hours', /^Time zone of these hours/, 'Time zone'],
]

test('axe finds nothing serious in any dialog of the staff, and Escape closes each', async ({ browser }) => {
  test.setTimeout(300_000)
  const context = await desk.open(browser, { viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  for (const [path, opener, name] of dialogs) {
    await test.step(String(name), async () => {
      await visit(page, desk.at(path()))
      const button = page.getByRole('button', { name: opener, exact: true })
      await button.click()
      const dialog = page.getByRole('dialog', { name })
      await expect(dialog).toBeVisible()
      await expectNoSeriousIssues(page)
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await expect(button).toBeFocused()
    })
  }
  await context.close()
})
