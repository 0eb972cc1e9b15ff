import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page, Response } from '@playwright/test'
import { type Browser, type BrowserContext, type BrowserContextOptions, expect } from '@playwright/test'
import { type Api, createApi } from './api.ts'
import { expectData } from './builders.ts'
import { apex, site, testPort } from './site.ts'

// A business of its own for a browser test, and its desk: a browser in which the owner is signed in.

export interface Desk {
  slug: string
  email: string
  password: string
  coachId: string
  /** The owner, calling the API. */
  owner: Api
  /** Somebody who isn't signed in, calling the API. */
  visitor: Api
  /** The address of a page of this business. */
  at(path: string): string
  /** A browser in which the owner is signed in. */
  open(browser: Browser, options?: BrowserContextOptions): Promise<BrowserContext>
}

const password = 'a long enough password'
const allDay = [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ weekday, startMinute: 0, endMinute: 1440 }))
let count = 0

/** Signs a business up, with the product of this run or another on this port. Nothing is set up yet. */
export async function newBusiness(port = testPort()): Promise<Desk> {
  const slug = `desk-${process.pid}-${Date.now().toString(36)}-${++count}`
  const host = `${slug}.localhost`
  const email = `owner@${slug}.example`
  const signUp = {
    ...{ businessName: `Business ${slug}`, slug, ownerName: 'Olivia Owner', email, password },
    ...{ timeZone: 'Europe/Berlin', currency: 'EUR' },
  }
  expectData(await createApi({ port, host: 'localhost' }).mutate('tenants.signUp', signUp))
  const owner = createApi({ port, host })
  const { viewer } = expectData(await owner.mutate('auth.signIn', { email, password }))
  return {
    ...{ slug, email, password, owner, coachId: viewer.member.coachId },
    visitor: createApi({ port, host }),
    at: path => site(slug, path, port),
    async open(browser, options) {
      const context = await browser.newContext(options)
      const value = owner.cookies.get('rapport_session')!
      await context.addCookies([
        { name: 'rapport_session', value, url: site(slug, '/', port), httpOnly: true },
      ])
      return context
    },
  }
}

/** A business that can be booked around the clock: an hour free of charge, by the hour. */
export async function openBusiness(settings: Record<string, unknown> = {}, port?: number): Promise<Desk> {
  const desk = await newBusiness(port)
  const { owner, coachId } = desk
  expectData(await owner.mutate('hours.saveWeek', { coachId, hours: allDay }))
  const offer = {
    ...{ title: 'Coaching', slug: 'coaching', kind: '1on1', coachIds: [coachId] },
    ...{ durationMinutes: 60, stepMinutes: 60, horizonDays: 30 },
  }
  expectData(await owner.mutate('offers.manage.create', offer))
  await change(desk, settings)
  expectData(await owner.mutate('tenants.finishSetUp'))
  return desk
}

/** Changes some of the coach's settings. */
export async function change({ owner, coachId }: Desk, settings: Record<string, unknown>): Promise<void> {
  const { settings: present } = expectData(await owner.query('coaches.settings', { coachId }))
  const changed = { ...present, ...settings }
  expectData(await owner.mutate('coaches.saveSettings', { coachId, settings: changed }))
}

/** Books the `at`th free slot from two days ahead on, as a client of this name. */
export async function book(desk: Desk, name: string, at = 0) {
  const from = Date.now() + 2 * 86_400_000
  const { slots } = expectData(
    await desk.visitor.query('slots.list', {
      ...{ offer: 'coaching', timeZone: 'Europe/Berlin' },
      ...{ from: new Date(from).toISOString(), to: new Date(from + 86_400_000).toISOString() },
    }),
  )
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@client.example`
  return expectData(
    await desk.visitor.mutate('bookings.book', {
      ...{ offer: 'coaching', startsAt: slots[at].startsAt, idempotencyKey: crypto.randomUUID() },
      client: { name, email, timeZone: 'America/New_York' },
    }),
  )
}

/** Opens a page and waits until it answers. */
export async function visit(page: Page, url: string): Promise<Response | null> {
  const response = await page.goto(url)
  await ready(page)
  return response
}

/** Opens a mail in the trial's mailbox once it is there, and gives the address behind one of its links. */
export async function linkInMail(page: Page, subject: string, link: string): Promise<string> {
  await page.goto(apex('/mail'))
  await page.getByRole('link', { name: subject }).first().click({ timeout: 20_000 })
  const mail = page.frameLocator('iframe')
  return (await mail.getByRole('link', { name: link }).first().getAttribute('href'))!
}

/** Signs somebody in by the link that is mailed to the address. */
export async function signInByMail(page: Page, desk: Desk, email: string): Promise<void> {
  await page.goto(desk.at('/sign-in'))
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByText('a mail with a link is on its way')).toBeVisible()
  await page.goto(await linkInMail(page, `Sign in to Business ${desk.slug}`, 'Sign in'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
}

/** Waits until the page answers to clicks and keys: until React has taken over what the server wrote. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const main = document.querySelector('main')
    return main && Object.keys(main).some(key => key.startsWith('__reactProps'))
  })
}

/** Presses Tab until this has the focus, as whoever has no mouse. */
export async function tabTo(page: Page, what: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    if (await what.evaluate(element => element === document.activeElement)) return
  }
  throw new Error('Tab never came there')
}

/**
 * Fails for whatever axe calls serious or critical on the page as it stands once nothing fades in any more: what is
 * half there has the contrast of neither.
 */
export async function expectNoSeriousIssues(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) => playState !== 'running' || effect?.getTiming().iterations === Infinity,
      ),
  )
  // Our pages hold no frames, for which it would otherwise open another page at each look.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(' | ')}`,
  )
  expect(told).toEqual([])
}
