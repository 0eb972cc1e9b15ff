import { expect, test } from '@playwright/test'
import { apex, site } from '#tests/support/site.ts'

test('the product is alive, reaches its database and works on its jobs', async ({ page }) => {
  expect((await page.goto(apex('/healthz')))?.status()).toBe(200)
  expect((await page.goto(apex('/readyz')))?.status()).toBe(200)
})

test('the address of no business gets a plain 404', async ({ page }) => {
  const answer = await page.goto(site('nobody-here'))
  expect(answer?.status()).toBe(404)
  expect(answer?.headers()['content-type']).toContain('text/plain')
})
