import { expect, test } from '@playwright/test'
import { book, change, openBusiness, visit } from '#tests/support/desk.ts'

test('the calendar shows a booking come in, be moved and go, without being touched', async ({ browser }) => {
  const desk = await openBusiness()
  const context = await desk.open(browser)
  const page = await context.newPage()
  const day = (startsAt: string) =>
    new Date(startsAt).toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' })
  const inTwoDays = day(new Date(Date.now() + 2 * 86_400_000).toISOString())
  await visit(page, desk.at(`/admin?date=${inTwoDays}`))
  await expect(page.locator('.fc')).toBeVisible()

  const { booking, manageUrl } = await book(desk, 'Ana Pires')
  if (day(booking.startsAt) !== inTwoDays) await visit(page, desk.at(`/admin?date=${day(booking.startsAt)}`))
  const entry = page.getByRole('link', { name: /Ana Pires/ })
  await expect(entry).toContainText('Booked')
  await expect(page.locator('.fc-timegrid-event-harness').first()).toHaveCSS('position', 'absolute')

  await change(desk, { allowFirmBooking: false })
  const startsAt = new Date(Date.parse(booking.startsAt) + 2 * 3_600_000).toISOString()
  await desk.visitor.mutate('bookings.reschedule', { token: manageUrl.split('/b/')[1], startsAt })
  await expect(page.getByRole('link', { name: /Would like to move here/ })).toBeVisible()

  await entry.first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ana Pires' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel booking' }).click()
  const question = page.getByRole('alertdialog', { name: 'Cancel this booking?' })
  await question.getByLabel('Reason for your client').fill('I’m ill, sorry.')
  await question.getByRole('button', { name: 'Cancel booking' }).click()
  await expect(page.getByText('“I’m ill, sorry.”')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('“I’m ill, sorry.”')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Cancel booking' })).toBeVisible()
  await context.close()
})

test('weeks, days and the list are reached by keys, and the address remembers them', async ({ browser }) => {
  const desk = await openBusiness()
  await book(desk, 'Ana Pires')
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin'))
  const title = page.getByRole('heading', { level: 2 }).first()
  const thisWeek = await title.textContent()
  await page.keyboard.press('n')
  await expect(title).not.toHaveText(thisWeek ?? '')
  await page.keyboard.press('p')
  await expect(title).toHaveText(thisWeek ?? '')
  await page.keyboard.press('l')
  await expect(page).toHaveURL(/view=list/)
  await page.keyboard.press('d')
  await expect(page).toHaveURL(/view=day/)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toContainText('Show one day')
  await help.getByText('Use shortcuts in this browser').click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('w')
  await expect(page).toHaveURL(/view=day/)
  await context.close()
})

test('a coach moves a session to another free time and keeps notes that save themselves', async ({
  browser,
}) => {
  const desk = await openBusiness()
  const { id, booking } = await book(desk, 'Ana Pires')
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at(`/admin/bookings/${id}`))
  await page.getByRole('textbox', { name: 'Your notes' }).fill('Wants to change jobs.')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Move', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('[data-slot]').first().click()
  await expect(dialog.getByRole('heading', { name: 'Move the session?' })).toBeVisible()
  await expect(dialog).toContainText('America/New York time')
  await dialog.getByRole('button', { name: 'Move it' }).click()
  await expect(page.getByText('Moved. Ana Pires is told by e-mail.')).toBeVisible()

  const moved = (await desk.owner.query('bookings.get', { id })).data
  expect(moved.startsAt).not.toBe(booking.startsAt)
  expect(moved.coachNotes).toBe('Wants to change jobs.')
  expect(
    (await desk.visitor.query('bookings.get', { token: booking.manageUrl.split('/b/')[1] })).data,
  ).not.toHaveProperty('coachNotes')
  await context.close()
})
