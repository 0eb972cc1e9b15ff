import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { createApi } from './support/api.ts'
import { expectData } from './support/builders.ts'
import { chromiumLaunchOptions } from './support/chromium.ts'
import { type DemoSessions, makeDemoSessions } from './support/demo-sessions.ts'

// `npm run screenshots -- [http://localhost:3000] [folder]`: every page of a running product with its demo business,
// as a phone and as a desk see it, to be looked at. It books two sessions and a seat, and holds a workshop, as it goes.

const [address = 'http://localhost:3000', folder = '.rapport/screenshots'] = process.argv.slice(2)
const { port } = new URL(address)
const aurora = `http://aurora.localhost:${port}`
const [email, password] = ['owner@aurora.example', 'aurora-borealis']

interface Shot {
  name: string
  url: string
  /** Brings the page into the state to be shown. */
  prepare?: (page: Page) => Promise<unknown>
}

const pickATime = async (page: Page) => {
  await page.locator('[data-slot]').last().click()
  await page.getByText('Held for you for').waitFor()
}
const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click()
  await page.locator('[role=dialog], [role=alertdialog]').waitFor()
}

function clientShots(booking: string, request: string, sessions: DemoSessions): Shot[] {
  return [
    { name: 'landing', url: address },
    { name: 'sign-up', url: `${address}/sign-up` },
    { name: 'find', url: `${address}/find` },
    { name: 'mail-list', url: `${address}/mail` },
    {
      name: 'mail',
      url: `${address}/mail`,
      prepare: page => page.locator('main ul a').first().click(),
    },
    { name: 'home', url: aurora },
    { name: 'offer', url: `${aurora}/intro-call` },
    { name: 'offer-with-coaches', url: `${aurora}/deep-dive` },
    { name: 'offer-time-zone', url: `${aurora}/intro-call`, prepare: press('Change time zone') },
    { name: 'offer-details', url: `${aurora}/intro-call`, prepare: pickATime },
    { name: 'offer-connect', url: `${aurora}/leadership-sparring` },
    { name: 'sessions', url: `${aurora}/tuesday-circle` },
    { name: 'sessions-of-workshop', url: `${aurora}/career-day` },
    { name: 'session', url: aurora + sessions.session },
    { name: 'seat', url: aurora + sessions.seat },
    { name: 'certificate', url: aurora + sessions.certificate },
    { name: 'certificate-unknown', url: `${aurora}/certificates/ABCDEFGHJKMN` },
    { name: 'booking', url: booking },
    { name: 'booking-move', url: booking, prepare: press('Change the time') },
    { name: 'booking-cancel', url: booking, prepare: press(/Cancel the session|Withdraw the request/) },
    { name: 'request', url: request },
    { name: 'sign-in', url: `${aurora}/sign-in` },
    { name: 'sign-in-password', url: `${aurora}/sign-in?with=password` },
    { name: 'link', url: `${aurora}/link/abc` },
    { name: 'reset', url: `${aurora}/reset/abc` },
    { name: 'not-found', url: `${aurora}/no-such-page` },
  ]
}

function staffShots(sessions: DemoSessions): Shot[] {
  return [
    { name: 'desk-calendar', url: `${aurora}/admin?view=week` },
    { name: 'desk-calendar-list', url: `${aurora}/admin?view=list` },
    { name: 'desk-requests', url: `${aurora}/admin/requests` },
    { name: 'desk-bookings', url: `${aurora}/admin/bookings` },
    {
      name: 'desk-booking',
      url: `${aurora}/admin/bookings`,
      prepare: page => page.locator('main a[href*="/admin/bookings/"]').first().click(),
    },
    { name: 'desk-offers', url: `${aurora}/admin/offers` },
    { name: 'desk-offer-new', url: `${aurora}/admin/offers/new` },
    {
      name: 'desk-offer',
      url: `${aurora}/admin/offers`,
      prepare: page => page.locator('main a[href*="/admin/offers/"]:not([href$="/new"])').first().click(),
    },
    { name: 'desk-offer-of-workshop', url: aurora + sessions.workshop },
    { name: 'desk-sessions', url: `${aurora}/admin/sessions` },
    { name: 'desk-session-new', url: `${aurora}/admin/sessions/new` },
    ...['overview', 'participants', 'check-in', 'materials', 'messages', 'terms'].map(part => ({
      name: `desk-session-${part}`,
      url: `${aurora}${sessions.desk}?part=${part}`,
    })),
    { name: 'desk-session-afterwards', url: `${aurora}${sessions.held}?part=afterwards` },
    { name: 'desk-check-in', url: aurora + sessions.checkIn },
    { name: 'desk-plugins', url: `${aurora}/admin/plugins` },
    { name: 'desk-plugin', url: `${aurora}/admin/plugins/zoom` },
    { name: 'desk-hours', url: `${aurora}/admin/hours` },
    { name: 'desk-rules', url: `${aurora}/admin/rules` },
    ...['own', 'own/new', 'cancellation', 'try', 'history'].map(part => ({
      name: `desk-rules-${part.replace('/', '-')}`,
      url: `${aurora}/admin/rules/${part}`,
    })),
    {
      name: 'desk-rules-simulator',
      url: `${aurora}/admin/rules/simulator`,
      async prepare(page) {
        await page.getByRole('button', { name: 'Run', exact: true }).click()
        await page.getByText('Each attempt is judged by itself').waitFor()
      },
    },
    { name: 'desk-clients', url: `${aurora}/admin/clients` },
    { name: 'desk-business', url: `${aurora}/admin/business` },
    ...['offer', 'hours', 'look', 'done'].map(step => ({
      name: `set-up-${step}`,
      url: `${aurora}/admin/set-up?step=${step}`,
    })),
  ]
}

/** Books the last time of an offer that is on view, and gives the booking's own page. */
async function book(browser: Browser, offer: string, coach: string): Promise<string> {
  const page = await browser.newPage({ timezoneId: 'Europe/Berlin' })
  await page.goto(`${aurora}/${offer}?coach=${coach}`)
  await pickATime(page)
  await page.getByLabel('Name').fill('Ana Lindqvist')
  await page.getByLabel('E-mail').fill('ana@example.com')
  await page.getByLabel('What would you like').fill('Whether to take over the team in Lisbon.')
  await page.getByRole('button', { name: /Confirm booking|Send request/ }).click()
  await page.waitForURL(/\/b\//)
  const url = page.url()
  await page.close()
  return url
}

async function take(browser: Browser, width: number, shots: Shot[], isStaff: boolean): Promise<void> {
  const isPhone = width < 600
  const context = await browser.newContext({
    ...{ viewport: { width, height: isPhone ? 844 : 900 }, deviceScaleFactor: isPhone ? 2 : 1 },
    ...{ isMobile: isPhone, hasTouch: isPhone, locale: 'en-GB', timezoneId: 'Europe/Berlin' },
  })
  const page = await context.newPage()
  if (isStaff) {
    await page.goto(`${aurora}/sign-in?with=password`)
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/\/admin/)
  }
  for (const { name, url, prepare } of shots) {
    await page.goto(url)
    await page.waitForTimeout(600)
    await prepare?.(page)
    await page.waitForTimeout(600)
    const isOverlaid = (await page.locator('[role=dialog], [role=alertdialog]').count()) > 0
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: !isOverlaid })
    console.log(`${name}-${width}.png`)
  }
  await context.close()
}

async function prepareSessions(): Promise<DemoSessions> {
  const at = { port: Number(port), host: 'aurora.localhost' }
  const owner = createApi(at)
  expectData(await owner.mutate('auth.signIn', { email, password }))
  return makeDemoSessions(owner, createApi(at))
}

await mkdir(folder, { recursive: true })
const browser = await chromium.launch(await chromiumLaunchOptions())
try {
  const booking = await book(browser, 'intro-call', 'mira-albrecht')
  const request = await book(browser, 'deep-dive', 'daniel-okafor')
  const sessions = await prepareSessions()
  for (const width of [390, 1280]) {
    await take(browser, width, clientShots(booking, request, sessions), false)
    await take(browser, width, staffShots(sessions), true)
  }
} finally {
  await browser.close()
}
