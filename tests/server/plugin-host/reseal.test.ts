import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { sealOf, unseal } from '#server/plugin-host/instances.ts'
import { resealSecrets } from '#server/plugin-host/reseal.ts'
import { createSecrets } from '#server/secrets.ts'
import { signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, SECRET_KEY, type TestHouse } from '#tests/support/house.ts'
import { enablePlugin } from '#tests/support/plugins.ts'

const FORMER = 'the-former-key-0123456789abcdef01234'
let house: TestHouse
beforeAll(async () => {
  house = await createHouse()
})
afterAll(() => house.stop())

test('after a rotation every business’s secrets are sealed with the present key, so that the former can go', async () => {
  const { db } = house.house
  const former = createSecrets(FORMER)
  const whose = [await signUpBusiness(house), await signUpBusiness(house)].map(({ tenantId }) => ({
    tenantId,
    pluginId: 'zoom',
  }))
  for (const each of whose) {
    await enablePlugin(house, each.tenantId, 'zoom', { secrets: { clientId: 'current' } })
    await inTenant(db, each.tenantId, trx =>
      trx
        .updateTable('installations')
        .set({ secrets: former.seal(sealOf(each), `{"clientId":"of ${each.tenantId}"}`) })
        .execute(),
    )
  }
  const lost = await signUpBusiness(house)
  await enablePlugin(house, lost.tenantId, 'zoom', { secrets: { clientId: 'x' } })
  await inTenant(db, lost.tenantId, trx =>
    trx.updateTable('installations').set({ secrets: 's1.unknown.AAAA' }).execute(),
  )

  const log = pino({ level: 'silent' })
  const rotated = createSecrets(SECRET_KEY, [FORMER])
  expect(await resealSecrets({ db, secrets: rotated, log })).toBe(2)
  expect(await resealSecrets({ db, secrets: rotated, log })).toBe(0)
  for (const each of whose) {
    const { secrets } = await inTenant(db, each.tenantId, trx =>
      trx.selectFrom('installations').select('secrets').executeTakeFirstOrThrow(),
    )
    expect(unseal(house.house.secrets, { ...each, secrets })).toEqual({ clientId: `of ${each.tenantId}` })
  }
})
