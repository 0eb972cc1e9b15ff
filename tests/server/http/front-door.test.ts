import { afterAll, beforeAll, expect, test } from 'vitest'
import { signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await createHouse()
})
afterAll(() => house.stop())

test('a business signs up and answers on its own host', async () => {
  const { owner, slug } = await signUpBusiness(house)
  const { data } = await owner.query('tenants.current')
  expect(data).toMatchObject({ slug, accentText: '#ffffff', logoUrl: null, setUp: false })
  expect((await owner.query('auth.me')).data.viewer.member.role).toBe('owner')
})
