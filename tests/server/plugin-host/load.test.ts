import { definePlugin, type Plugin } from '@rapport/sdk'
import pino from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { installed } from '#plugins/installed.ts'
import { loadPlugins } from '#server/plugin-host/load.ts'

const log = pino({ level: 'silent' })

function plain(more: Partial<Plugin> & { id: string }): Plugin {
  return definePlugin({ name: 'A plugin', description: 'Does little.', version: '1.0.0', sdk: 1, ...more })
}

function kindPlugin(id: string, kind: string, more: object = {}): Plugin {
  const [oneOnOne] = installed
  return { ...oneOnOne!, id, provides: { kinds: [{ ...oneOnOne!.provides!.kinds![0]!, id: kind, ...more }] } }
}

test('the installed plugins load, one-on-one sessions among them', () => {
  const { kind, kinds, refused, operated } = loadPlugins(installed, {}, log)
  expect(refused).toEqual([])
  expect(kinds.map(({ id }) => id)).toContain('1on1')
  expect(kind('1on1').occupies({ durationMinutes: 50, settings: {} })).toEqual({
    durationMinutes: 50,
    capacity: 1,
  })
  expect(() => kind('dinner')).toThrow('Sessions of the kind dinner can’t be had at the moment.')
  expect(operated.has('mailbox')).toBe(true)
  expect(operated.has('smtp')).toBe(false)
})

test.each<[string, object, RegExp]>([
  ['without words for its settings', { settings: z.object({ room: z.string() }) }, /room has no describe/],
  ['without what it does', { occupies: undefined }, /lacks occupies or format/],
  ['booked by session, without rules for them', { bookedBy: 'session' }, /must have sessions/],
])('a kind %s is left out with its plugin', (_, more, reason) => {
  const { kinds, refused } = loadPlugins(
    [kindPlugin('odd', 'odd', more), kindPlugin('even', 'even')],
    {},
    log,
  )
  expect(kinds.map(({ id }) => id)).toEqual(['even'])
  expect(refused).toMatchObject([{ plugin: 'odd', reason: expect.stringMatching(reason) }])
})

test('what the operator’s environment sets up is taken from it', () => {
  const { operated } = loadPlugins(installed, { SMTP_URL: 'smtp://127.0.0.1:2525' }, log)
  expect(operated.get('smtp')).toEqual({ config: {}, secrets: { url: 'smtp://127.0.0.1:2525' } })
})

test('a plugin at fault is named and left out, the rest run', () => {
  const twiceItself = kindPlugin('twice', 'same')
  twiceItself.provides!.kinds!.push(twiceItself.provides!.kinds![0]!)
  const { refused, kinds, plugins } = loadPlugins(
    [
      kindPlugin('a', 'one'),
      kindPlugin('a', 'two'),
      kindPlugin('b', 'one'),
      kindPlugin('B!', 'b'),
      { ...kindPlugin('old', 'old'), sdk: 2 } as unknown as Plugin,
      twiceItself,
      plain({ id: 'fax', provides: { fax: () => ({}) } as Plugin['provides'] }),
      plain({ id: 'no-function', provides: { email: {} } as unknown as Plugin['provides'] }),
      plain({ id: 'nameless', name: ' ' }),
      plain({ id: 'deep', config: z.object({ server: z.object({ host: z.string() }).describe('Server') }) }),
      plain({ id: 'wordless', config: z.object({ account: z.string() }) }),
      plain({ id: 'number', secrets: z.object({ pin: z.number().describe('PIN') }) }),
      plain({
        id: 'doubled',
        config: z.object({ key: z.string().describe('Key') }),
        secrets: z.object({ key: z.string().describe('Key') }),
      }),
      plain({
        id: 'throws',
        operator() {
          throw new Error('no such server')
        },
      }),
      null as unknown as Plugin,
      plain({ id: 'last' }),
    ],
    {},
    log,
  )
  expect(Object.fromEntries(refused.map(({ plugin, reason }) => [plugin, reason]))).toEqual({
    a: 'another plugin has the same id',
    b: 'the session kind one is provided already',
    'B!': 'its id must be of lower-case letters, digits and hyphens',
    old: 'it was made for version 2 of the SDK, this is 1',
    twice: 'the session kind same is provided already',
    fax: 'it provides fax, which this version of Rapport knows nothing of',
    'no-function': 'what it provides as email is not a function',
    nameless: 'it has no name',
    deep: 'the setting server is neither a text, a number, a truth nor a choice: settings are flat',
    wordless: 'the setting account has no describe(): its form would have no label',
    number: 'the secret pin must be a text',
    doubled: 'key is both in its config and in its secrets',
    throws: 'no such server',
    'one without a name': 'its id must be of lower-case letters, digits and hyphens',
  })
  expect(plugins.map(({ id }) => id)).toEqual(['a', 'last'])
  expect(kinds.map(({ id }) => id)).toEqual(['one'])
})
