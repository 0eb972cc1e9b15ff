import { devices, expect, type Page, test } from '@playwright/test'
import { type Desk, openBusiness, ready, tabTo, visit } from '#tests/support/desk.ts'

const phone = { ...devices['Pixel 7'], locale: 'en-GB', timezoneId: 'America/New_York' }

/** The free times on view. */
const times = (page: Page) => page.locator('[data-slot]')

async function typeDetails(page: Page, name = 'Ana Pires', email = 'ana@client.example') {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(email)
}

test('a client books at once on a phone: time, details, done', async ({ browser }) => {
  const desk = await openBusiness({ firmBookingThresholdHours: 0 })
  const context = await browser.newContext(phone)
  const page = await context.newPage()

  await page.goto(desk.at('/'))
  await page.getByRole('link', { name: 'Coaching' }).click()
  await expect(page.getByText('Times in America/New York')).toBeVisible()
  const slot = times(page).nth(1)
  await expect(slot).toContainText('Instant')
  const startsAt = await slot.getAttribute('data-slot')
  await slot.click()

  await expect(page.getByText('Held for you for')).toBeVisible()
  await expect(page.getByText('Confirmed at once.')).toBeVisible()
  await typeDetails(page)
  await page.getByRole('button', { name: 'Confirm booking' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You’re booked, Ana')
  await expect(page.getByText('We’ve sent a confirmation to ana@client.example.')).toBeVisible()
  await expect(page.getByText(/For Olivia Owner: .+ in Berlin \(GMT/)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Google' })).toHaveAttribute('href', /calendar\.google\.com/)
  await expect(page.getByRole('link', { name: 'Outlook' })).toHaveAttribute('href', /outlook\.live\.com/)
  await expect(page.getByRole('link', { name: 'Apple or other' })).toHaveAttribute('href', /calendar\.ics$/)

  const { bookings } = (await desk.owner.query('bookings.list', { limit: 5 })).data
  expect(bookings).toHaveLength(1)
  expect(bookings[0]).toMatchObject({
    status: 'FIRM_BOOKED',
    startsAt,
    client: { timeZone: 'America/New_York' },
  })
  await context.close()
})

test('what needs approval is asked for in so many words, and isn’t called confirmed', async ({ page }) => {
  const desk = await openBusiness({ allowFirmBooking: false })
  await page.goto(desk.at('/coaching'))
  await expect(times(page).first()).toContainText('Needs approval')
  await times(page).first().click()
  await expect(page.getByText('it isn’t confirmed until your coach says yes')).toBeVisible()
  await typeDetails(page)
  await page.getByRole('button', { name: 'Send request' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your request is sent')
  await expect(page.getByText('Awaiting approval')).toBeVisible()
  await expect(page.getByText(/^You’ll have an answer by/).first()).toBeVisible()
  await expect(page.getByText('Instant booking is off', { exact: false })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Google' })).toHaveCount(0)
})

test('a whole booking is made with the keyboard alone', async ({ page }) => {
  const desk = await openBusiness({ firmBookingThresholdHours: 0 })
  await page.goto(desk.at('/'))
  await page.waitForLoadState('networkidle')

  await tabTo(page, page.getByRole('link', { name: 'Coaching' }))
  await page.keyboard.press('Enter')
  const grid = page.getByRole('grid')
  await expect(grid).toBeVisible()
  await expect(times(page).first()).toBeVisible()
  const day = page.getByRole('grid').locator('[tabindex="0"]')
  await tabTo(page, day)
  const before = await page.locator('#times-heading').textContent()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.locator('#times-heading')).not.toHaveText(before!)
  await expect(times(page).first()).toBeVisible()
  await tabTo(page, times(page).nth(2))
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByText('Held for you for')).toBeVisible()
  await tabTo(page, page.getByLabel('Name'))
  await page.keyboard.type('Jonas Berg')
  await page.keyboard.press('Tab')
  await page.keyboard.type('jonas@client.example')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You’re booked, Jonas')
})

test('who loses a time to somebody faster keeps what was typed and takes one of the nearest', async ({
  browser,
}) => {
  const desk = await openBusiness({ firmBookingThresholdHours: 0 })
  const [fast, slow] = await Promise.all([browser.newContext(), browser.newContext(phone)])
  const [winner, loser] = await Promise.all([fast.newPage(), slow.newPage()])
  await Promise.all([winner.goto(desk.at('/coaching')), loser.goto(desk.at('/coaching'))])

  // The slow one's hold never arrives, as on a bad line; so both fill in the form for one time.
  await loser.route('**/trpc/holds.place', route => route.abort(), { times: 1 })
  const startsAt = await times(winner).nth(3).getAttribute('data-slot')
  const wanted = (page: Page) => page.locator(`[data-slot="${startsAt}"]`)
  await wanted(loser).click()
  await typeDetails(loser, 'Slow Sam', 'sam@client.example')
  await loser.getByLabel('What would you like').fill('My first words here')
  await wanted(winner).click()
  await typeDetails(winner, 'Fast Fay', 'fay@client.example')
  await winner.getByRole('button', { name: 'Confirm booking' }).click()
  await expect(winner.getByRole('heading', { level: 1 })).toHaveText('You’re booked, Fast')

  await loser.getByRole('button', { name: 'Book this time' }).click()
  const offered = loser.getByRole('alert')
  await expect(offered).toContainText('Nothing you typed is lost')
  const alternatives = offered.getByRole('button').filter({ hasNotText: 'See all times' })
  await expect(alternatives).toHaveCount(3)
  await alternatives.first().click()
  await expect(loser.getByText('Held for you for')).toBeVisible()
  await expect(loser.getByLabel('Name')).toHaveValue('Slow Sam')
  await expect(loser.getByLabel('What would you like')).toHaveValue('My first words here')
  await loser.getByRole('button', { name: 'Confirm booking' }).click()
  await expect(loser.getByRole('heading', { level: 1 })).toHaveText('You’re booked, Slow')
  await expect(loser.getByText('My first words here')).toBeVisible()
  await Promise.all([fast.close(), slow.close()])
})

test('a time that somebody takes goes from other open pages within two seconds, and is told', async ({
  browser,
}) => {
  const desk = await openBusiness({ firmBookingThresholdHours: 0 })
  const context = await browser.newContext()
  const [watching, alsoWatching] = [await context.newPage(), await context.newPage()]
  await Promise.all([watching.goto(desk.at('/coaching')), alsoWatching.goto(desk.at('/coaching'))])
  const slot = times(watching).nth(2)
  const startsAt = (await slot.getAttribute('data-slot'))!
  const { error } = await desk.visitor.mutate('holds.place', { offer: 'coaching', startsAt })
  expect(error).toBeNull()

  for (const page of [watching, alsoWatching]) {
    await expect(page.locator(`[data-slot="${startsAt}"]`)).toHaveCount(0, { timeout: 2_000 })
    await expect(page.getByText('is no longer free.')).toBeVisible()
  }
  await context.close()
})

test('when the ten minutes are over, what was typed stays and the time can still be booked', async ({
  page,
}) => {
  const desk = await openBusiness({ firmBookingThresholdHours: 0 })
  await page.clock.install()
  await page.goto(desk.at('/coaching'))
  await times(page).nth(4).click()
  await expect(page.getByText('Held for you for')).toBeVisible()
  await typeDetails(page)
  await page.clock.fastForward('10:01')
  await expect(page.getByText('Your ten minutes are over')).toBeVisible()
  await page.getByRole('button', { name: 'Confirm booking' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You’re booked, Ana')
})

test('day and coach lie in the address: going back works, and a link can be shared', async ({
  page,
  browser,
}) => {
  const desk = await openBusiness({ firmBookingThresholdHours: 0 })
  await visit(page, desk.at('/coaching'))
  await page.getByRole('button', { name: 'Next' }).first().click()
  await expect(page).toHaveURL(/month=/)
  await expect(times(page).first()).toBeVisible()
  await page.locator('[role=grid] [data-free]:not([data-disabled])').nth(2).click()
  await expect(page).toHaveURL(/date=/)
  const heading = (await page.locator('#times-heading').textContent())!
  const shared = page.url()

  await times(page).first().click()
  await expect(page.getByRole('heading', { name: 'Almost there' })).toBeVisible()
  await page.goBack()
  await expect(page.locator('#times-heading')).toHaveText(heading)

  const other = await browser.newPage()
  await other.goto(shared)
  await expect(other.locator('#times-heading')).toHaveText(heading)
  await other.close()
})

test('times follow the zone that is chosen, from then on', async ({ page }) => {
  const desk = await openBusiness({ firmBookingThresholdHours: 0 })
  await page.goto(desk.at('/coaching'))
  await expect(page.getByText('Times in Europe/Berlin')).toBeVisible()
  await page.getByRole('button', { name: 'Change time zone' }).click()
  await page.getByRole('searchbox').fill('kathmandu')
  await page.getByRole('option', { name: /Kathmandu/ }).click()
  await expect(page.getByText('Times in Asia/Kathmandu (GMT+5:45)')).toBeVisible()
  await expect(times(page).first()).toContainText(':45')
  await page.goto(desk.at('/coaching'))
  await expect(page.getByText('Times in Asia/Kathmandu')).toBeVisible()
})

test('a calendar for connected clients asks to connect, and a private one says how it is shared', async ({
  page,
}) => {
  const desk: Desk = await openBusiness({ calendarVisibility: 'connected' })
  await page.goto(desk.at('/coaching'))
  await expect(page.getByRole('heading', { name: 'Connect to see times' })).toBeVisible()
  await ready(page)
  await page.getByLabel('Your name').fill('Ana Pires')
  await page.getByLabel('E-mail').fill('ana@client.example')
  await page.getByRole('button', { name: 'Send me a link to sign in' }).click()
  await expect(page.getByText('a link to sign in is on its way')).toBeVisible()

  const hidden = await openBusiness({ calendarVisibility: 'private' })
  await page.goto(hidden.at('/coaching'))
  await expect(page.getByRole('heading', { name: 'Times are shared by invitation' })).toBeVisible()
})

test('times that don’t load are said so, and come when asked for again', async ({ page }) => {
  const desk = await openBusiness()
  const [offer] = (await desk.owner.query('offers.list')).data.offers
  await desk.owner.mutate('offers.manage.update', { id: offer.id, horizonDays: 90 })
  await page.route('**/trpc/slots.list*', route => route.abort())
  await page.goto(desk.at('/coaching'))
  await expect(times(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).first().click()
  await expect(page.getByText('The free times didn’t load')).toBeVisible({ timeout: 30_000 })
  await page.unroute('**/trpc/slots.list*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(times(page).first()).toBeVisible()
})

test('a page that is offline says so, and goes on when the connection is back', async ({ page }) => {
  const desk = await openBusiness()
  await page.goto(desk.at('/coaching'))
  await expect(times(page).first()).toBeVisible()
  await page.context().setOffline(true)
  await expect(page.getByText('You’re offline.')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText('You’re offline.')).toHaveCount(0)
  const startsAt = (await times(page).nth(2).getAttribute('data-slot'))!
  await desk.visitor.mutate('holds.place', { offer: 'coaching', startsAt })
  await expect(page.locator(`[data-slot="${startsAt}"]`)).toHaveCount(0)
})
