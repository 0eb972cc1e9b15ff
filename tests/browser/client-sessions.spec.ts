import { devices, expect, type Page, test } from '@playwright/test'
import { openBusiness, tabTo, visit } from '#tests/support/desk.ts'
import { bookSeats, openOffer, openSession } from '#tests/support/desk-sessions.ts'

const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, locale: 'en-GB' }

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const form = (page: Page) => page.locator('#book')

async function typeDetails(page: Page, name = 'Ana Pires', email = 'ana@client.example') {
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail').fill(email)
}

test('a client books two seats on a phone: date, seats, done', async ({ browser }) => {
  const desk = await openBusiness()
  const offer = await openOffer(desk, {
    terms: { capacity: 10, maxSeatsPerBooking: 4, groupDiscount: { seats: 2, percent: 10 } },
  })
  await openSession(desk, offer, [10])
  await openSession(desk, offer, [17])
  const context = await browser.newContext(phone)
  const page = await context.newPage()

  await visit(page, desk.at('/'))
  const card = page.getByRole('article').filter({ hasText: 'Peer circle' })
  await expect(card).toContainText('10 of 10 seats left')
  await card.getByRole('link').click()
  await expect(page.getByText(/Times in /)).toBeVisible()
  await expect(page.locator('[data-session]')).toHaveCount(2)
  await page.locator('[data-session]').first().getByRole('link').click()

  await expect(page.getByText('Held for you for')).toHaveCount(0)
  await form(page).getByRole('button', { name: 'Increase' }).click()
  await expect(form(page).getByText('Group of 2 or more, 10 % off')).toBeVisible()
  await expect(form(page).getByText('€63')).toBeVisible()
  await expect(page.getByText('Held for you for')).toBeVisible()
  await typeDetails(page)
  await page.getByLabel('Name of your guest').fill('Ben Okri')
  await page.getByRole('button', { name: 'Book 2 seats' }).click()

  await expect(heading(page)).toHaveText('You’re booked, Ana')
  await expect(page.getByText('You and Ben Okri')).toBeVisible()
  await expect(page.getByText('It’s online.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Google' })).toBeVisible()
  const { bookings } = (await desk.owner.query('bookings.list', { limit: 5 })).data
  expect(bookings).toMatchObject([
    { status: 'FIRM_BOOKED', seats: 2, guests: ['Ben Okri'], priceMinor: 6300 },
  ])
  await context.close()
})

test('who comes too late for the last seat is told so at once, keeps what was typed and takes another date', async ({
  browser,
}) => {
  const desk = await openBusiness()
  const offer = await openOffer(desk, { terms: { capacity: 1 } })
  const last = await openSession(desk, offer, [10])
  await openSession(desk, offer, [12])
  const [fast, slow] = await Promise.all([browser.newContext(), browser.newContext(phone)])
  const [winner, loser] = await Promise.all([fast.newPage(), slow.newPage()])
  const at = desk.at(`/circle/${last}`)
  await Promise.all([visit(winner, at), visit(loser, at)])

  // The slow one's hold never arrives, as on a bad line; so both fill in the form for one seat.
  await loser.route('**/trpc/holds.place', route => route.abort(), { times: 1 })
  await typeDetails(loser, 'Slow Sam', 'sam@client.example')
  await typeDetails(winner, 'Fast Fay', 'fay@client.example')
  await expect(winner.getByText('Held for you for')).toBeVisible()
  await winner.getByRole('button', { name: 'Book a seat' }).click()
  await expect(heading(winner)).toHaveText('You’re booked, Fast')

  await loser.getByRole('button', { name: 'Book a seat' }).click()
  const told = loser.getByRole('alert')
  await expect(told).toContainText('Nothing you typed is lost')
  await expect(told).toContainText('1 of 1 seat left')
  await told.getByRole('link').first().click()
  await expect(loser.getByText('Held for you for')).toBeVisible()
  await expect(loser.getByLabel('Name', { exact: true })).toHaveValue('Slow Sam')
  await loser.getByRole('button', { name: 'Book a seat' }).click()
  await expect(heading(loser)).toHaveText('You’re booked, Slow')
  await Promise.all([fast.close(), slow.close()])
})

test('seats that somebody takes or begins to book go from other open pages within two seconds', async ({
  browser,
}) => {
  const desk = await openBusiness()
  const offer = await openOffer(desk, { terms: { capacity: 3, maxSeatsPerBooking: 3 } })
  const session = await openSession(desk, offer)
  const context = await browser.newContext()
  const [list, single, home] = [await context.newPage(), await context.newPage(), await context.newPage()]
  await Promise.all([
    visit(list, desk.at('/circle')),
    visit(single, desk.at(`/circle/${session}`)),
    visit(home, desk.at('/')),
  ])
  await Promise.all([list, single, home].map(page => page.waitForLoadState('networkidle').catch(() => {})))
  await bookSeats(desk, session, 'Ben Okri')
  for (const page of [list, single, home]) {
    await expect(page.getByText('2 of 3 seats left').first()).toBeVisible({ timeout: 2_000 })
  }
  await bookSeats(desk, session, 'Cleo Sand', { seats: 2 })
  for (const page of [list, single]) {
    await expect(page.getByText('Full').first()).toBeVisible({ timeout: 2_000 })
  }
  await expect(single.getByText('All seats of this session are taken.')).toBeVisible()
  await expect(form(single)).toHaveCount(0)
  await context.close()
})

test('a workshop tells its dates, place, price and deposit, and asks how one takes part', async ({
  page,
}) => {
  const desk = await openBusiness()
  const offer = await openOffer(desk, {
    ...{ kind: 'workshop', slug: 'leading', title: 'Leading through change', priceMinor: 40_000 },
    terms: {
      ...{ format: 'hybrid', capacity: 8, onlineCapacity: 20 },
      venue: {
        address: 'Torstraße 140, Berlin',
        mapUrl: 'https://maps.example/here',
        travelNote: 'Third floor',
      },
      phases: [
        { name: 'early_bird', priceMinor: 32_000, endsDaysBefore: 20, seats: null },
        { name: 'regular', priceMinor: 40_000, endsDaysBefore: null, seats: null },
      ],
      deposit: { amountMinor: 10_000, balanceDaysBefore: 14 },
      minimum: { seats: 6, decidesDaysBefore: 7, otherwise: 'cancel' },
    },
  })
  const session = await openSession(desk, offer, [40, 41])
  await visit(page, desk.at('/leading'))
  const card = page.locator('[data-session]')
  await expect(card.getByRole('list', { name: '2 dates' }).getByRole('listitem')).toHaveCount(2)
  await expect(card).toContainText('€320deposit €100')
  await expect(card).toContainText(/Early bird until .+, then €400/)
  await expect(card).toContainText(/0 of 6 needed, decided /)
  await card.getByRole('link').click()
  await expect(page).toHaveURL(desk.at(`/leading/${session}`))

  await expect(page.getByRole('link', { name: 'Show on a map' })).toHaveAttribute(
    'href',
    'https://maps.example/here',
  )
  await expect(form(page)).toContainText(/Balance, due .+€220/)
  await expect(form(page)).toContainText('Whether it is held is decided by')
  await page.getByRole('button', { name: 'Book a seat' }).click()
  await expect(page.getByText('Please choose one.')).toBeVisible()
  await expect(page.getByText('Please tell us your name.')).toBeVisible()
  await expect(page.getByRole('radio', { name: /^In person/ })).toBeFocused()
  await typeDetails(page)
  await page.locator('label', { hasText: 'In person' }).click()
  await expect(page.getByText('Held for you for')).toBeVisible()
  await page.getByRole('button', { name: 'Book a seat' }).click()

  await expect(heading(page)).toHaveText('You’re booked, Ana')
  await expect(page.getByText('Torstraße 140, Berlin')).toBeVisible()
  await expect(page.getByText(/Balance, due/)).toBeVisible()
  await expect(page.getByText(/1 of 6 needed, decided /)).toBeVisible()
  await expect(page.getByText('It’s online.')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Show the code' })).toBeVisible()
})

test('where the coach approves each seat the button asks, and the page says that it isn’t confirmed', async ({
  page,
}) => {
  const desk = await openBusiness()
  const offer = await openOffer(desk, { terms: { approval: true, chat: true } })
  const session = await openSession(desk, offer)
  await visit(page, desk.at(`/circle/${session}`))
  await typeDetails(page)
  await page.getByRole('button', { name: 'Request a seat' }).click()
  await expect(heading(page)).toHaveText('Your request is sent')
  await expect(page.getByText('Awaiting approval')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Chat' })).toHaveCount(0)
})

test('an unlisted session is booked by its address alone, and one that is nowhere isn’t found', async ({
  page,
}) => {
  const desk = await openBusiness()
  const offer = await openOffer(desk)
  const session = await openSession(desk, offer, [10], { listing: 'unlisted' })
  await visit(page, desk.at('/circle'))
  await expect(page.getByText('No dates just now')).toBeVisible()
  await visit(page, desk.at(`/another-name/${session}`))
  await expect(page).toHaveURL(desk.at(`/circle/${session}`))
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex')
  await expect(page.getByRole('button', { name: 'Book a seat' })).toBeVisible()

  for (const path of ['/circle/nothing', `/circle/${crypto.randomUUID()}`]) {
    expect((await page.goto(desk.at(path)))!.status()).toBe(404)
  }
})

test('seats are chosen and booked with the keyboard alone', async ({ page }) => {
  const desk = await openBusiness()
  const offer = await openOffer(desk, { terms: { maxSeatsPerBooking: 3 } })
  const session = await openSession(desk, offer)
  await visit(page, desk.at(`/circle/${session}`))
  await page.getByRole('textbox', { name: 'Seats' }).focus()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('button', { name: 'Book 2 seats' })).toBeVisible()
  await tabTo(page, page.getByLabel('Name', { exact: true }))
  await page.keyboard.type('Jonas Berg')
  await page.keyboard.press('Tab')
  await page.keyboard.type('jonas@client.example')
  await page.keyboard.press('Enter')
  await expect(heading(page)).toHaveText('You’re booked, Jonas')
  await expect(heading(page)).toBeFocused()
})
