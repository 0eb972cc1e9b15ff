import { expect, test } from '@playwright/test'
import { book, openBusiness, visit } from '#tests/support/desk.ts'

test('a request is approved on the desk while the client’s page changes by itself', async ({ browser }) => {
  const desk = await openBusiness({ allowFirmBooking: false })
  const { manageUrl } = await book(desk, 'Ana Pires')
  const client = await browser.newPage()
  await visit(client, manageUrl)
  await expect(client.getByRole('main')).toContainText(/waiting|approv/i)

  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/requests'))
  await expect(page.getByText('Instant booking is off: you approve every booking.')).toBeVisible()
  await expect(page.getByText(/Answer by .+ left/)).toBeVisible()
  await page.getByRole('button', { name: 'Approve Ana Pires' }).click()

  await expect(page.getByText('Nothing waits for you')).toBeVisible()
  await expect(page.getByText('Approved. Ana Pires gets a confirmation by e-mail.')).toBeVisible()
  await expect(client.getByRole('main')).toContainText(/confirmed/i)
  await client.close()
  await context.close()
})

test('requests come in by themselves and are answered with the keyboard alone', async ({ browser }) => {
  const desk = await openBusiness({ allowFirmBooking: false })
  const first = await book(desk, 'Ana Pires')
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/requests'))
  const cards = page.locator('[data-request]')
  await expect(cards).toHaveCount(1)
  const second = await book(desk, 'Jonas Berg', 2)
  await expect(cards).toHaveCount(2)
  await expect(page.getByRole('link', { name: /^Requests/ })).toContainText('2')

  await page.keyboard.press('j')
  await expect(page.locator(`[data-request="${first.id}"]`)).toBeFocused()
  await page.keyboard.press('j')
  await expect(page.locator(`[data-request="${second.id}"]`)).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('a')
  await expect(cards).toHaveCount(1)
  await expect(page.locator(`[data-request="${second.id}"]`)).toBeFocused()

  await page.keyboard.press('d')
  const dialog = page.getByRole('dialog', { name: 'Decline Jonas Berg?' })
  await dialog.getByText('I have no room left that week.').click()
  await dialog.getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByText('Nothing waits for you')).toBeVisible()
  expect((await desk.owner.query('bookings.get', { id: first.id })).data.status).toBe('CONFIRMED')
  const declined = async () => (await desk.owner.query('bookings.get', { id: second.id })).data
  const reason = 'I have no room left that week.'
  await expect.poll(declined).toMatchObject({ status: 'DECLINED', declineReason: reason })

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cards).toHaveCount(1)
  await context.close()
})

test('an approval that comes too late is taken back on the desk, with the reason', async ({ browser }) => {
  const desk = await openBusiness({ allowFirmBooking: false })
  const { id } = await book(desk, 'Ana Pires')
  const context = await desk.open(browser)
  const page = await context.newPage()
  await page.route('**/live?**', route => route.abort())
  await visit(page, desk.at('/admin/requests'))
  await desk.owner.mutate('bookings.decline', { id, reason: 'Not this week' })
  await page.getByRole('button', { name: 'Approve Ana Pires' }).click()
  await expect(page.getByRole('region', { name: /notification/ })).toContainText('Ana Pires:')
  await context.close()
})

test('a wish to move is shown with both times, and approving it moves the session', async ({ browser }) => {
  const desk = await openBusiness()
  const booked = await book(desk, 'Ana Pires')
  const { manageUrl, booking } = booked
  const startsAt = new Date(Date.parse(booking.startsAt) + 3 * 3_600_000).toISOString()
  const settings = (await desk.owner.query('coaches.settings', { coachId: desk.coachId })).data.settings
  await desk.owner.mutate('coaches.saveSettings', {
    coachId: desk.coachId,
    settings: { ...settings, allowFirmBooking: false },
  })
  await desk.visitor.mutate('bookings.reschedule', { token: manageUrl.split('/b/')[1], startsAt })

  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at(`/admin/bookings/${booked.id}`))
  await expect(page.getByText('Ana Pires would like to move this session')).toBeVisible()
  await page.getByRole('button', { name: 'Approve the new time' }).click()
  await expect(page.getByText('Ana Pires would like to move this session')).toBeHidden()
  expect((await desk.owner.query('bookings.get', { id: booked.id })).data.startsAt).toBe(startsAt)
  await context.close()
})
