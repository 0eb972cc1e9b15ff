import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

let directory: string
let house: TestHouse
let business: Business

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rapport-mail-'))
  house = await createHouse({
    clock: () => new Date('2027-03-01T06:00:00Z'),
    env: { ROLE: 'all', DATA_DIR: directory },
  })
  business = await signUpBusiness(house)
  const offer = await makeBookable(house, business)
  const input = bookingInput(offer.slug, '2027-03-10T09:00:00Z')
  const client = { ...input.client, name: 'Eve <img src=x onerror=alert(1)>' }
  expectData(await business.visitor().mutate('bookings.book', { ...input, client }))
  await vi.waitFor(async () => expect((await list()).length).toBe(2), { timeout: 10_000 })
})
afterAll(async () => {
  await house.stop()
  await rm(directory, { recursive: true, force: true })
})

const list = async () => expectData(await house.api().query('mailbox.list')).mails

test('a newcomer reads on the apex host what was sent', async () => {
  const mails = await list()
  expect(mails.map(({ hasCalendar }: { hasCalendar: boolean }) => hasCalendar)).toEqual([true, true])
  const toCoach = mails.find(({ to }: { to: string }) => to.includes(business.email))
  const mail = expectData(await house.api().query('mailbox.get', { id: toCoach.id }))
  expect(mail).toMatchObject({ id: toCoach.id, subject: expect.stringContaining('New booking: Eve') })
  expect(mail.html).not.toContain('<img src=x')
  expect(mail.text).toContain('/admin/bookings/')
  expect(mail.ics).toContain('METHOD:REQUEST')
})

test('nobody else can: not through a proxy, not on a business’s host, not for an id that isn’t there', async () => {
  const proxied = { headers: { 'x-forwarded-for': '203.0.113.9' } }
  expect((await house.api().send('GET', '/trpc/mailbox.list', proxied)).status).toBe(404)
  expect((await business.owner.query('mailbox.list')).status).toBe(404)
  expect((await house.api().query('mailbox.get', { id: '../secret-key' })).status).toBe(404)
})
