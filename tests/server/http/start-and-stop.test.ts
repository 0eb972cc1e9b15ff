import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { listen } from '#server/http/listen.ts'
import { createApi } from '#tests/support/api.ts'
import { signUpBusiness } from '#tests/support/builders.ts'
import { createHouse } from '#tests/support/house.ts'

const reaches = (host: string, port: number) =>
  new Promise<boolean>(resolve => {
    const socket = connect({ host, port }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

test('it listens on this machine alone, by both of its addresses', async () => {
  const listening = await listen({ host: null, port: 0 }, (_, response) => response.end())
  expect(await reaches('127.0.0.1', listening.port)).toBe(true)
  expect(await reaches('::1', listening.port)).toBe(true)
  await listening.stop(0)
  expect(await reaches('127.0.0.1', listening.port)).toBe(false)
})

test('a port in use is said at once', async () => {
  const first = await listen({ host: null, port: 0 }, (_, response) => response.end())
  await expect(listen({ host: null, port: first.port }, () => {})).rejects.toThrow(/EADDRINUSE/)
  await first.stop(0)
})

test('a stop lets what is under way finish, and takes nothing more', async () => {
  const house = await createHouse()
  const business = await signUpBusiness(house)
  const underWay = business.visitor().mutate('auth.requestLink', { email: business.email })
  await new Promise(resolve => setTimeout(resolve, 50))
  const stopped = house.stop()
  expect((await underWay).status).toBe(200)
  await stopped
  expect(await reaches('127.0.0.1', house.port)).toBe(false)
})

test('a worker says whether it is ready, and nothing else', async () => {
  const house = await createHouse({ env: { ROLE: 'worker' } })
  const api = createApi({ port: house.port, host: 'localhost' })
  expect((await api.send('GET', '/healthz')).status).toBe(200)
  expect((await api.send('GET', '/readyz')).status).toBe(200)
  expect((await api.send('GET', '/')).status).toBe(404)
  expect((await api.send('GET', '/trpc/tenants.current')).status).toBe(404)
  await house.stop()
})

test('it is not ready while the database doesn’t answer', async () => {
  const house = await createHouse()
  await house.house.db.destroy()
  const { status, body } = await house.api().send('GET', '/readyz')
  expect([status, JSON.parse(body)]).toEqual([503, { ok: false, database: false, worker: true }])
  expect((await house.api().send('GET', '/healthz')).status).toBe(200)
  await house.stop()
})
