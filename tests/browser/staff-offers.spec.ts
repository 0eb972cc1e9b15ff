import { expect, test } from '@playwright/test'
import { openBusiness, visit } from '#tests/support/desk.ts'

test('an offer is made, put first, seen by clients, and withdrawn after a question', async ({ browser }) => {
  const desk = await openBusiness()
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/offers/new'))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Give it a title.').first()).toBeVisible()
  await page.getByLabel('Title').fill('Walk and talk')
  const price = page.getByRole('textbox', { name: 'Price' })
  await price.fill('80.50')
  await price.blur()
  await expect(price).toHaveValue('€80.50')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Clients can now book “Walk and talk”.')).toBeVisible()

  await page.getByRole('button', { name: 'Move Walk and talk up' }).click()
  const titles = page.getByRole('heading', { level: 2 })
  await expect(titles).toHaveText(['Walk and talk', 'Coaching'])
  const client = await browser.newPage()
  await visit(client, desk.at('/'))
  await expect(client.getByText('Walk and talk')).toBeVisible()
  await expect(client.getByText('€80.50')).toBeVisible()
  const { offers } = (await desk.visitor.query('offers.list')).data
  expect(offers.map((offer: { title: string }) => offer.title)).toEqual(['Walk and talk', 'Coaching'])
  expect(offers[0]).toMatchObject({ slug: 'walk-and-talk', priceMinor: 8050 })

  await page.getByRole('link', { name: 'Walk and talk' }).click()
  await page.getByText('Can be booked', { exact: true }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const question = page.getByRole('alertdialog', { name: 'Stop offering “Walk and talk”?' })
  await question.getByRole('button', { name: 'Stop offering it' }).click()
  await expect(page.getByText('Not bookable')).toBeVisible()
  expect((await visit(client, desk.at('/walk-and-talk')))?.status()).toBe(404)
  await client.close()
  await context.close()
})

test('the business’s name, colour and logo appear on its page', async ({ browser }) => {
  const desk = await openBusiness()
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/business'))
  await page.getByLabel('Business name').fill('Brisk Walks')
  await page.getByLabel('Colour as a code').fill('#ffe14d')
  await expect(
    page.getByText(/^Dark text on it has a contrast of \d+\.\d : 1, easy to read\.$/),
  ).toBeVisible()
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await page.locator('input[type=file]').setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from(png, 'base64'),
  })
  await expect(page.getByAltText('Your logo')).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved. Your page looks like this from now on.')).toBeVisible()

  const client = await browser.newPage()
  await visit(client, desk.at('/'))
  await expect(client.getByRole('banner')).toContainText('Brisk Walks')
  const logo = client.getByRole('banner').locator('img')
  expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  expect(await client.evaluate(() => document.documentElement.style.getPropertyValue('--accent'))).toBe(
    '#ffe14d',
  )
  await client.close()
  await context.close()
})
