import { afterAll, beforeAll, expect, test } from 'vitest'
import group from '#plugins/group/index.ts'
import { installed } from '#plugins/installed.ts'
import { makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { makeSession, type TestSession } from '#tests/support/sessions.ts'

/* A plugin of a kind that offers and sessions are of is left out at the start: it was at fault, or isn't installed any more. */

const clock = () => new Date('2027-03-01T08:00:00Z')
let before: TestHouse
let house: TestHouse
let business: Business
let slug: string
let session: TestSession

beforeAll(async () => {
  before = await createHouse({ clock })
  business = await signUpBusiness(before)
  slug = (await makeBookable(before, business)).slug
  session = await makeSession(before, business)
  house = await createHouse({
    clock,
    database: before,
    plugins: installed.filter(plugin => plugin !== group),
  })
})
afterAll(async () => {
  await house.stop()
  await before.stop()
})

test('what else the business offers is shown and booked', async () => {
  const { offers } = expectData(await house.api(business.host).query('offers.list'))
  expect(offers.map((offer: { slug: string }) => offer.slug)).toEqual([slug])
})

test('its own offers are not there, and its sessions say that they can’t be had', async () => {
  const visitor = house.api(business.host)
  expect(await visitor.query('offers.get', { offer: session.slug })).toMatchObject({ status: 404 })
  expect(await visitor.query('sessions.list', { offer: session.slug })).toMatchObject({
    status: 409,
    error: { code: 'KIND_MISSING' },
  })
})
