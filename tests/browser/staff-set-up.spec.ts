import { expect, type Page, test } from '@playwright/test'
import { newBusiness, ready, visit } from '#tests/support/desk.ts'
import { apex } from '#tests/support/site.ts'

/** Every field that a page shows, groups of choices counted once. */
function fieldsOn(page: Page): Promise<number> {
  return page.locator('main').evaluate(main => {
    const fields = main.querySelectorAll(
      'input:not([type=hidden], [type=radio], [type=checkbox], [tabindex="-1"]), select, textarea, [role=radiogroup], [aria-haspopup=dialog], [role=group]:not(:has(input)), [type=file]',
    )
    const groups = [...main.querySelectorAll('[role=group]:has([type=checkbox])')]
    const inFieldset = [...fields].filter(field => field.closest('fieldset'))
    const fieldsets = new Set(inFieldset.map(field => field.closest('fieldset')))
    return fields.length - inFieldset.length + fieldsets.size + groups.length
  })
}

test('from sign-up to a first test booking, with at most 15 fields', async ({ page }) => {
  test.setTimeout(120_000)
  const slug = `from-nothing-${Date.now().toString(36)}`
  let fields = 0

  await visit(page, apex('/sign-up'))
  fields += await fieldsOn(page)
  await page.getByLabel('Name of your business').fill('From Nothing Coaching')
  await page.getByLabel('Address of your site').fill(slug)
  await expect(page.getByText('This address is free')).toBeVisible()
  await page.getByLabel('Your name').fill('Nora Nothing')
  await page.getByLabel('Your e-mail').fill(`nora@${slug}.example`)
  await page.getByLabel('A password').fill('a long enough password')
  await page.getByRole('button', { name: 'Make my site' }).click()

  await page.waitForURL(new RegExp(`^http://${slug}\\.localhost`))
  await page.getByRole('button', { name: 'Set up my site' }).click()
  await expect(page.getByRole('heading', { name: 'What can clients book?' })).toBeVisible()
  await ready(page)
  fields += await fieldsOn(page)
  await page.getByText('Coaching session').click()
  await page.getByRole('button', { name: 'Continue' }).click()

  await expect(page.getByRole('heading', { name: 'When can they book you?' })).toBeFocused()
  fields += await fieldsOn(page)
  await page.getByText('Saturday').click()
  await page.getByRole('button', { name: 'Continue' }).click()

  await expect(page.getByRole('heading', { name: 'How does it look?' })).toBeFocused()
  fields += await fieldsOn(page)
  await page.getByRole('button', { name: /^Purple/ }).click()
  await page.getByRole('button', { name: 'Continue' }).click()

  await expect(page.getByRole('heading', { name: 'Your page is live' })).toBeVisible()
  await expect(page.getByRole('link', { name: new RegExp(`^${slug}\\.localhost`) })).toBeVisible()
  expect(fields).toBeGreaterThan(8)
  expect(fields).toBeLessThanOrEqual(15)

  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: /Book as a test client/ }).click()
  const client = await opened
  await ready(client)
  await client.locator('[data-slot]').first().click()
  await client.getByLabel('Name').fill('Test Client')
  await client.getByLabel('E-mail').fill('test@client.example')
  await client.getByRole('button', { name: /Confirm booking|Send request/ }).click()
  await client.waitForURL(/\/b\//)

  await page.getByRole('link', { name: 'Open your calendar' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Calendar' })).toBeVisible()
  await expect(page.getByText('Your page isn’t set up yet')).toBeHidden()
  await page.getByRole('link', { name: 'Bookings', exact: true }).click()
  await expect(page.getByRole('link', { name: /Test Client/ })).toBeVisible()
})

test('the set-up can be left and taken up again where it was left', async ({ browser }) => {
  const desk = await newBusiness()
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/set-up'))
  await page.getByText('Deep dive').click()
  await page.getByRole('button', { name: 'Change title, length or price' }).click()
  await expect(page.getByLabel('Title')).toHaveValue('Deep dive')
  await page.getByLabel('Title').fill('Clarity day')
  await page.getByRole('textbox', { name: 'Length' }).fill('240')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'When can they book you?' })).toBeVisible()
  await page.getByRole('link', { name: 'Skip for now' }).click()
  await expect(page.getByText('Your page isn’t set up yet')).toBeVisible()

  await page.getByRole('link', { name: 'Finish setting up' }).click()
  await expect(page.getByRole('heading', { name: 'When can they book you?' })).toBeVisible()
  const { offers } = (await desk.owner.query('offers.manage.list')).data
  expect(offers).toMatchObject([{ title: 'Clarity day', durationMinutes: 240, priceMinor: 12_000 }])
  await context.close()
})
