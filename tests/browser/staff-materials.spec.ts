import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { openBusiness, visit } from '#tests/support/desk.ts'
import { bookSeats, openOffer, openSession } from '#tests/support/desk-sessions.ts'
import { samples } from '#tests/support/uploads.ts'

test('a coach sends a file by keyboard, with its faults said, and a participant saves it', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const desk = await openBusiness()
  const sessionId = await openSession(desk, await openOffer(desk))
  const { manageUrl } = await bookSeats(desk, sessionId, 'Clara Client')
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at(`/admin/sessions/${sessionId}?part=materials`))
  await page
    .getByRole('button', { name: /^Add to/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog', { name: 'Add a material' })
  const field = dialog.getByRole('group', { name: 'File' })
  const choose = field.getByRole('button', { name: 'Choose a file' })

  const opened = page.waitForEvent('filechooser')
  await choose.focus()
  await page.keyboard.press('Enter')
  await (await opened).setFiles({
    name: 'page.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('<!doctype html>'),
  })
  await expect(field.getByRole('alert')).toContainText('Files of this type can’t be kept here.')
  await expect(choose).toBeFocused()

  const again = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (await again).setFiles({ name: 'To read.txt', mimeType: 'text/plain', buffer: samples.text })
  await expect(field.getByRole('status')).toContainText('To read.txt')
  await expect(field.getByRole('button', { name: 'Remove To read.txt' })).toBeFocused()
  await expect(dialog.getByLabel('Title')).toHaveValue('To read')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('“To read” is added.')).toBeVisible()

  const client = await browser.newPage()
  await visit(client, manageUrl)
  const download = client.waitForEvent('download')
  await client
    .getByRole('link', { name: /To read/ })
    .first()
    .click()
  expect((await readFile(await (await download).path())).equals(samples.text)).toBe(true)
  await client.close()
  await context.close()
})

test('sending shows how far it is and can be stopped', async ({ browser }) => {
  test.setTimeout(120_000)
  const desk = await openBusiness()
  const sessionId = await openSession(desk, await openOffer(desk))
  const context = await desk.open(browser)
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  await visit(page, desk.at(`/admin/sessions/${sessionId}?part=materials`))
  await page
    .getByRole('button', { name: /^Add to/ })
    .first()
    .click()
  const field = page.getByRole('dialog').getByRole('group', { name: 'File' })
  await network.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 },
  })
  const chosen = page.waitForEvent('filechooser')
  await field.getByRole('button', { name: 'Choose a file' }).click()
  const buffer = Buffer.concat([samples.mp4], 20_000_000)
  await (await chosen).setFiles({ name: 'film.mp4', mimeType: 'video/mp4', buffer })
  const bar = field.getByRole('progressbar', { name: 'Sending film.mp4' })
  await expect(bar).toBeVisible()
  await expect(field.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(field.getByRole('button', { name: 'Choose a file' })).toBeFocused()
  await expect(field.getByRole('alert')).toBeHidden()
  await context.close()
})
