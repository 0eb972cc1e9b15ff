import { expect, test } from '@playwright/test'
import { book, linkInMail, newBusiness, openBusiness } from '#tests/support/desk.ts'
import { apex } from '#tests/support/site.ts'

test('an owner signs up on the apex host and comes to the own site, signed in', async ({ page }) => {
  const slug = `maple-${Date.now().toString(36)}`
  const { slug: taken } = await newBusiness()
  await page.goto(apex('/'))
  await page.getByRole('main').getByRole('link', { name: 'Set up your business' }).click()
  await page.getByLabel('Name of your business').fill('Maple & Co')
  await expect(page.getByLabel('Address of your site')).toHaveValue('maple-co')
  await page.getByLabel('Address of your site').fill(taken)
  await expect(page.getByText('Taken.')).toBeVisible()
  await page.getByLabel('Address of your site').fill(slug)
  await expect(page.getByText('This address is free')).toBeVisible()
  await page.getByLabel('Your name').fill('Mina Maple')
  await page.getByLabel('Your e-mail').fill(`mina@${slug}.example`)
  await expect(page.getByRole('button', { name: /Time zone.+Berlin/ })).toBeVisible()
  await expect(page.getByLabel('Currency')).toHaveValue('GBP')

  await page.getByLabel('A password').fill('mapleco')
  await page.getByRole('button', { name: 'Make my site' }).click()
  await expect(page.getByLabel('A password')).toBeFocused()
  await expect(page.getByLabel('Your name')).toHaveValue('Mina Maple')
  await page.getByLabel('A password').fill('a long enough password')
  await page.getByRole('button', { name: 'Make my site' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Maple & Co is yours')
  expect(new URL(page.url()).hostname).toBe(`${slug}.localhost`)
  await page.getByRole('button', { name: 'Set up my site' }).click()
  await expect(page).toHaveURL(/\/admin\/set-up/)
})

test('a client signs in by a link in a mail; opening the link alone signs nobody in', async ({ page }) => {
  const desk = await openBusiness()
  const { client } = (await book(desk, `Ana ${desk.slug}`)).booking
  await page.goto(desk.at('/sign-in'))
  await page.getByLabel('E-mail').fill(client.email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByText('a mail with a link is on its way')).toBeVisible()

  await page.goto(await linkInMail(page, `Sign in to Business ${desk.slug}`, 'Sign in'))
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await page.goto(desk.at('/coaching'))
  await page.locator('[data-slot]').last().click()
  await expect(page.getByLabel('E-mail')).toHaveValue(client.email)

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
})

test('staff sign in with a password, come to the desk, and get a new password by mail', async ({ page }) => {
  const desk = await openBusiness()
  await page.goto(desk.at('/admin/requests'))
  await page.getByLabel('E-mail').fill(desk.email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This address and password don’t belong together.')).toBeVisible()
  await expect(page.getByLabel('Password')).toBeFocused()
  await expect(page.getByLabel('E-mail')).toHaveValue(desk.email)
  await page.getByLabel('Password').fill(desk.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(desk.at('/admin/requests'))

  await page.context().clearCookies()
  await page.goto(desk.at('/sign-in?with=password'))
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('E-mail').fill(desk.email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  const subject = `A new password for Business ${desk.slug}`
  await page.goto(await linkInMail(page, subject, 'Choose a new password'))
  await page.getByLabel('New password').fill('quite another password')
  await page.getByRole('button', { name: 'Save and sign in' }).click()
  await expect(page).toHaveURL(desk.at('/admin'))
})

test('sign-in leads to pages of this business only', async ({ page }) => {
  const desk = await openBusiness()
  await page.goto(desk.at('/sign-in?with=password&next=//elsewhere.example/'))
  await page.getByLabel('E-mail').fill(desk.email)
  await page.getByLabel('Password').fill(desk.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(desk.at('/admin'))
})
