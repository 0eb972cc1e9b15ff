import { expect, type Page, test } from '@playwright/test'
import { expectData } from '#tests/support/builders.ts'
import { book, type Desk, expectNoSeriousIssues, openBusiness, visit } from '#tests/support/desk.ts'
import { asksFirst, draft, makeRule, publish } from '#tests/support/policies.ts'

test('the simulator shows whom a draft would have answered otherwise, until it is published', async ({
  browser,
}) => {
  const desk = await openBusiness()
  expectData(await desk.owner.mutate('offers.manage.update', { id: await offerId(desk), priceMinor: 8000 }))
  await book(desk, 'Ana Pires')
  await book(desk, 'Jonas Berg', 2)
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/rules/simulator'))
  await expect(page.getByText('You have no draft')).toBeVisible()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText('Nothing would have been different in 2 attempts.')).toBeVisible()

  const price = { fact: 'priceMinor', operator: 'atLeast', value: 5000 } as const
  await draft(desk.owner, makeRule({ title: 'Look at dear ones', when: price, does: asksFirst }))
  await visit(page, desk.at('/admin/rules/simulator'))
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText('2 of 2 attempts would have been answered otherwise.')).toBeVisible()
  const revenue = page.getByRole('region', { name: 'Revenue' })
  await expect(revenue).toContainText('Would wait for your approval first€160')
  const changed = page.getByRole('region', { name: 'One by one' }).getByRole('listitem')
  await expect(changed).toHaveText([/Jonas Berg.*Confirmed at once.*Needs approval/, /Ana Pires/])
  await expectFitsPhone(page)

  await page.getByRole('button', { name: 'Review and publish' }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish these changes?' })
  await expect(dialog).toContainText('All bookings to come still fit.')
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('Your draft has changed since')).toBeVisible()
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByText('Nothing would have been different in 2 attempts.')).toBeVisible()
  await expect(page.getByText('2 attempts were answered by earlier rules')).toBeVisible()
  await context.close()
})

test('trying it out tells a stranger and a VIP apart, names the rule, and finds the nearest time that is confirmed', async ({
  browser,
}) => {
  const desk = await openBusiness()
  const { client } = (await book(desk, 'Vera Ives')).booking
  const { clients } = expectData(await desk.owner.query('clients.list', { query: client.email }))
  await desk.owner.mutate('clients.setTags', { clientId: clients[0].clientId, tags: ['VIP'] })
  const evening = { fact: 'timeOfDay', operator: 'atLeast', value: 18 * 60 } as const
  const evenings = makeRule({ title: 'Evenings are asked about', when: evening, does: asksFirst })
  const vips = makeRule({
    ...{ title: 'VIPs in the evening', scope: 'tag', target: 'VIP' },
    does: { waives: [evenings.id] },
  })
  await publish(desk.owner, evenings, vips)

  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/rules/try'))
  await expect(page.getByRole('heading', { name: 'Who, what and when?' })).toBeVisible()
  await visit(page, desk.at(`/admin/rules/try?date=${dayAhead()}&time=19:00`))
  const why = page.getByRole('region', { name: 'Why' })
  await expect(page.getByText('Needs approval')).toBeVisible()
  await expect(why).toContainText('Asks for approval · Evenings are asked about')
  await expect(why).toContainText('Time: 19:00')

  await page.getByLabel('Client', { exact: true }).fill('vera')
  await page.getByRole('option', { name: /Vera Ives/ }).click()
  await expect(page.getByText('Confirmed at once', { exact: true })).toBeVisible()
  await expect(why).toContainText('Waived by “VIPs in the evening”')
  await page.reload()
  await expect(page.getByLabel('Client', { exact: true })).toHaveValue('Vera Ives')
  await page.getByText('Signed in', { exact: true }).click()
  await expect(page.getByText('Needs approval')).toBeVisible()

  await page.getByRole('button', { name: 'Try this one' }).click()
  await expect(page.getByText('Confirmed at once', { exact: true })).toBeVisible()
  await expect(page.getByText(/17:00 with Olivia Owner/)).toBeVisible()
  await expectFitsPhone(page)
  await context.close()
})

test('shorter hours name the bookings that no longer fit, and do with each what was chosen', async ({
  browser,
}) => {
  const desk = await openBusiness()
  const { owner, coachId } = desk
  const everyDay = [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ weekday, startMinute: 540, endMinute: 1020 }))
  expectData(await owner.mutate('hours.saveWeek', { coachId, hours: everyDay }))
  const [ana, , mia] = await bookDay(desk, 'Ana Pires', 'Jonas Berg', 'Mia Sand')
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/hours'))
  const ends = async () =>
    new Set(
      expectData(await owner.query('hours.get', { coachId })).hours.map(
        ({ endMinute }: { endMinute: number }) => endMinute,
      ),
    )

  const weekday = new Date(`${dayAhead()}T12:00Z`).toLocaleDateString('en', { weekday: 'long' })
  const until = page.getByRole('group', { name: `Hours on ${weekday}` }).getByRole('spinbutton', {
    name: /hour.*until/i,
  })
  await until.focus()
  await page.keyboard.type('12')
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await save.click()
  const dialog = page.getByRole('dialog', { name: 'Save this change?' })
  await expect(dialog.getByRole('heading', { name: '3 bookings to come would no longer fit' })).toBeVisible()
  await expect(dialog).toContainText('Outside your hours.')
  await expectNoSeriousIssues(page)
  await expectFitsPhone(page)
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await expect(dialog).toBeHidden()
  expect(await ends()).toEqual(new Set([1020]))

  await save.click()
  await choose(page, 'Jonas Berg', 'Suggest times')
  await choose(page, 'Mia Sand', 'Cancel')
  await dialog.getByLabel('Reason for those you cancel').fill('I have to leave early')
  await dialog.getByRole('button', { name: 'Save and cancel one booking' }).click()
  await expect(page.getByText('One booking is cancelled, and its client told.')).toBeVisible()
  const suggest = page.getByRole('dialog', { name: 'Suggest other times' })
  await expect(suggest).toContainText('Jonas Berg takes one with a tap')
  await suggest.getByRole('button', { name: 'Don’t suggest' }).click()
  await expect(suggest).toBeHidden()

  expect(await ends()).toEqual(new Set([1020, 720]))
  const booking = async (id: string) => expectData(await owner.query('bookings.get', { id }))
  expect(await booking(mia!)).toMatchObject({ status: 'CANCELLED', cancelReason: 'I have to leave early' })
  expect(await booking(ana!)).toMatchObject({ status: 'FIRM_BOOKED' })
  await context.close()
})

test('tags are added to and taken from a client, each with a way back', async ({ browser }) => {
  const desk = await openBusiness()
  await book(desk, 'Ana Pires')
  const context = await desk.open(browser)
  const page = await context.newPage()
  await visit(page, desk.at('/admin/clients'))
  const tags = page.getByRole('list', { name: 'Tags of Ana Pires' }).getByRole('listitem')
  const adder = page.getByRole('button', { name: 'Add a tag to Ana Pires' })
  const add = async (tag: string) => {
    await adder.click()
    await expect(page.getByLabel('New tag for Ana Pires')).toBeFocused()
    await page.keyboard.type(tag)
    await page.keyboard.press('Enter')
    await expect(adder).toBeFocused()
  }

  await add('VIP')
  await expect(tags).toHaveText(['VIP'])
  await add('Alumni')
  await expect(tags).toHaveText(['VIP', 'Alumni'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Ana Pires’s tags are as they were.')).toBeVisible()
  await expect(tags).toHaveText(['VIP'])
  await page.getByRole('button', { name: 'Remove VIP from Ana Pires' }).click()
  await expect(tags).toHaveCount(0)
  await expect(adder).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(tags).toHaveText(['VIP'])
  await expect(page.getByRole('link', { name: 'VIP (1)' })).toBeVisible()
  await expectFitsPhone(page)
  await context.close()
})

const inBerlin = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin', ...options })

/** A day that lies wholly more than two days ahead in Berlin: `2027-03-09`. */
function dayAhead(): string {
  return inBerlin({}).format(Date.now() + 3 * 86_400_000)
}

async function offerId({ owner }: Desk): Promise<string> {
  return expectData(await owner.query('offers.manage.list')).offers[0].id
}

/** Books the afternoon of that day, an hour each from 14:00 on; returns the ids. */
async function bookDay({ visitor }: Desk, ...names: string[]): Promise<string[]> {
  const from = Date.now() + 2 * 86_400_000
  const { slots } = expectData(
    await visitor.query('slots.list', {
      ...{ offer: 'coaching', timeZone: 'Europe/Berlin' },
      ...{ from: new Date(from).toISOString(), to: new Date(from + 3 * 86_400_000).toISOString() },
    }),
  )
  const clock = inBerlin({ hour: '2-digit', hourCycle: 'h23' })
  const afternoon = (slots as { startsAt: string }[])
    .map(({ startsAt }) => startsAt)
    .filter(
      at => inBerlin({}).format(new Date(at)) === dayAhead() && Number(clock.format(new Date(at))) >= 14,
    )
  const ids: string[] = []
  for (const [at, name] of names.entries()) {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@client.example`
    const { id } = expectData(
      await visitor.mutate('bookings.book', {
        ...{ offer: 'coaching', startsAt: afternoon[at], idempotencyKey: crypto.randomUUID() },
        client: { name, email, timeZone: 'Europe/Berlin' },
      }),
    )
    ids.push(id)
  }
  return ids
}

/** Chooses what is to become of this client's booking. */
async function choose(page: Page, client: string, act: string): Promise<void> {
  const group = page.getByRole('radiogroup', { name: new RegExp(`What to do about ${client}`) })
  await group.getByText(act, { exact: true }).click()
}

/** As wide as a phone, nothing lies beyond the edge. */
async function expectFitsPhone(page: Page): Promise<void> {
  const size = page.viewportSize()!
  await page.setViewportSize({ width: 390, height: 844 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await page.setViewportSize(size)
}
