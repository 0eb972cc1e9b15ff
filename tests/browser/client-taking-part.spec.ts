import { devices, expect, type Page, test } from '@playwright/test'
import { Client } from 'pg'
import { type Desk, openBusiness, visit } from '#tests/support/desk.ts'
import { bookSeats, openOffer, openSession } from '#tests/support/desk-sessions.ts'

const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, locale: 'en-GB' }
const together = { chat: true, participantList: true, sharedResources: true }

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const section = (page: Page, name: string) => page.getByRole('region', { name })

async function openCircle(terms: Record<string, unknown> = together) {
  const desk = await openBusiness()
  const offer = await openOffer(desk, { terms: { capacity: 10, maxSeatsPerBooking: 3, ...terms } })
  const session = await openSession(desk, offer, [10])
  return { desk, offer, session }
}

/** Lets a session of one date begin so many minutes from now, as only time itself can do. */
async function letBegin(session: string, minutes: number): Promise<void> {
  const client = new Client(process.env.RAPPORT_TEST_DATABASE)
  await client.connect()
  await client.query(
    `UPDATE session_dates SET starts_at = now() + $2 * interval '1 minute',
       ends_at = now() + $2 * interval '1 minute' + (ends_at - starts_at)
     WHERE session_id = $1`,
    [session, minutes],
  )
  await client.end()
}

async function checkIn({ owner }: Desk, bookingId: string): Promise<void> {
  const { error } = await owner.mutate('checkIns.set', { bookingId, seat: 1, position: 0, present: true })
  expect(error).toBeNull()
}

test('two who take part talk in the chat, each in an own browser, and one takes a message back', async ({
  browser,
}) => {
  const { desk, session } = await openCircle()
  const [anas, bens] = await Promise.all([browser.newContext(phone), browser.newContext()])
  const [ana, ben] = await Promise.all([anas.newPage(), bens.newPage()])
  await visit(ana, (await bookSeats(desk, session, 'Ana Pires')).manageUrl)
  await visit(ben, (await bookSeats(desk, session, 'Ben Okri')).manageUrl)

  await ana
    .getByLabel('Your message')
    .fill('Here is the text: https://example.com/text. And http://plain.example')
  await ana.getByRole('button', { name: 'Send', exact: true }).click()
  const log = (page: Page) => page.getByRole('log', { name: 'Messages' })
  await expect(log(ben)).toContainText('Here is the text', { timeout: 5_000 })
  await expect(log(ben).getByText('Ana', { exact: true })).toBeVisible()
  await expect(log(ben).getByRole('link')).toHaveCount(1)
  await expect(log(ben).getByRole('link')).toHaveAttribute('href', 'https://example.com/text')

  await ben.getByLabel('Your message').fill('Thank you')
  await ben.keyboard.press('Enter')
  await expect(log(ana)).toContainText('Thank you', { timeout: 5_000 })
  await log(ana).getByRole('button', { name: 'Remove your message' }).click()
  await log(ana).getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(log(ana)).toContainText('You removed this message')
  await expect(log(ben)).toContainText('Removed by its author', { timeout: 5_000 })

  const { posts } = (await desk.owner.query('posts.list', { sessionId: session })).data
  await desk.owner.mutate('posts.remove', {
    id: posts.find((post: { text: string }) => post.text === 'Thank you').id,
  })
  await expect(log(ben)).toContainText('Removed by the coach', { timeout: 5_000 })

  await ben.route('**/trpc/posts.create', route => route.abort(), { times: 1 })
  await ben.getByLabel('Your message').fill('Once more')
  await ben.keyboard.press('Enter')
  await expect(log(ben).getByRole('alert')).toContainText('Not sent.')
  await log(ben).getByRole('button', { name: 'Send again' }).click()
  await expect(log(ana)).toContainText('Once more', { timeout: 5_000 })
  await Promise.all([anas.close(), bens.close()])
})

test('nobody is in the list of participants before they say so, and then by the name they chose', async ({
  page,
}) => {
  const { desk, session } = await openCircle()
  await bookSeats(desk, session, 'Ben Okri')
  await visit(page, (await bookSeats(desk, session, 'Ana Pires')).manageUrl)
  const list = section(page, 'Who takes part')
  await expect(list.getByRole('listitem')).toHaveCount(0)
  await list.getByText('Show me to the others').click()
  await expect(list.getByRole('listitem')).toHaveText([/Ana$/])
  await list.getByRole('button', { name: 'Change name' }).click()
  await list.getByLabel('Your name for the others').fill('Ana from Lisbon')
  await list.getByRole('button', { name: 'Save name' }).click()
  await expect(list.getByRole('listitem')).toHaveText([/Ana from Lisbon$/])
  await list.getByText('You’re shown as Ana from Lisbon').click()
  await expect(list.getByRole('listitem')).toHaveCount(0)
})

test('participants give one another links, and read what the coach prepared from its day on', async ({
  page,
}) => {
  const { desk, session } = await openCircle()
  const add = (material: Record<string, unknown>) =>
    desk.owner.mutate('materials.add', { sessionId: session, url: 'https://example.com/a', ...material })
  expect((await add({ phase: 'before', title: 'Read this first' })).error).toBeNull()
  expect((await add({ phase: 'after', title: 'Our notes' })).error).toBeNull()
  await desk.owner.mutate('posts.create', { sessionId: session, text: 'We meet upstairs.', isUpdate: true })
  await visit(page, (await bookSeats(desk, session, 'Ana Pires')).manageUrl)

  await expect(section(page, 'An update')).toContainText('We meet upstairs.')
  const materials = section(page, 'Materials')
  await expect(materials.getByRole('link', { name: /Read this first/ })).toHaveAttribute(
    'href',
    'https://example.com/a',
  )
  await expect(materials.getByText('Our notes')).toBeVisible()
  await expect(materials.getByRole('link', { name: /Our notes/ })).toHaveCount(0)
  await expect(materials).toContainText(/From .+ on/)

  const shared = section(page, 'Shared by you all')
  await shared.getByRole('button', { name: 'Add' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Link', { exact: true }).fill('http://plain.example')
  await dialog.getByLabel('Title').fill('A good book')
  await dialog.getByRole('button', { name: 'Share it' }).click()
  await expect(dialog.getByText('Please enter a link that begins with https://')).toBeVisible()
  await dialog.getByLabel('Link', { exact: true }).fill('https://books.example/good')
  await dialog.getByRole('button', { name: 'Share it' }).click()
  await expect(shared.getByRole('link', { name: /A good book/ })).toHaveAttribute(
    'href',
    'https://books.example/good',
  )
  await shared.getByRole('button', { name: 'Remove A good book' }).click()
  await expect(shared.getByText('Nothing yet.')).toBeVisible()
})

test('seats move to another date of the offer, and are given up after a question', async ({ page }) => {
  const { desk, offer, session } = await openCircle({})
  const later = await openSession(desk, offer, [17])
  const booked = await bookSeats(desk, session, 'Ana Pires', { seats: 2 })
  await visit(page, booked.manageUrl)
  await page.getByRole('button', { name: 'Change the date' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('label').first().click()
  await expect(dialog).toContainText('The price stays as you booked it.')
  await dialog.getByRole('button', { name: 'Move my 2 seats' }).click()
  await expect(dialog).toHaveCount(0)
  const moved = (await desk.owner.query('bookings.get', { id: booked.id })).data
  expect(moved).toMatchObject({ session: { id: later }, seats: 2, status: 'FIRM_BOOKED' })

  await page.getByRole('button', { name: 'Cancel my 2 seats' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Your 2 seats on')
  await question.getByRole('button', { name: 'Cancel my 2 seats' }).click()
  await expect(heading(page)).toHaveText('You cancelled your booking')
  await page.getByRole('button', { name: 'Undo the cancellation' }).click()
  await expect(heading(page)).toHaveText('Your session is confirmed')
})

test('a session that too few came to says so, and shows other dates', async ({ page }) => {
  const desk = await openBusiness()
  const workshop = await openOffer(desk, {
    ...{ kind: 'workshop', slug: 'leading', title: 'Leading' },
    terms: { minimum: { seats: 4, decidesDaysBefore: 5, otherwise: 'ask' } },
  })
  const id = await openSession(desk, workshop, [20])
  await visit(page, (await bookSeats(desk, id, 'Ana Pires')).manageUrl)
  await expect(heading(page)).toHaveText('Your seat is booked')
  await expect(page.getByText(/Whether it is held is decided by/)).toBeVisible()
  await expect(page.getByText(/1 of 4 needed, decided/)).toBeVisible()
  expect((await desk.owner.mutate('sessions.manage.decide', { id, go: false })).error).toBeNull()
  await expect(heading(page)).toHaveText('This session won’t be held', { timeout: 5_000 })
  await expect(page.getByRole('link', { name: 'See other dates' })).toBeVisible()
})

test('the way in opens shortly before, and says so until then', async ({ page }) => {
  const { desk, session } = await openCircle({})
  const { manageUrl } = await bookSeats(desk, session, 'Ana Pires')
  await visit(page, `${manageUrl}/join`)
  await expect(page.getByText('The room isn’t open yet')).toBeVisible()
  await page.getByRole('link', { name: 'Go to your booking' }).click()
  await expect(page.getByText('It’s online.')).toBeVisible()
  await letBegin(session, 5)
  await visit(page, manageUrl)
  const join = page.getByRole('link', { name: 'Join the session' })
  await expect(join).toHaveAttribute('href', `${new URL(manageUrl).pathname}/join`)
})

test('from the code at the door to the certificate and the page that vouches for it', async ({
  page,
  request,
}) => {
  const desk = await openBusiness()
  const offer = await openOffer(desk, {
    ...{ kind: 'workshop', slug: 'leading', title: 'Leading' },
    terms: {
      ...{ format: 'in_person', certificate: { title: 'Leading through change', minutes: null } },
      venue: { address: 'Torstraße 140, Berlin', mapUrl: null, travelNote: '' },
    },
  })
  const session = await openSession(desk, offer, [3])
  const booked = await bookSeats(desk, session, 'Ana Pires')
  await letBegin(session, 10)
  await visit(page, booked.manageUrl)
  await page.getByRole('button', { name: 'Show the code' }).click()
  const code = page.getByRole('img', { name: 'Check-in code of Ana Pires' })
  await expect(code).toBeVisible()
  expect((await code.boundingBox())!.width).toBeGreaterThan(240)
  await checkIn(desk, booked.id)
  await expect(page.getByRole('dialog')).toContainText('Checked in', { timeout: 5_000 })

  await letBegin(session, -2_880)
  const issued = await desk.owner.mutate('certificates.issue', { sessionId: session })
  expect(issued.data).toMatchObject({ issued: 1 })
  await visit(page, booked.manageUrl)
  const certificate = section(page, 'Your certificate')
  await expect(certificate).toContainText('Ana Pires')
  const pdf = await certificate.getByRole('link', { name: /PDF/ }).getAttribute('href')
  const file = await request.get(
    new URL(pdf!, desk.at('/')).href.replace(`${desk.slug}.localhost`, '127.0.0.1'),
    {
      headers: { host: new URL(desk.at('/')).host },
    },
  )
  expect(file.headers()['content-type']).toContain('application/pdf')
  await certificate.getByRole('link', { name: /Address to show/ }).click()
  await expect(heading(page)).toHaveText('This certificate is valid')
  await expect(page.getByRole('article')).toContainText('Leading through change')

  const [{ certificates }] = (await desk.owner.query('sessions.participants', { id: session })).data
  await desk.owner.mutate('certificates.revoke', { id: certificates[0].id })
  await page.reload()
  await expect(heading(page)).toHaveText('This certificate was withdrawn')
  const answer = await page.goto(desk.at('/certificates/ABCDEFGHJKMN'))
  expect(answer!.status()).toBe(404)
  await expect(heading(page)).toHaveText('No certificate has this code')
  await page.getByLabel('Code').fill(certificates[0].code.toLowerCase())
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(heading(page)).toHaveText('This certificate was withdrawn')
})
