import { expect, type Page, test } from '@playwright/test'
import { expectData } from '#tests/support/builders.ts'
import { type Desk, openBusiness } from '#tests/support/desk.ts'

const pusher = () => new URL(process.env.RAPPORT_TEST_PUSHER!)
const times = (page: Page) => page.locator('[data-slot]')

/** Has the business tell its pages by Pusher. */
async function usePusher({ owner }: Desk) {
  const { username: key, password: secret, origin, pathname } = pusher()
  const config = { appId: pathname.split('/')[2]!, key, server: origin }
  expectData(await owner.mutate('plugins.save', { pluginId: 'pusher', config, secrets: { secret } }))
  expectData(await owner.mutate('plugins.enable', { pluginId: 'pusher' }))
}

const hold = (desk: Desk, startsAt: string) =>
  desk.visitor.mutate('holds.place', { offer: 'coaching', startsAt })

/** Waits until Pusher said that it follows: then the page compares versions. */
const followed = (page: Page) =>
  page.waitForResponse(
    answer => answer.url().endsWith('/live/auth') && !answer.request().postDataJSON().socketId,
  )

test('a page whose business uses Pusher sees a slot go, also one that went while it was cut off', async ({
  page,
}) => {
  const desk = await openBusiness()
  await usePusher(desk)
  const streams: string[] = []
  const sockets: string[] = []
  page.on('request', request => {
    if (new URL(request.url()).pathname === '/live') streams.push(request.url())
  })
  page.on('websocket', socket => sockets.push(socket.url()))
  const following = followed(page)
  const response = await page.goto(desk.at('/coaching'))
  expect(response!.headers()['content-security-policy']).toContain(
    `connect-src 'self' ws://${pusher().host};`,
  )
  await following
  expect(sockets.some(url => url.startsWith(`ws://${pusher().host}/app/`))).toBe(true)

  const [first, second] = await Promise.all(
    [1, 2].map(at => times(page).nth(at).getAttribute('data-slot').then(String)),
  )
  await hold(desk, first!)
  await expect(page.locator(`[data-slot="${first}"]`)).toHaveCount(0)

  const again = followed(page)
  await fetch(`${pusher().origin}/connections`, { method: 'DELETE' })
  await hold(desk, second!)
  await again
  await expect(page.locator(`[data-slot="${second}"]`)).toHaveCount(0)
  expect(streams).toEqual([])
})

test('while Pusher can’t be reached, Rapport’s own stream stands in', async ({ page }) => {
  const desk = await openBusiness()
  await usePusher(desk)
  await page.routeWebSocket(/\/app\//, socket => socket.close())
  await page.goto(desk.at('/coaching'))
  await page.waitForRequest(request => new URL(request.url()).pathname === '/live', { timeout: 30_000 })
  const startsAt = (await times(page).nth(1).getAttribute('data-slot'))!
  await hold(desk, startsAt)
  await expect(page.locator(`[data-slot="${startsAt}"]`)).toHaveCount(0)
})

test('other businesses’ pages connect to nobody but Rapport, and load nothing of Pusher’s', async ({
  page,
}) => {
  const desk = await openBusiness()
  const streaming = page.waitForRequest(request => new URL(request.url()).pathname === '/live')
  const sockets: string[] = []
  page.on('websocket', socket => sockets.push(socket.url()))
  const response = await page.goto(desk.at('/coaching'))
  expect(response!.headers()['content-security-policy']).toContain("connect-src 'self';")
  await streaming
  expect(sockets).toEqual([])
})
