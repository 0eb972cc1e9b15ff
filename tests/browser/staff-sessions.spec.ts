import { expect, type Page, test } from '@playwright/test'
import { book, openBusiness, visit } from '#tests/support/desk.ts'

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

test('a group that meets every week is made from nothing, and clients see each of its dates', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const desk = await openBusiness()
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/sessions'))
  await page.getByRole('link', { name: 'Make an offer for groups' }).click()

  await page.getByText('Group session', { exact: true }).click()
  await expect(page.getByText('When it can be booked')).toBeHidden()
  await field(page, 'Title').fill('Evening circle')
  await field(page, 'Price').fill('40')
  await field(page, 'Seats').fill('8')
  await page.getByText('Early bird', { exact: true }).click()
  await field(page, 'Early price').fill('30')
  await field(page, 'Until').fill('7')
  await field(page, 'Until').blur()
  await expect(page.getByText('Early bird €30 until 7 days before, then €40.')).toBeVisible()
  await page.getByText('Less for groups', { exact: true }).click()
  await save(page)

  await expect(page.getByText('“Evening circle” is made. Now choose when it is held.')).toBeVisible()
  await page.getByText('Repeating', { exact: true }).click()
  await page.getByText('After so many times').click()
  await field(page, 'How many times').fill('4')
  await field(page, 'How many times').blur()
  await expect(page.getByText(/^Every week on \w+ at 18:00, 4 times$/)).toBeVisible()
  const dates = page.getByRole('region', { name: 'The dates' }).getByRole('listitem')
  await expect(dates).toHaveCount(4)
  await expect(page.getByText(/^Early bird €30 until .+, 18:00, then €40\.$/)).toBeVisible()
  await save(page)

  await expect(page.getByText('4 sessions are made.')).toBeVisible()
  const rows = page.getByRole('link', { name: /Evening circle.*0 of 8 seats/ })
  await expect(rows).toHaveCount(4)
  const { sessions } = (await desk.visitor.query('sessions.list', { offer: 'evening-circle' })).data
  expect(sessions).toHaveLength(4)
  expect(sessions[0]).toMatchObject({
    canBook: true,
    capacity: { total: 8 },
    maxSeatsPerBooking: 3,
    price: { amountMinor: 3000 },
  })

  await rows.first().click()
  await page.getByRole('button', { name: 'End the schedule' }).click()
  const question = page.getByRole('alertdialog', { name: 'End the schedule?' })
  await question.getByRole('button', { name: 'End it' }).click()
  await expect(page.getByText('The schedule has ended. Sessions that were made stay.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'End the schedule' })).toBeHidden()
  await context.close()
})

test('a workshop on two dates shows what is in its way, where its deadlines lead, and what is wrong', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const desk = await openBusiness()
  const { booking } = await book(desk, 'Ana Pires')
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/offers/new'))
  await page.getByText('Workshop', { exact: true }).click()
  await field(page, 'Title').fill('Finding focus')
  await field(page, 'Price').fill('200')
  await page.getByText('In person', { exact: true }).click()
  await save(page)
  await expect(page.getByText('Say where people meet.').first()).toBeVisible()
  await expect(field(page, 'Address').first()).toBeFocused()
  await field(page, 'Address').first().fill('Torstraße 1, Berlin')
  await page.getByText('Deposit', { exact: true }).click()
  await field(page, 'Deposit for a seat').fill('300')
  await page.getByText('Needs a minimum', { exact: true }).click()
  await field(page, 'At least').fill('6')
  await save(page)
  const tooMuch = 'The deposit is more than a seat costs at its lowest price. Lower it.'
  await expect(page.getByText(tooMuch).first()).toBeVisible()
  await field(page, 'Deposit for a seat').fill('50')
  await save(page)

  await expect(page.getByRole('heading', { level: 1, name: 'New session' })).toBeVisible()
  const day = new Date(booking.startsAt).toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' })
  const time = new Date(booking.startsAt).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })
  const [year, month, date] = day.split('-') as [string, string, string]
  const segment = (name: string | RegExp) => page.getByRole('spinbutton', { name }).first()
  await segment(/^day, /).click()
  await page.keyboard.type(`${date}${month}${year}`)
  await segment(/^hour, /).click()
  await page.keyboard.type(`${time.slice(0, 2)}00`)
  const preview = page.getByRole('region', { name: 'The dates' })
  await expect(preview.getByText('Taken: Olivia Owner')).toBeVisible()
  await save(page)
  await expect(page.getByText(/it would have been decided already/).first()).toBeVisible()
  await field(page, 'Decided').fill('1')
  await field(page, 'Decided').blur()
  await save(page)
  await expect(page.getByText(/Olivia Owner is taken on/).first()).toBeVisible()

  await segment(/^year, /).click()
  await page.keyboard.type(String(Number(year) + 1))
  await page.getByText('Several dates', { exact: true }).click()
  await expect(preview.getByText('Free')).toHaveCount(2)
  await save(page)
  await expect(page.getByText('The session is made.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Finding focus' })).toBeVisible()
  await expect(page.getByText('0 of 6 needed', { exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Terms' }).click()
  const minimum = page.getByRole('textbox', { name: 'Decided' })
  await expect(minimum).toHaveAccessibleDescription(/^= .+, \d\d:00$/)
  await field(page, 'At least').fill('60')
  await field(page, 'At least').blur()
  await save(page)
  await expect(page.getByText(/There are 12 seats in all/).first()).toBeVisible()
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stay here' }).click()
  await field(page, 'At least').fill('2')
  await field(page, 'At least').blur()
  await save(page)
  await expect(page.getByText('The terms are saved. What is booked already keeps its price.')).toBeVisible()
  await context.close()
})
