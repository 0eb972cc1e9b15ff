import { expect, test } from '@playwright/test'
import { openBusiness, ready, visit } from '#tests/support/desk.ts'
import { bookSeats, hold, letPass, tokenOf } from '#tests/support/desk-sessions.ts'

test('a scanned code checks a client in, which earns a certificate that anybody can verify', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const desk = await openBusiness()
  const certificate = { title: 'Finding focus', minutes: null }
  const { sessionId } = await hold(desk, { kind: 'workshop', terms: { certificate }, days: [1 / 24] })
  const booked = await bookSeats(desk, sessionId, 'Ana Pires')
  await bookSeats(desk, sessionId, 'Jonas Berg')
  const handle = { token: tokenOf(booked) }
  const { seats } = (await desk.visitor.query('sessions.room', { handle })).data
  const context = await desk.open(browser, { viewport: { width: 390, height: 844 } })
  const page = await context.newPage()

  await visit(page, desk.at(new URL(seats[0].checkInUrl).pathname))
  await expect(page.getByRole('heading', { level: 1, name: 'Ana Pires' })).toBeVisible()
  await page.getByRole('button', { name: 'Check in' }).click()
  await expect(page.getByText('Checked in', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await page.getByRole('button', { name: 'Check in' }).click()
  await page.getByRole('link', { name: 'The whole list' }).click()
  await expect(page.getByText('1 of 2 are here')).toBeVisible()
  const jonas = page.getByRole('button', { name: /^Jonas Berg/ })
  await jonas.click()
  await expect(jonas).toHaveAttribute('aria-pressed', 'true')
  await page
    .getByRole('region', { name: /notification/ })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(jonas).toHaveAttribute('aria-pressed', 'false')
  await expect(page.getByText('1 of 2 are here')).toBeVisible()

  await letPass(sessionId, 3)
  await visit(page, desk.at(`/admin/sessions/${sessionId}?part=afterwards`))
  await page.getByRole('button', { name: 'Issue certificates' }).click()
  await expect(page.getByText('1 certificate issued, and sent by e-mail.')).toBeVisible()
  const opened = page.waitForEvent('popup')
  await page.getByRole('region', { name: 'Certificates' }).getByRole('link').click()
  const stranger = await opened
  await expect(stranger.getByRole('main')).toContainText('Ana Pires')
  await expect(stranger.getByRole('main')).toContainText('Finding focus')

  await page.getByRole('button', { name: 'Revoke the certificate of Ana Pires' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke it' }).click()
  await expect(page.getByText('Revoked', { exact: true })).toBeVisible()
  await stranger.reload()
  await expect(stranger.getByRole('main')).toContainText(/revoked|no longer|taken back/i)
  await context.close()
})

test('the code of another day’s session says so, and checks nobody in', async ({ browser }) => {
  const desk = await openBusiness()
  const { sessionId } = await hold(desk)
  const booked = await bookSeats(desk, sessionId, 'Ana Pires')
  const handle = { token: tokenOf(booked) }
  const { seats } = (await desk.visitor.query('sessions.room', { handle })).data
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at(new URL(seats[0].checkInUrl).pathname))
  await expect(page.getByRole('alert')).toContainText('Not today')
  await expect(page.getByRole('button', { name: 'Check in' })).toBeHidden()
  await context.close()
})

test('one workshop is declared to go, another is cancelled, and whoever booked is told on the page', async ({
  browser,
}) => {
  const desk = await openBusiness()
  const minimum = {
    ...{ seats: 3, decidesDaysBefore: 1, otherwise: 'ask', extendsDays: 7, showsProgress: true },
  }
  const going = await hold(desk, { kind: 'workshop', slug: 'going', title: 'Going', terms: { minimum } })
  const other = await hold(desk, {
    kind: 'workshop',
    slug: 'other',
    title: 'Other',
    terms: { minimum },
    days: [4],
  })
  await bookSeats(desk, going.sessionId, 'Ana Pires')
  const { id } = await bookSeats(desk, other.sessionId, 'Ana Pires')
  const context = await desk.open(browser)
  const page = await context.newPage()

  await visit(page, desk.at('/admin/sessions'))
  await page.getByRole('link', { name: /Going.*1 of 3 needed/ }).click()
  await page.getByRole('button', { name: 'Hold it' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Hold it' }).click()
  await expect(page.getByText('It will be held. Everybody who booked is told.')).toBeVisible()
  await expect(page.getByText('Will be held', { exact: true })).toBeVisible()
  await expect(page.getByText('Certain to take place, with 1 seat taken')).toBeVisible()

  await visit(page, desk.at(`/admin/sessions/${other.sessionId}`))
  await page.getByRole('button', { name: 'Cancel the session' }).click()
  const question = page.getByRole('alertdialog', { name: 'Cancel this session?' })
  await expect(question).toContainText('1 client is told by e-mail')
  await question.getByLabel('Reason for your clients').fill('The hall is closed.')
  await question.getByRole('button', { name: 'Cancel the session' }).click()
  await expect(page.getByText('Cancelled by the coach', { exact: true })).toBeVisible()
  expect((await desk.owner.query('bookings.get', { id })).data).toMatchObject({
    status: 'CANCELLED',
    cancelReason: 'The hall is closed.',
  })
  await context.close()
})

test('seats are raised, not lowered under what is taken, and booked for a client', async ({ browser }) => {
  const desk = await openBusiness()
  const terms = { capacity: 4, maxSeatsPerBooking: 4 }
  const { sessionId } = await hold(desk, { terms })
  await bookSeats(desk, sessionId, 'Ana Pires', { seats: 3, guests: ['Lena Pires'] })
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at(`/admin/sessions/${sessionId}`))
  await page.getByRole('button', { name: 'Change seats' }).click()
  const dialog = page.getByRole('dialog', { name: 'How many seats?' })
  const seats = dialog.getByRole('textbox', { name: 'Seats' })
  await seats.fill('2')
  await seats.blur()
  await expect(dialog).toContainText('That is less than the 3 taken or held.')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('link', { name: 'Ana Pires' })).toBeVisible()
  await seats.fill('6')
  await seats.blur()
  await expect(dialog).toContainText('2 more seats can be booked at once.')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('3 of 6 taken')).toBeVisible()

  await page.getByRole('link', { name: 'Participants' }).click()
  await expect(page.getByText('and Lena Pires')).toBeVisible()
  await page.getByRole('button', { name: 'Book a seat for a client' }).click()
  const form = page.getByRole('dialog', { name: 'Book a seat for a client' })
  await form.getByLabel('Name').fill('Jonas Berg')
  await form.getByLabel('E-mail').fill('jonas.berg@client.example')
  await form.getByRole('button', { name: 'Book', exact: true }).click()
  await expect(page.getByText('2 bookings, 4 seats')).toBeVisible()

  await page.getByRole('link', { name: 'Jonas Berg' }).click()
  await expect(page.getByRole('main')).toContainText('1 seat')
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('No other date to come')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'The session', exact: true }).click()
  await page.getByRole('link', { name: 'Participants' }).click()
  await page.getByRole('button', { name: 'Cancel the booking of Jonas Berg' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the booking' }).click()
  await expect(page.getByText('1 booking, 3 seats')).toBeVisible()
  await context.close()
})

test('an update goes to all, and what a client writes into the chat appears and can be removed', async ({
  browser,
}) => {
  const desk = await openBusiness()
  const { sessionId } = await hold(desk, { terms: { chat: true } })
  const handle = { token: tokenOf(await bookSeats(desk, sessionId, 'Ana Pires')) }
  await bookSeats(desk, sessionId, 'Jonas Berg')
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at(`/admin/sessions/${sessionId}?part=messages`))
  await page.getByLabel('Your message').fill('Please bring a pen.')
  await page.getByRole('button', { name: 'Send to 2 participants' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByText('Sent to 2 participants.')).toBeVisible()

  await desk.visitor.mutate('posts.create', { handle, text: 'Something rude.' })
  await expect(page.getByText('Something rude.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove what Ana wrote' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('Removed by the coach’s side')).toBeVisible()
  const { posts } = (await desk.visitor.query('posts.list', { handle })).data
  expect(posts.map((post: { text: string | null }) => post.text)).toEqual([null, 'Please bring a pen.'])
  await context.close()
})

test('a session stands once in the calendar with its seats, and moves with everybody told', async ({
  browser,
}) => {
  const desk = await openBusiness()
  const { sessionId } = await hold(desk, { terms: { capacity: 5 } })
  await bookSeats(desk, sessionId, 'Ana Pires')
  const { startsAt } = (await desk.owner.query('sessions.manage.get', { id: sessionId })).data
  const day = new Date(startsAt).toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' })
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at(`/admin?date=${day}&view=list`))
  const entry = page.getByRole('link', { name: /Peer circle/ })
  await expect(entry).toHaveCount(1)
  await expect(entry).toContainText('1 of 5 seats')
  await bookSeats(desk, sessionId, 'Jonas Berg')
  await expect(entry).toContainText('2 of 5 seats')
  await entry.click()
  await ready(page)

  await page.getByRole('button', { name: 'Move', exact: true }).click()
  const dialog = page.getByRole('dialog')
  const hour = dialog.getByRole('group', { name: 'Starts' }).getByRole('spinbutton', { name: /^hour/ })
  await hour.press('ArrowUp')
  await dialog.getByRole('button', { name: 'Look at it' }).click()
  await expect(dialog).toContainText('2 seats are taken: everybody who booked is told by e-mail')
  await expect(dialog.getByText('Free')).toBeVisible()
  await dialog.getByRole('button', { name: 'Move it' }).click()
  await expect(page.getByText('Moved to another time')).toBeVisible()
  expect((await desk.owner.query('sessions.manage.get', { id: sessionId })).data.startsAt).not.toBe(startsAt)
  await context.close()
})
