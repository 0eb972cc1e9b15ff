import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { startEmbeddedPostgres } from '#server/cli/embedded-postgres.ts'

vi.setConfig({ testTimeout: 60_000 })

const closed = await mkdtemp(join(tmpdir(), 'rapport-closed-'))
const dataDir = join(closed, 'data')
const cluster = join(dataDir, 'postgres')
await chmod(closed, 0o700)
afterAll(() => rm(closed, { recursive: true, force: true }))

const start = () => startEmbeddedPostgres({ dataDir, purpose: 'product' })

async function ask(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
    .query(text)
    .then(result => result.rows)
    .finally(() => client.end())
}

async function serverPid() {
  return Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0])
}

test('data survive a restart, in a folder that only its owner may enter', async () => {
  const first = await start()
  await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS one')
  expect(await ask(first.ownerUrl, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
  await first.stop()
  await expect(ask(first.ownerUrl, 'SELECT')).rejects.toThrow()

  const second = await start()
  expect(await ask(second.ownerUrl, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
  await second.stop()
})

test('a server that outlived its killed process is taken over', async () => {
  const script = `import { startEmbeddedPostgres } from '#server/cli/embedded-postgres.ts'
    const { ownerUrl } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, purpose: 'product' })
    process.send(ownerUrl)`
  const killed = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const orphanUrl = await new Promise<string>(resolve => killed.once('message', resolve as () => void))
  const orphan = await serverPid()
  killed.kill('SIGKILL')
  await sleep(100)
  expect(await ask(orphanUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])

  const next = await start()
  expect(await serverPid()).not.toBe(orphan)
  expect(await ask(next.ownerUrl, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
  await next.stop()
})

test('a server that crashed is started again though its pid file names another program by now', async () => {
  const crashing = await start()
  const crashed = await serverPid()
  const pidFile = await readFile(join(cluster, 'postmaster.pid'), 'utf8')
  process.kill(crashed, 'SIGKILL')
  await crashing.lost
  await crashing.stop()
  await writeFile(join(cluster, 'postmaster.pid'), pidFile.replace(String(crashed), String(process.pid)))

  const next = await start()
  expect(await ask(next.ownerUrl, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
  await next.stop()
})

test('two processes that start at once share the server of one data directory, and the last to leave stops it', async () => {
  const [web, worker] = await Promise.all([start(), start()])
  expect(worker.ownerUrl).toBe(web.ownerUrl)
  await web.stop()
  expect(await ask(worker.ownerUrl, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
  await worker.stop()
  await expect(ask(worker.ownerUrl, 'SELECT')).rejects.toThrow()
})

test('a data directory that can not be written is named in one line', async () => {
  const inTheWay = join(closed, 'file')
  await writeFile(inTheWay, '')
  await expect(startEmbeddedPostgres({ dataDir: inTheWay, purpose: 'product' })).rejects.toThrow(
    `The data directory ${inTheWay} can't be written (ENOTDIR): set DATA_DIR to a folder of yours.`,
  )
  await expect(
    startEmbeddedPostgres({ dataDir: join(inTheWay, 'below'), purpose: 'product' }),
  ).rejects.toThrow('ENOTDIR')
})

test('data of another version of PostgreSQL are left alone, with one line that says why', async () => {
  const other = join(closed, 'other')
  await mkdir(join(other, 'postgres'), { recursive: true, mode: 0o700 })
  await writeFile(join(other, 'postgres', 'PG_VERSION'), '15\n')
  await writeFile(join(other, 'postgres', 'rapport-password'), 'x'.repeat(20))
  await expect(startEmbeddedPostgres({ dataDir: other, purpose: 'product' })).rejects.toThrow(
    /^PostgreSQL did not start/,
  )
})
