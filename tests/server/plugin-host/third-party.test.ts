import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Plugin } from '@rapport/sdk'
import { pluginContract, sampleMeeting, testContext, videoContract } from '@rapport/sdk/testing'
import { afterAll, expect, test } from 'vitest'
import { installed } from '#plugins/installed.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import { expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse } from '#tests/support/house.ts'

/*
 * Somebody else's plugin: JavaScript in a package of its own, packed, and installed with `npm i` beside a copy of the
 * SDK as an operator has it. Nothing is fetched from a registry.
 */

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))

const source = `import { definePlugin, Hopeless } from '@rapport/sdk'
import { z } from 'zod'

const heard = []

/** @type {import('@rapport/sdk').Plugin} */
export default definePlugin({
  id: 'acme-rooms',
  name: 'Acme rooms',
  description: 'Rooms by Acme.',
  version: '2.1.0',
  sdk: 1,
  config: z.object({ account: z.string().min(2).describe('Account: its name') }),
  secrets: z.object({ apiKey: z.string().min(8).describe('API key') }),
  provides: {
    video({ config, secrets }) {
      const room = ({ ref }) => {
        if (secrets.apiKey === 'closed-account') throw new Hopeless('this account is closed')
        return { ref, joinUrl: 'https://rooms.acme.example/' + config.account + '/' + ref }
      }
      return {
        create: async meeting => room(meeting),
        move: async (_, meeting) => room(meeting),
        remove: async () => {},
      }
    },
  },
  on: { 'tenant.changed': async event => void heard.push(event.name) },
  health: async () => 'Heard of ' + heard.length + ' changes.',
})
`

const folder = await mkdtemp(join(tmpdir(), 'rapport-third-party-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const operator = join(folder, 'rapport')
await pack()
await install()
const { default: acme } = (await import(
  pathToFileURL(join(operator, 'node_modules/rapport-plugin-acme/index.js')).href
)) as { default: Plugin }

async function pack(): Promise<void> {
  const author = join(folder, 'author')
  const manifest = {
    name: 'rapport-plugin-acme',
    version: '2.1.0',
    type: 'module',
    exports: './index.js',
    peerDependencies: { '@rapport/sdk': '^1.0.0', zod: '^4.0.0' },
  }
  await mkdir(author)
  await writeFile(join(author, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(author, 'index.js'), source)
  await npm(author, 'pack', '--pack-destination', folder)
}

async function install(): Promise<void> {
  const manifest = {
    name: 'rapport',
    private: true,
    type: 'module',
    workspaces: ['plugins/sdk'],
    dependencies: { zod: `file:${join(root, 'node_modules/zod')}` },
  }
  await mkdir(join(operator, 'plugins'), { recursive: true })
  await cp(join(root, 'plugins/sdk'), join(operator, 'plugins/sdk'), { recursive: true })
  await writeFile(join(operator, 'package.json'), JSON.stringify(manifest))
  await npm(operator, 'install', '--ignore-scripts', join(folder, 'rapport-plugin-acme-2.1.0.tgz'))
}

async function npm(cwd: string, ...args: string[]): Promise<void> {
  const quiet = ['--offline', '--no-audit', '--no-fund', '--loglevel=error', '--cache', join(folder, 'cache')]
  await run('npm', [...args, ...quiet], { cwd, shell: process.platform === 'win32' })
}

const context = testContext({ config: { account: 'aurora' }, secrets: { apiKey: 'a-key-of-acme' } })
pluginContract(acme)
videoContract(() => ({ open: () => acme.provides!.video!(context) }))

test('Node runs it as it was installed, with one line in a list', async () => {
  const list = `import acme from 'rapport-plugin-acme'\nexport const installed = [acme]\n`
  await writeFile(join(operator, 'plugins/installed.ts'), list)
  const script = `import('./plugins/installed.ts').then(({ installed }) => console.log(installed[0].id))`
  const { stdout } = await run(process.execPath, ['-e', script], { cwd: operator })
  expect(stdout.trim()).toBe('acme-rooms')
})

test('a business sets it up, meets in its rooms, and it hears of events', async () => {
  const house = await createHouse({ plugins: [...installed, acme], env: { LOG_LEVEL: 'silent' } })
  try {
    const { owner, tenantId } = await signUpBusiness(house)
    const settings = {
      pluginId: 'acme-rooms',
      config: { account: 'aurora' },
      secrets: { apiKey: 'a-key-of-acme' },
    }
    expectData(await owner.mutate('plugins.save', settings))
    expectData(await owner.mutate('plugins.enable', { pluginId: 'acme-rooms' }))
    const video = (await house.house.provider('video', tenantId))!
    const meeting = sampleMeeting()
    expect(await video.call('create', (rooms, call) => rooms.create(meeting, call))).toEqual({
      ref: meeting.ref,
      joinUrl: `https://rooms.acme.example/aurora/${meeting.ref}`,
    })

    expectData(await owner.mutate('tenants.update', { tagline: 'Changed' }))
    const attempt = { last: false, signal: new AbortController().signal }
    const handlers = handlersOf(house.house)
    const events = await inTenant(house.house.db, tenantId, trx =>
      trx.selectFrom('events').select('id').execute(),
    )
    for (const { id } of events) await handlers.event({ tenantId, eventId: id }, attempt)
    const { deliveries } = expectData(await owner.query('plugins.deliveries', { pluginId: 'acme-rooms' }))
    for (const { eventId } of deliveries)
      await handlers.delivery({ tenantId, pluginId: 'acme-rooms', eventId }, attempt)
    expect(expectData(await owner.mutate('plugins.check', { pluginId: 'acme-rooms' }))).toEqual({
      ok: true,
      detail: 'Heard of 1 changes.',
    })

    // Its errors come from a copy of the SDK of its own, and mean the same.
    expectData(await owner.mutate('plugins.save', { ...settings, secrets: { apiKey: 'closed-account' } }))
    const closed = video.call('create', (rooms, call) => rooms.create(meeting, call))
    await expect(closed).rejects.toMatchObject({ reason: 'hopeless', message: 'this account is closed' })
  } finally {
    await house.stop()
  }
})
