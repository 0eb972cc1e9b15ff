import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

async function filesThatSay(pattern: RegExp, ...globs: string[]) {
  const files = globs.flatMap(glob => globSync(glob))
  const texts = await Promise.all(files.map(async file => ({ file, text: await readFile(file, 'utf8') })))
  return texts.filter(({ text }) => pattern.test(text)).map(({ file }) => file)
}

test('only server/env.ts and the command line read the environment', async () => {
  const found = await filesThatSay(/process\.env\b/, '{app,server,plugins,migrations}/**/*.{ts,tsx}')
  expect(found.filter(file => !/^server\/(env\.ts|cli\/)/.test(file))).toEqual([])
})

test('the domain takes the time from its caller; Lucia, which does not, is told the difference', async () => {
  const clock = /Date\.now\(\)|new Date\(\)|DateTime\.(now|utc|local)\(\)|performance\.now/
  const found = await filesThatSay(clock, 'server/domain/**/*.ts')
  expect(found.filter(file => file !== 'server/domain/people/login-sessions.ts')).toEqual([])
})

test('the server and the plugins run as they stand, without JSX', () => {
  expect(globSync('{server,plugins,migrations}/**/*.{jsx,tsx}', { exclude: ['**/node_modules/**'] })).toEqual(
    [],
  )
})
