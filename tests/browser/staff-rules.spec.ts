import { expect, test } from '@playwright/test'
import { openBusiness, visit } from '#tests/support/desk.ts'

test('a change of the rules is read out first, and then shows on the client’s slot list by itself', async ({
  browser,
}) => {
  const desk = await openBusiness({ firmBookingThresholdHours: 0 })
  const client = await browser.newPage()
  await visit(client, desk.at('/coaching'))
  const slots = client.locator('[data-slot]')
  await expect(slots.first()).toBeVisible()
  await expect(client.getByText('Instant', { exact: true }).first()).toBeVisible()

  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/rules'))
  const reading = page.getByRole('region', { name: 'How it reads' })
  await expect(reading).toContainText('Clients are confirmed at once')
  await page.getByText('Instant booking', { exact: true }).click()
  await expect(reading).toContainText('You approve every booking.')
  await expect(reading).toContainText('once they are saved')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Your rules are saved.')).toBeVisible()
  await expect(reading).toContainText('As it counts now.')

  await expect(client.getByText('Needs approval').first()).toBeVisible()
  await expect(client.getByText('Instant', { exact: true })).toHaveCount(0)

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(client.getByText('Instant', { exact: true }).first()).toBeVisible()
  await client.close()
  await context.close()
})

test('limits warn of what is hardly meant, and leaving with changes asks first', async ({ browser }) => {
  const desk = await openBusiness()
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/rules'))
  await page.getByRole('textbox', { name: /Most sessions a day/ }).fill('5')
  await page.getByRole('textbox', { name: /Most sessions a week/ }).fill('3')
  await page.keyboard.press('Tab')
  await expect(page.getByText('The limit for the week is reached before the one for a day.')).toBeVisible()

  await page.getByRole('link', { name: 'Offers' }).click()
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Stay here' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Rules' })).toBeVisible()
  await page.getByRole('link', { name: 'Offers' }).click()
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Offers' })).toBeVisible()
  const { settings } = (await desk.owner.query('coaches.settings', { coachId: desk.coachId })).data
  expect(settings.maxSessionsPerDay).toBeNull()
  await context.close()
})
