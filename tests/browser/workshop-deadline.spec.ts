import { type BrowserContext, devices, expect, type Page, test } from '@playwright/test'
import { createApi } from '#tests/support/api.ts'
import { expectData } from '#tests/support/builders.ts'
import { type ClockedProduct, startClockedProduct } from '#tests/support/clocked-product.ts'
import { type Desk, openBusiness, visit } from '#tests/support/desk.ts'
import { openOffer, openSession } from '#tests/support/desk-sessions.ts'

const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, locale: 'en-GB' }
const ana: [string, string] = ['Ana Pires', 'ana@client.example']
const ben: [string, string] = ['Ben Okri', 'ben@client.example']
const HOUR = 3_600_000
/** Longer than the queue of deadlines and then that of mails wait between two looks. */
const soon = { timeout: 20_000 }

let product: ClockedProduct
test.beforeAll(async () => {
  product = await startClockedProduct()
})
test.afterAll(() => product?.stop())

const heading = (page: Page) => page.getByRole('heading', { level: 1 })

/** A workshop so many days ahead that needs two, and is given up a fortnight from now where they don't come. */
async function openWorkshop(desk: Desk, slug: string, title: string, days: number) {
  const offer = await openOffer(desk, {
    ...{ kind: 'workshop', slug, title },
    terms: { minimum: { seats: 2, decidesDaysBefore: days - 14, otherwise: 'cancel' } },
  })
  const id = await openSession(desk, offer, [days])
  const { minimum } = expectData(await desk.visitor.query('sessions.get', { session: id }))
  return { title, url: desk.at(`/${slug}/${id}`), decideBy: new Date(minimum.decideBy) }
}

/** Books a seat, and opens its own page as one comes back to it. */
async function bookSeat(
  context: BrowserContext,
  url: string,
  [name, email]: [string, string],
): Promise<Page> {
  const page = await context.newPage()
  await visit(page, url)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Book a seat' }).click()
  await expect(heading(page)).toHaveText(`You’re booked, ${name.split(' ')[0]}`)
  const back = await context.newPage()
  await visit(back, page.url())
  await page.close()
  return back
}

/** The subjects of what was mailed to somebody about one workshop, up to its date, the oldest first. */
async function mailsTo(email: string, about: string): Promise<string[]> {
  const mailbox = createApi({ port: product.port, host: 'localhost' })
  const { mails } = expectData(await mailbox.query('mailbox.list')) as {
    mails: { to: string; subject: string }[]
  }
  return mails
    .filter(({ to, subject }) => to.includes(email) && subject.includes(about))
    .map(({ subject }) => subject.split(about)[0]! + about)
    .reverse()
}

test('at its deadline a workshop that enough have booked takes place, and another is cancelled', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const desk = await openBusiness({}, product.port)
  const leading = await openWorkshop(desk, 'leading', 'Leading through change', 21)
  const writing = await openWorkshop(desk, 'writing', 'Writing for the web', 22)
  const [anas, bens] = await Promise.all([browser.newContext(phone), browser.newContext()])

  const leads = await bookSeat(anas, leading.url, ana)
  const writes = await bookSeat(anas, writing.url, ana)
  const day = new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'Europe/Berlin' },
  }).format(leading.decideBy)
  for (const page of [leads, writes]) {
    await expect(page.getByText(`1 of 2 needed, decided ${day}`)).toBeVisible()
    await expect(heading(page)).toHaveText('Your seat is booked')
  }
  const joins = await bookSeat(bens, leading.url, ben)
  for (const page of [leads, joins]) {
    await expect(page.getByText(`2 of 2 needed, decided ${day}`)).toBeVisible()
  }

  // Where too few have booked, the coach is warned two days before; nothing is decided yet.
  await product.moveTo(new Date(leading.decideBy.getTime() - 47 * HOUR))
  await expect
    .poll(() => mailsTo(desk.email, writing.title), soon)
    .toContain(`Too few so far: ${writing.title}`)
  expect(await mailsTo(desk.email, leading.title)).not.toContain(`Too few so far: ${leading.title}`)
  for (const page of [leads, writes]) await expect(heading(page)).toHaveText('Your seat is booked')

  await product.moveTo(new Date(leading.decideBy.getTime() + HOUR))
  for (const page of [leads, joins]) {
    await expect(page.getByText('Certain to be held')).toBeVisible(soon)
    await expect(heading(page)).toHaveText('Your session is confirmed')
  }
  await expect(heading(writes)).toHaveText('This session won’t be held', soon)
  await expect(
    writes.getByText('Too few people could come. We’re sorry about that.', { exact: true }),
  ).toBeVisible()
  await expect(writes.getByRole('link', { name: 'See other dates' })).toBeVisible()

  const goes = [`Your seat: ${leading.title}`, `It takes place: ${leading.title}`]
  const ends = [`Your seat: ${writing.title}`, `Cancelled: ${writing.title}`]
  await expect.poll(() => mailsTo(ana[1], leading.title), soon).toEqual(goes)
  await expect.poll(() => mailsTo(ben[1], leading.title), soon).toEqual(goes)
  await expect.poll(() => mailsTo(ana[1], writing.title), soon).toEqual(ends)
  expect(await mailsTo(ben[1], writing.title)).toEqual([])
  await Promise.all([anas.close(), bens.close()])
})
