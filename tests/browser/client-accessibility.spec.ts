import { expect, type Page, test } from '@playwright/test'
import { book, expectNoSeriousIssues, openBusiness } from '#tests/support/desk.ts'
import { apex } from '#tests/support/site.ts'

interface Shown {
  name: string
  url: string
  heading: string
  /** Brings the page into the state that is looked at. */
  prepare?: (page: Page) => Promise<void>
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
  const open = (button: string) => async (page: Page) => {
    await page.getByRole('button', { name: button }).click()
    await expect(page.locator('[role=dialog], [role=alertdialog]')).toBeVisible()
    await page.waitForTimeout(500)
  }
  return [
    {
      name: 'offer',
      url: desk.at('/coaching'),
      heading: 'Coaching',
      prepare: page => expect(page.locator('[data-slot]').first()).toBeVisible(),
    },
    { name: 'time zones', url: desk.at('/coaching'), heading: 'Coaching', prepare: open('Change time zone') },
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
    { name: 'firm booking', url: firm.manageUrl, heading: 'Your session is confirmed' },
    {
      name: 'cancelling',
      url: firm.manageUrl,
      heading: 'Your session is confirmed',
      prepare: open('Cancel the session'),
    },
    {
      name: 'moving',
      url: firm.manageUrl,
      heading: 'Your session is confirmed',
      prepare: open('Change the time'),
    },
    { name: 'cancelled', url: over.manageUrl, heading: 'Olivia Owner had to cancel' },
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
