import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 60_000 })

const key = 'k'.repeat(32)

/** What `npm start` says and how it ends, with these settings and no others. */
async function start(settings: Record<string, string>) {
  const child = spawn(process.execPath, ['server/cli/start.ts'], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...settings },
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => said.push(String(text)))
  const [code] = await once(child, 'close')
  return { code, said: said.join('') }
}

test('a port in use is said in one line', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  expect(await start({ PORT: String(port) })).toEqual({
    code: 1,
    said: `Port ${port} is in use: stop what listens there, or set PORT.\n`,
  })
  other.close()
})

test('a database that does not answer is said in one line', async () => {
  const DATABASE_URL = 'postgres://me:secret@127.0.0.1:1/rapport'
  expect(await start({ PORT: '0', DATABASE_URL, SECRET_KEY: key })).toEqual({
    code: 1,
    said: "The database at 127.0.0.1:1/rapport can't be reached: nothing answers there (DATABASE_URL).\n",
  })
})

test('a data directory that can not be written is said in one line', async () => {
  expect(await start({ PORT: '0', DATA_DIR: '/dev/null/data' })).toEqual({
    code: 1,
    said: "The data directory /dev/null/data can't be written (ENOTDIR): set DATA_DIR to a folder of yours.\n",
  })
})

test('a setting that makes no sense is said in one line', async () => {
  const { code, said } = await start({ PORT: 'eighty' })
  expect(code).toBe(1)
  expect(said).toMatch(/^PORT: .+\n$/)
})
