import { expect, type Page, test } from '@playwright/test'
import { book, expectNoSeriousIssues, openBusiness } from '#tests/support/desk.ts'
import { bookSeats, openOffer, openSession } from '#tests/support/desk-sessions.ts'
import { apex } from '#tests/support/site.ts'

interface Shown {
  name: string
  url: string
  heading: string
  /** Brings the page into the state that is looked at. */
  prepare?: (page: Page) => Promise<void>
}

const opened = (button: string) => async (page: Page) => {
  await page.getByRole('button', { name: button }).click()
  await expect(page.locator('[role=dialog], [role=alertdialog]')).toBeVisible()
  await page.waitForTimeout(500)
}

async function pagesOfRapport(): Promise<Shown[]> {
  const desk = await openBusiness()
  return [
    { name: 'landing', url: apex('/'), heading: 'Booking that keeps to your terms' },
    { name: 'sign-up', url: apex('/sign-up'), heading: 'Set up your business' },
    { name: 'find', url: apex('/find'), heading: 'Find my business' },
    { name: 'mailbox', url: apex('/mail'), heading: 'Mailbox' },
    { name: 'business', url: desk.at('/'), heading: desk.slug },
    { name: 'sign-in', url: desk.at('/sign-in'), heading: 'Sign in' },
    { name: 'sign-in with password', url: desk.at('/sign-in?with=password'), heading: 'Sign in' },
    { name: 'mail link', url: desk.at('/link/abc'), heading: 'Welcome to' },
    { name: 'new password', url: desk.at('/reset/abc'), heading: 'Choose a new password' },
    { name: 'nothing there', url: desk.at('/no-such-offer'), heading: 'Nothing here' },
  ]
}

async function pagesOfBooking(): Promise<Shown[]> {
  const desk = await openBusiness({ firmBookingThresholdHours: 60 })
  const gated = await openBusiness({ calendarVisibility: 'connected' })
  const asked = await book(desk, 'Ana Pires')
  const over = await book(desk, 'Jonas Berg', 1)
  await desk.owner.mutate('bookings.cancel', { id: over.id, reason: 'I am ill' })
  const firm = await book(desk, 'Mia Sand', 20)
  const offered = await book(desk, 'Lena Wolf', 2)
  const times = [3, 4].map(hours => new Date(Date.parse(offered.booking.startsAt) + hours * 3_600_000))
  await desk.owner.mutate('bookings.propose', { id: offered.id, times, message: 'I teach then.' })
  const questioned = await book(desk, 'Ben Okri', 2)
  await desk.owner.mutate('bookings.ask', { id: questioned.id, question: 'What is it about?' })
  return [
    {
      name: 'offer',
      url: desk.at('/coaching'),
      heading: 'Coaching',
      prepare: page => expect(page.locator('[data-slot]').first()).toBeVisible(),
    },
    {
      name: 'time zones',
      url: desk.at('/coaching'),
      heading: 'Coaching',
      prepare: opened('Change time zone'),
    },
    { name: 'connect', url: gated.at('/coaching'), heading: 'Coaching' },
    {
      name: 'details',
      url: desk.at('/coaching'),
      heading: 'Coaching',
      async prepare(page) {
        await page.locator('[data-slot]').last().click()
        await page.getByRole('button', { name: /Confirm booking|Send request/ }).click()
        await expect(page.getByText('Please tell us your name.')).toBeVisible()
      },
    },
    { name: 'request', url: asked.manageUrl, heading: 'Waiting for Olivia Owner' },
    { name: 'suggested times', url: offered.manageUrl, heading: 'Olivia Owner suggests other times' },
    {
      name: 'none fits',
      url: offered.manageUrl,
      heading: 'Olivia Owner suggests other times',
      prepare: opened('None of these fits'),
    },
    { name: 'question', url: questioned.manageUrl, heading: 'Olivia Owner has a question' },
    { name: 'firm booking', url: firm.manageUrl, heading: 'Your session is confirmed' },
    {
      name: 'cancelling',
      url: firm.manageUrl,
      heading: 'Your session is confirmed',
      prepare: opened('Cancel the session'),
    },
    {
      name: 'moving',
      url: firm.manageUrl,
      heading: 'Your session is confirmed',
      prepare: opened('Change the time'),
    },
    { name: 'cancelled', url: over.manageUrl, heading: 'Olivia Owner had to cancel' },
  ]
}

/** Sessions of an offer, one that is full among them, and what those who take part see of one. */
async function pagesOfSessions(): Promise<Shown[]> {
  const desk = await openBusiness()
  const offer = await openOffer(desk, {
    ...{ kind: 'workshop', priceMinor: 40_000 },
    terms: {
      ...{ format: 'hybrid', capacity: 2, onlineCapacity: 9, maxSeatsPerBooking: 3, chat: true },
      ...{ participantList: true, certificate: { title: 'Leading', minutes: null } },
      venue: { address: 'Torstraße 140, Berlin', mapUrl: 'https://maps.example/', travelNote: 'Third floor' },
      phases: [
        { name: 'early_bird', priceMinor: 32_000, endsDaysBefore: 20, seats: 4 },
        { name: 'regular', priceMinor: 40_000, endsDaysBefore: null, seats: null },
      ],
      deposit: { amountMinor: 10_000, balanceDaysBefore: 14 },
      minimum: { seats: 4, decidesDaysBefore: 7, otherwise: 'cancel' },
    },
  })
  const session = await openSession(desk, offer, [40, 41])
  const circle = await openOffer(desk, { slug: 'small', title: 'Small circle', terms: { capacity: 1 } })
  const full = await openSession(desk, circle, [10])
  await openSession(desk, circle, [12])
  await bookSeats(desk, full, 'Cleo Sand')
  const booked = await bookSeats(desk, session, 'Ana Pires', { mode: 'in_person', seats: 2 })
  const { manageUrl } = booked
  const handle = { token: new URL(manageUrl).pathname.split('/').at(-1) }
  await desk.owner.mutate('posts.create', { sessionId: session, text: 'We meet upstairs.', isUpdate: true })
  const link = { url: 'https://example.com/', title: 'Read this' }
  await desk.owner.mutate('materials.add', { sessionId: session, phase: 'before', ...link })
  await desk.owner.mutate('materials.add', { sessionId: session, phase: 'after', ...link })
  for (const text of ['Hello, who comes by train?', 'See https://example.com/trains'])
    await desk.visitor.mutate('posts.create', { handle, text })
  await desk.visitor.mutate('sessions.showMe', { handle, shownAs: 'Ana' })
  return [
    { name: 'dates of an offer', url: desk.at('/circle'), heading: 'Peer circle' },
    {
      name: 'session',
      url: desk.at(`/circle/${session}`),
      heading: 'Peer circle',
      async prepare(page) {
        await page.locator('label', { hasText: 'Online' }).click()
        await page.getByRole('button', { name: 'Increase' }).click()
        await expect(page.getByText('Held for you for')).toBeVisible()
        await page.getByRole('button', { name: 'Book 2 seats' }).click()
        await expect(page.getByText('Please tell us your name.')).toBeVisible()
      },
    },
    { name: 'full session', url: desk.at(`/small/${full}`), heading: 'Small circle' },
    {
      name: 'seats booked',
      url: manageUrl,
      heading: 'Your seats are booked',
      prepare: page => expect(page.getByText('who comes by train?')).toBeVisible(),
    },
    { name: 'code', url: manageUrl, heading: 'Your seats are booked', prepare: opened('Show the codes') },
    {
      name: 'other date',
      url: manageUrl,
      heading: 'Your seats are booked',
      prepare: opened('Change the date'),
    },
    {
      name: 'way in',
      url: `${(await bookSeats(desk, session, 'Ben Okri', { mode: 'online' })).manageUrl}/join`,
      heading: 'Peer circle',
    },
    { name: 'no certificate', url: desk.at('/certificates/ABCDEFGHJKMN'), heading: 'No certificate' },
  ]
}

for (const accent of ['#ffd400', '#7ee0c0', '#e11d8f', '#0b1020']) {
  test(`a business whose colour is ${accent} can be read`, async ({ page }) => {
    const desk = await openBusiness({ firmBookingThresholdHours: 0 })
    await desk.owner.mutate('tenants.update', { accent })
    const { manageUrl } = await book(desk, 'Ana Pires')
    for (const url of [desk.at('/'), desk.at('/coaching'), manageUrl, desk.at('/sign-in')]) {
      await page.goto(url)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectNoSeriousIssues(page)
    }
  })
}

const groups = [
  ['the pages before a booking', pagesOfRapport],
  ['the pages of a booking', pagesOfBooking],
  ['the pages of sessions', pagesOfSessions],
] as const

for (const [what, pagesOf] of groups) {
  for (const [width, height] of [
    [390, 844],
    [1280, 900],
  ] as const) {
    test(`axe finds nothing serious on ${what}, ${width} px wide, and none is wider`, async ({ browser }) => {
      test.setTimeout(180_000)
      const context = await browser.newContext({ viewport: { width, height } })
      const page = await context.newPage()
      for (const { name, url, heading, prepare } of await pagesOf()) {
        await test.step(name, async () => {
          await page.goto(url)
          await expect(page.getByRole('heading', { level: 1 })).toContainText(heading)
          await prepare?.(page)
          await expectNoSeriousIssues(page)
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          expect(overflow).toBeLessThanOrEqual(0)
        })
      }
      await context.close()
    })
  }
}
