import { expect, type Page, test } from '@playwright/test'
import { Client } from 'pg'
import { book, type Desk, expectNoSeriousIssues, openBusiness } from '#tests/support/desk.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 1 })

/** A firm booking two days ahead, on its own page as the mail's link opens it. */
async function openBooking(page: Page, settings: Record<string, unknown> = { firmBookingThresholdHours: 0 }) {
  const desk = await openBusiness(settings)
  const booking = await book(desk, 'Ana Pires')
  await page.goto(booking.manageUrl)
  return { desk, id: booking.id as string }
}

/** Moves a session into the past, as only time itself can do. */
async function letPass(id: string): Promise<void> {
  const client = new Client(process.env.RAPPORT_TEST_DATABASE)
  await client.connect()
  await client.query(
    `UPDATE session_dates SET starts_at = starts_at - interval '9 days', ends_at = ends_at - interval '9 days'
     WHERE session_id = (SELECT session_id FROM bookings WHERE id = $1)`,
    [id],
  )
  await client.end()
}

/** Lets a session start in a little less than five hours. */
async function bringNear(id: string): Promise<void> {
  const client = new Client(process.env.RAPPORT_TEST_DATABASE)
  await client.connect()
  await client.query(
    `UPDATE session_dates SET starts_at = now() + interval '295 minutes', ends_at = now() + interval '355 minutes'
     WHERE session_id = (SELECT session_id FROM bookings WHERE id = $1)`,
    [id],
  )
  await client.query(`UPDATE bookings SET created_at = created_at - interval '1 day' WHERE id = $1`, [id])
  await client.end()
}

async function statusOf(desk: Desk, id: string): Promise<string> {
  return (await desk.owner.query('bookings.get', { id })).data.status
}

test('a session is moved to another time from its own page, and stays the same booking', async ({ page }) => {
  const { desk, id } = await openBooking(page)
  const before = (await desk.owner.query('bookings.get', { id })).data
  await page.getByRole('button', { name: 'Change the time' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('[data-slot]').nth(5).click()
  await expect(dialog).toContainText('It moves at once, and the old time becomes free.')
  await dialog.getByRole('button', { name: 'Move the session' }).click()
  await expect(dialog).toHaveCount(0)

  const after = (await desk.owner.query('bookings.get', { id })).data
  expect(after.startsAt).not.toBe(before.startsAt)
  expect(after.calendar).toMatchObject({ uid: before.calendar.uid, sequence: before.calendar.sequence + 1 })
  await expect(heading(page)).toHaveText('Your session is confirmed')
})

test('a move that needs approval leaves the old time in place, and can be taken back', async ({ page }) => {
  const { desk, id } = await openBooking(page, { firmBookingThresholdHours: 24 })
  await page.getByRole('button', { name: 'Change the time' }).click()
  const dialog = page.getByRole('dialog')
  const soon = dialog.locator('[role=grid] [data-free]:not([data-disabled])').first()
  await soon.click()
  await dialog.locator('[data-slot]', { hasText: 'Needs approval' }).first().click()
  await expect(dialog).toContainText('Until then your session stays where it is.')
  await dialog.getByRole('button', { name: 'Ask to move' }).click()

  await expect(page.getByText('A new time waits for approval')).toBeVisible()
  expect((await desk.owner.query('bookings.get', { id })).data.move).toMatchObject({ status: 'pending' })
  await page.getByRole('button', { name: 'Keep the old time' }).click()
  await expect(page.getByText('A new time waits for approval')).toHaveCount(0)
})

test('a session is cancelled after a question, and that is undone', async ({ page }) => {
  const { desk, id } = await openBooking(page)
  await page.getByRole('button', { name: 'Cancel the session' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Cancel your session?')
  expect(await statusOf(desk, id)).toBe('FIRM_BOOKED')
  await question.getByLabel('A word for').fill('Something came up')
  await question.getByRole('button', { name: 'Cancel the session' }).click()

  await expect(heading(page)).toHaveText('You cancelled this session')
  expect(await statusOf(desk, id)).toBe('CANCELLED')
  await page.getByRole('button', { name: 'Undo the cancellation' }).click()
  await expect(heading(page)).toHaveText('Your session is confirmed')
  expect(await statusOf(desk, id)).toBe('FIRM_BOOKED')
})

test('cancelling late says what it costs before it does, and the coach can waive that', async ({
  page,
  browser,
}) => {
  const desk = await openBusiness({ firmBookingThresholdHours: 0 })
  const [offer] = (await desk.owner.query('offers.manage.list')).data.offers
  await desk.owner.mutate('offers.manage.update', { id: offer.id, priceMinor: 8000 })
  const { id, manageUrl } = await book(desk, 'Ana Pires')
  await page.goto(manageUrl)
  await expect(page.getByText('Cancel now: €80 back')).toBeVisible()
  await expect(page.getByText(/^After .*: nothing back$/)).toBeVisible()
  await expectNoSeriousIssues(page)

  await bringNear(id)
  await page.reload()
  await expect(page.getByText('Cancel now: nothing back')).toBeVisible()
  await page.getByRole('button', { name: 'Change the time' }).click()
  await expect(page.getByRole('dialog')).toContainText('It starts soon, so Olivia Owner decides')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Cancel the session' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Nothing comes back of €80. No refund: it starts in 4 hours.')
  await question.getByRole('button', { name: 'Cancel the session' }).click()
  await expect(page.getByText('Nothing comes back of €80')).toBeVisible()

  const office = await (await desk.open(browser)).newPage()
  await office.goto(desk.at(`/admin/bookings/${id}`))
  await expect(office.getByText('Ana Pires owes a fee of €80.')).toBeVisible()
  await office.getByRole('button', { name: 'Waive the fee' }).click()
  const waiver = office.getByRole('alertdialog')
  await waiver.getByRole('button', { name: 'Waive €80' }).click()
  await expect(waiver).toContainText('Say why the fee is waived.')
  await waiver.getByLabel('Why, for your records').fill('Her train was cancelled')
  await waiver.getByRole('button', { name: 'Waive €80' }).click()
  await expect(office.getByText('€80 waived by Olivia Owner')).toBeVisible()
  await expect(page.getByText('A fee of €80 was waived.')).toBeVisible()
})

test('what the coach does changes the page by itself', async ({ page }) => {
  const { desk, id } = await openBooking(page, { allowFirmBooking: false })
  await expect(heading(page)).toHaveText('Waiting for Olivia Owner')
  await desk.owner.mutate('bookings.decline', { id, reason: 'I’m at a conference that day.' })
  await expect(heading(page)).toHaveText('Olivia Owner can’t make this time', { timeout: 2_000 })
  await expect(page.getByText('I’m at a conference that day.').first()).toBeVisible()
  await page.getByRole('link', { name: 'Choose another time' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Coaching')
})

test('notes show changed at once, and come back when saving them fails', async ({ page }) => {
  const { desk, id } = await openBooking(page)
  const notes = page.getByLabel('What would you like to talk about?')
  await page.getByRole('button', { name: 'Add notes' }).click()
  await notes.fill('The new team')
  await page.getByRole('button', { name: 'Save notes' }).click()
  await expect(page.getByText('The new team')).toBeVisible()
  await expect
    .poll(async () => (await desk.owner.query('bookings.get', { id })).data.clientNotes)
    .toBe('The new team')

  await page.route('**/trpc/bookings.saveNotes', route => route.abort())
  await page.getByRole('button', { name: 'Change notes' }).click()
  await notes.fill('Something else')
  await page.getByRole('button', { name: 'Save notes' }).click()
  await expect(page.getByText('We couldn’t reach the server.', { exact: false })).toBeVisible()
  await expect(notes).toHaveValue('Something else')
  await page.getByRole('button', { name: 'Don’t change' }).click()
  await expect(page.getByText('The new team')).toBeVisible()
})

test('after the session the client says how it was, and can change it', async ({ page }) => {
  const { desk, id } = await openBooking(page)
  await letPass(id)
  await page.reload()
  await expect(heading(page)).toHaveText('This session is over')
  await page.getByRole('button', { name: 'Send feedback' }).click()
  await expect(page.getByText('Please choose one to five stars.')).toBeVisible()
  await page.locator('label', { hasText: '4: Very good' }).click()
  await page.getByLabel('What should we know?').fill('Thank you')
  await page.getByRole('button', { name: 'Send feedback' }).click()
  await expect(page.getByText('Thank you for your feedback')).toBeVisible()
  const { feedback } = (await desk.owner.query('bookings.get', { id })).data
  expect(feedback).toEqual({ rating: 4, comment: 'Thank you' })

  await page.reload()
  await page.getByRole('button', { name: 'Change it' }).click()
  await expectNoSeriousIssues(page)
})

test('the page is for whoever has its link, changes nothing by being opened, and isn’t indexed', async ({
  page,
}) => {
  const { desk, id } = await openBooking(page)
  const answer = (await page.reload())!
  expect(answer.headers()['x-robots-tag']).toContain('noindex')
  expect(await statusOf(desk, id)).toBe('FIRM_BOOKED')

  const forged = page.url().replace(/.$/, last => (last === 'A' ? 'Q' : 'A'))
  expect((await page.goto(forged))!.status()).toBe(404)
  await expect(heading(page)).toHaveText('Nothing here')
  const other = await openBusiness()
  expect((await page.goto(other.at(new URL(answer.url()).pathname)))!.status()).toBe(404)
})
