import { type Browser, expect, type Page, test } from '@playwright/test'
import { book, type Desk, openBusiness, visit } from '#tests/support/desk.ts'

test('a coach suggests two times, and the client takes one with a tap: confirmed on both sides by itself', async ({
  browser,
}) => {
  const { desk, id, client, staff } = await askedFor(browser)
  await staff.getByRole('button', { name: 'Suggest other times to Ana Pires' }).click()
  const dialog = staff.getByRole('dialog', { name: 'Suggest other times' })
  const slots = dialog.locator('[data-slot]')
  const second = await slots.nth(1).getAttribute('data-slot')
  await slots.nth(0).click()
  await slots.nth(1).click()
  await expect(dialog.getByRole('status')).toContainText('2 of up to five chosen')
  await expect(dialog.getByText(/Held for Ana Pires until/)).toBeVisible()
  await dialog.getByLabel(/A message for Ana Pires/).fill('I teach that morning.')
  await dialog.getByRole('button', { name: 'Suggest 2 times' }).click()
  await expect(staff.getByText(/Waiting for the client until/)).toBeVisible()

  const offered = client.getByRole('button', { name: /Accept$/ })
  await expect(offered).toHaveCount(2)
  await expect(client.getByText('I teach that morning.')).toBeVisible()
  await expect(client.getByText(/^Times in America\/New York/).first()).toBeVisible()
  await expect(client.getByText(/Held for you until .+ left/)).toBeVisible()
  await offered.nth(1).tap()
  await expect(client.getByRole('heading', { level: 1, name: 'You’re booked, Ana' })).toBeFocused()
  await expect(staff.getByText('Nothing waits for you')).toBeVisible()
  const { data } = await desk.owner.query('bookings.get', { id })
  expect(data).toMatchObject({ status: 'CONFIRMED', confirmedBy: 'client', startsAt: second })
  await close(client, staff)
})

test('a question is asked at the desk and answered on the phone, and then it is the coach’s turn again', async ({
  browser,
}) => {
  const { client, staff } = await askedFor(browser)
  await staff.getByRole('button', { name: 'Ask a question of Ana Pires' }).click()
  const dialog = staff.getByRole('dialog', { name: 'Ask Ana Pires' })
  await dialog.getByLabel('Your question').fill('What is it about?')
  await dialog.getByRole('button', { name: 'Send the question' }).click()
  await expect(staff.getByText('Info needed')).toBeVisible()

  await expect(client.getByRole('heading', { level: 1, name: 'Olivia Owner has a question' })).toBeVisible()
  await client.getByLabel('Your answer').fill('A new job.')
  await client.getByRole('button', { name: 'Send the answer' }).tap()
  await expect(client.getByText('You: A new job.')).toBeVisible()
  await expect(staff.getByText('Client answered')).toBeVisible()
  await expect(staff.getByText('A new job.')).toBeVisible()
  await staff.getByRole('button', { name: 'Approve Ana Pires' }).click()
  await expect(client.getByText('Your session is confirmed').first()).toBeVisible()
  await close(client, staff)
})

test('a second choice goes with the request, and one tap of the coach confirms it', async ({ browser }) => {
  const desk = await openBusiness({ allowFirmBooking: false })
  const client = await phone(browser)
  await visit(client, desk.at('/coaching'))
  await client.locator('[data-slot]').last().tap()
  await client.getByRole('button', { name: 'Add a second choice' }).tap()
  const picker = client.getByRole('dialog', { name: 'Second choice' })
  const slot = picker.locator('[data-slot]:not([aria-pressed=true])').first()
  const second = await slot.getAttribute('data-slot')
  await slot.tap()
  await expect(client.getByRole('button', { name: 'Add a third choice' })).toBeVisible()
  await client.getByLabel('Name').fill('Ana Pires')
  await client.getByLabel('E-mail').fill('ana@client.example')
  await client.getByRole('button', { name: 'Send request' }).tap()
  await expect(client.getByText('Your other choices')).toBeVisible()

  const staff = await atDesk(desk, browser)
  await staff.getByRole('button', { name: /^Approve this time: .+ for Ana Pires$/ }).click()
  await expect(client.getByRole('heading', { level: 1, name: 'You’re booked, Ana' })).toBeVisible()
  const { data } = await desk.owner.query('bookings.list', { status: ['CONFIRMED'] })
  expect(data.bookings[0].startsAt).toBe(second)
  await close(client, staff)
})

test('several requests are answered at once, after a look at what would happen, and within seconds taken back', async ({
  browser,
}) => {
  const desk = await openBusiness({ allowFirmBooking: false })
  const first = await book(desk, 'Ana Pires')
  await book(desk, 'Jonas Berg', 2)
  const third = await book(desk, 'Lena Wolf', 4)
  const staff = await atDesk(desk, browser)
  const cards = staff.locator('[data-request]')
  await staff.keyboard.press('j')
  await staff.keyboard.press('x')
  await staff.keyboard.press('j')
  await staff.keyboard.press('j')
  await staff.keyboard.press('Shift+X')
  await expect(staff.getByText('3 of 3 selected')).toBeVisible()
  await desk.owner.mutate('bookings.decline', { id: third.id, reason: 'Not this week' })
  await expect(cards).toHaveCount(2)

  await staff.getByRole('button', { name: 'Approve 2' }).click()
  const dialog = staff.getByRole('dialog', { name: 'Approve 2 requests?' })
  await expect(dialog.getByText('Will be approved')).toBeVisible()
  await dialog.getByRole('button', { name: 'Approve 2' }).click()
  await expect(staff.getByText('About to be approved')).toHaveCount(2)
  await staff.getByRole('button', { name: 'Undo' }).click()
  await expect(staff.getByText('About to be approved')).toHaveCount(0)

  await staff.getByRole('checkbox', { name: 'Select Ana Pires' }).click()
  await staff.getByRole('checkbox', { name: 'Select Jonas Berg' }).click({ modifiers: ['Shift'] })
  await staff.keyboard.press('d')
  await staff.getByText('I have no room left that week.').click()
  await staff.getByRole('dialog').getByRole('button', { name: 'Decline 2' }).click()
  // What was said is kept even where the page is closed before the seconds are over.
  await staff.close()
  const ofFirst = async () => (await desk.owner.query('bookings.get', { id: first.id })).data.status
  await expect.poll(ofFirst).toBe('DECLINED')
})

/** A request with its client's page on a phone and the queue at the desk, both open. */
async function askedFor(browser: Browser) {
  const desk = await openBusiness({ allowFirmBooking: false })
  const { id, manageUrl } = await book(desk, 'Ana Pires')
  const client = await phone(browser)
  await visit(client, manageUrl)
  return { desk, id, client, staff: await atDesk(desk, browser) }
}

async function phone(browser: Browser): Promise<Page> {
  const viewport = { width: 390, height: 844 }
  const context = await browser.newContext({ viewport, hasTouch: true, timezoneId: 'America/New_York' })
  return context.newPage()
}

async function atDesk(desk: Desk, browser: Browser): Promise<Page> {
  const context = await desk.open(browser, { viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await visit(page, desk.at('/admin/requests'))
  return page
}

async function close(...pages: Page[]): Promise<void> {
  for (const page of pages) await page.context().close()
}
