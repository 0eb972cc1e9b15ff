import { expect, test } from '@playwright/test'
import { openBusiness } from '#tests/support/desk.ts'

const MOST = 150_000

test('the first load of the booking page carries at most 150 kB of JavaScript', async ({ page }) => {
  const desk = await openBusiness()
  const scripts = new Map<string, { bytes: number; encoding: string | undefined }>()
  page.on('response', async response => {
    if (response.request().resourceType() !== 'script') return
    const { responseBodySize: bytes } = await response.request().sizes()
    scripts.set(response.url(), { bytes, encoding: response.headers()['content-encoding'] })
  })
  await page.goto(desk.at('/coaching'), { waitUntil: 'networkidle' })
  await expect(page.locator('[data-slot]').first()).toBeVisible()

  expect(scripts.size).toBeGreaterThan(3)
  for (const [url, { encoding }] of scripts) expect(encoding, url).toBe('br')
  const total = [...scripts.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  test.info().annotations.push({ type: 'JavaScript', description: `${total} bytes in ${scripts.size} files` })
  expect(total).toBeLessThanOrEqual(MOST)
})
