import { expect, test } from '@playwright/test'
import { book, openBusiness, visit } from '#tests/support/desk.ts'
import { site } from '#tests/support/site.ts'

test('whoever isn’t signed in is asked to sign in, and comes back to where they wanted', async ({ page }) => {
  const desk = await openBusiness()
  await visit(page, desk.at('/admin/offers?from=mail'))
  await expect(page).toHaveURL(desk.at(`/sign-in?next=${encodeURIComponent('/admin/offers?from=mail')}`))
  await page.getByLabel('E-mail').fill(desk.email)
  await page.getByLabel('Password').fill(desk.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(desk.at('/admin/offers?from=mail'))
  await expect(page.getByRole('heading', { level: 1, name: 'Offers' })).toBeVisible()
})

test('another business’s ids lead nowhere, and its address knows no one from here', async ({ browser }) => {
  const [ours, theirs] = [await openBusiness(), await openBusiness()]
  const { id } = await book(theirs, 'Ana Pires')
  const { offers } = (await theirs.owner.query('offers.manage.list')).data
  const context = await ours.open(browser)
  const page = await context.newPage()

  const foreign = [
    `/admin/bookings/${id}`,
    `/admin/offers/${offers[0].id}`,
    `/admin/hours?coach=${theirs.coachId}`,
  ]
  for (const path of [...foreign, `/admin/rules?coach=${theirs.coachId}`]) {
    const answer = await visit(page, ours.at(path))
    expect(answer?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
    await expect(page.getByText('Ana Pires')).toBeHidden()
  }
  const calendar = await visit(page, ours.at(`/admin?coach=${theirs.coachId}`))
  expect(calendar?.status()).toBe(404)

  const value = ours.owner.cookies.get('rapport_session')!
  await context.addCookies([{ name: 'rapport_session', value, url: site(theirs.slug), httpOnly: true }])
  await visit(page, theirs.at('/admin/requests'))
  await expect(page).toHaveURL(theirs.at(`/sign-in?next=${encodeURIComponent('/admin/requests')}`))
  await context.close()
})

test('a client who is signed in isn’t let into the staff’s part', async ({ page }) => {
  const desk = await openBusiness()
  await book(desk, 'Ana Pires')
  await visit(page, desk.at('/sign-in'))
  await page.getByLabel('E-mail').fill('ana.pires@client.example')
  await page.getByRole('button', { name: /link/i }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  await visit(page, desk.at('/admin'))
  await expect(page).toHaveURL(/\/sign-in/)
})
