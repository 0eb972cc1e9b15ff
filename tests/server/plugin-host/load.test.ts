import { type Channel, definePlugin, type Plugin } from '@rapport/sdk'
import pino from 'pino'
import { expect, test } from 'vitest'
import { installed } from '#plugins/installed.ts'
import { loadPlugins } from '#server/plugin-host/load.ts'

const log = pino({ level: 'silent' })
const operator = { dataDir: '/nowhere', environment: {} }
const channel: Channel = { deliver: async () => ({}) }
const mail = definePlugin({
  id: 'mail',
  name: 'Mail',
  description: 'Mail',
  version: '1.0.0',
  sdk: 1,
  operator: () => ({ config: {}, secrets: {} }),
  provides: { email: () => channel },
})

function kindPlugin(id: string, kind: string): Plugin {
  const [oneOnOne] = installed
  return { ...oneOnOne!, id, provides: { kinds: [{ ...oneOnOne!.provides!.kinds![0]!, id: kind }] } }
}

test('the installed plugins load: one-on-one sessions, and a mailbox where no mail server is set', async () => {
  const { kind, kinds, email, refused } = loadPlugins(installed, operator, log)
  expect(refused).toEqual([])
  expect(kinds.map(({ id }) => id)).toEqual(['1on1'])
  expect(kind('1on1')).toMatchObject({ bookedBy: 'slot', appliesApproval: true })
  expect(kind('1on1').occupies({ durationMinutes: 50, settings: {} })).toEqual({
    durationMinutes: 50,
    capacity: 1,
  })
  expect(() => kind('group')).toThrow('no plugin provides sessions of the kind group')
  expect(email.kept).toBeDefined()
})

test('mail goes to the mail server where one is set', async () => {
  const { email } = loadPlugins(
    installed,
    { ...operator, environment: { SMTP_URL: 'smtp://127.0.0.1:2525' } },
    log,
  )
  expect(email.kept).toBeUndefined()
  await email.close?.()
})

test('a plugin at fault is named and left out, the rest run', () => {
  const wrongSdk = { ...kindPlugin('old', 'old'), sdk: 2 } as unknown as Plugin
  const broken = definePlugin({
    ...mail,
    id: 'broken',
    provides: {
      email() {
        throw new Error('no such server')
      },
    },
  })
  const twiceItself = kindPlugin('twice', 'same')
  twiceItself.provides!.kinds!.push(twiceItself.provides!.kinds![0]!)
  const { refused, kinds, email } = loadPlugins(
    [
      kindPlugin('a', 'one'),
      kindPlugin('a', 'two'),
      kindPlugin('b', 'one'),
      kindPlugin('B!', 'b'),
      wrongSdk,
      broken,
      twiceItself,
      mail,
    ],
    operator,
    log,
  )
  expect(refused).toEqual([
    { plugin: 'a', reason: 'another plugin has the same id' },
    { plugin: 'b', reason: 'the session kind one is provided already' },
    { plugin: 'B!', reason: 'its id must be of lower-case letters, digits and hyphens' },
    { plugin: 'old', reason: 'it was made for version 2 of the SDK, this is 1' },
    { plugin: 'broken', reason: 'no such server' },
    { plugin: 'twice', reason: 'the session kind same is provided already' },
  ])
  expect(kinds.map(({ id }) => id)).toEqual(['one'])
  expect(email).toBe(channel)
})

test('an installation that could deliver no mail refuses to start', () => {
  expect(() => loadPlugins([kindPlugin('a', 'one')], operator, log)).toThrow(
    'no installed plugin can deliver mail',
  )
})
