import { expect, test } from '@playwright/test'
import { book, type Desk, openBusiness, signInByMail, visit } from '#tests/support/desk.ts'

test('a rule for VIPs, made from nothing, confirms at once in a VIP’s browser what was a request before', async ({
  browser,
}) => {
  const desk = await openBusiness({ allowFirmBooking: false })
  const { client } = (await book(desk, 'Vera Ives')).booking
  await tag(desk, client.email, 'VIP')
  const [vip, stranger] = [await browser.newPage(), await browser.newPage()]
  await signInByMail(vip, desk, client.email)
  for (const page of [vip, stranger]) {
    await visit(page, desk.at('/coaching'))
    await expect(page.locator('[data-slot]').first()).toContainText('Needs approval')
  }

  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/rules'))
  await page
    .getByRole('navigation', { name: 'Pages about rules' })
    .getByRole('link', { name: 'Rules' })
    .click()
  await page.getByRole('link', { name: 'Make a rule' }).click()
  const reading = page.getByRole('region', { name: 'How it reads' })
  await page.getByRole('button', { name: /^Everybody For/ }).click()
  await page.getByRole('option', { name: 'Clients with a tag' }).click()
  await expect(reading).toContainText('Choose whom the rule is for.')
  await page.getByLabel('Tag', { exact: true }).selectOption('VIP')
  await page.getByText('It is made easier').click()
  await expect(reading).toContainText('VIP')

  await page.getByRole('button', { name: 'Add a condition' }).click()
  await page.getByLabel('What it depends on').selectOption('Price')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Choose a value, or remove this condition.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Value for “Price”' }).fill('100')
  await page.getByLabel('How “Price” compares').selectOption('is at most')
  await page.keyboard.press('Tab')
  await expect(reading).toContainText('€100')
  await page.getByLabel('Name').fill('VIPs book at once')
  await page.getByRole('button', { name: 'Save', exact: true }).click()

  await expect(page.getByText('“VIPs book at once” is in your draft.')).toBeVisible()
  await expect(page.getByText('Draft saved · 1 change')).toBeVisible()
  await expect(vip.locator('[data-slot]').first()).toContainText('Needs approval')
  await page.getByRole('button', { name: 'Review and publish' }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish these changes?' })
  await expect(dialog).toContainText('All bookings to come still fit.')
  await dialog.getByLabel('Why?').fill('They asked for it')
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('Published as version 1.')).toBeVisible()

  await expect(vip.getByText('Instant', { exact: true }).first()).toBeVisible()
  await visit(stranger, desk.at('/coaching'))
  await expect(stranger.locator('[data-slot]').first()).toContainText('Needs approval')
  await vip.locator('[data-slot]').last().click()
  await vip.getByRole('button', { name: 'Confirm booking' }).click()
  await expect(vip.getByRole('heading', { level: 1 })).toHaveText('You’re booked, Vera')

  await page.getByRole('link', { name: 'History' }).click()
  const newest = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Version 1' })
  await expect(newest).toContainText('They asked for it')
  await Promise.all([vip.close(), stranger.close(), context.close()])
})

test('presets fill in the basics, and show what would change before they are saved', async ({ browser }) => {
  const desk = await openBusiness({ allowFirmBooking: false })
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/rules'))
  await page.getByText('Careful', { exact: true }).click()
  const reading = page.getByRole('region', { name: 'How it reads' })
  await expect(reading.locator('del')).toContainText(['You approve every booking.'])
  await expect(reading.locator('ins').first()).toContainText('Connected clients are confirmed at once')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Your rules are saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Your former rules are back.')).toBeVisible()
  await expect(reading).toContainText('You approve every booking.')
  await context.close()
})

async function tag({ owner }: Desk, email: string, ...tags: string[]) {
  const { clients } = (await owner.query('clients.list', { query: email })).data
  await owner.mutate('clients.setTags', { clientId: clients[0].clientId, tags })
}
