import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePlugin, templates } from '#server/cli/make-plugin.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const modules = join(root, 'node_modules')

let copy: string
let plugins: string
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'rapport-plugin-new-'))
  plugins = join(copy, 'plugins')
  await mkdir(plugins)
  await symlink(modules, join(copy, 'node_modules'))
  await copyFile(join(root, 'plugins/installed.ts'), join(plugins, 'installed.ts'))
  await copyFile(join(root, 'biome.json'), join(copy, 'biome.json'))
  await writeFile(join(copy, 'package.json'), '{ "type": "module" }\n')
})
afterAll(() => rm(copy, { recursive: true, force: true }))

test('a plugin of each kind is made with a test that passes as it is, and is in the list', {
  timeout: 120_000,
}, async () => {
  for (const kind of Object.keys(templates)) await makePlugin({ plugins, id: `my-${kind}`, kind })

  const list = await readFile(join(plugins, 'installed.ts'), 'utf8')
  expect(list).toContain("import mySessionKind from './my-session-kind/index.ts'")
  expect(list).toMatch(/ {2}myListener,\n {2}myVideo,\n {2}myEmail,\n {2}mySessionKind,\n\]\n$/)

  const vitest = join(modules, 'vitest/vitest.mjs')
  const written = join(copy, 'report.json')
  await run(
    process.execPath,
    [vitest, 'run', '--root', copy, '--reporter=json', `--outputFile.json=${written}`, 'plugins'],
    { cwd: copy },
  )
  const report = JSON.parse(await readFile(written, 'utf8'))
  expect(report).toMatchObject({ success: true, numFailedTests: 0 })
  expect(report.testResults).toHaveLength(Object.keys(templates).length)

  const biome = join(modules, '.bin/biome')
  await run(biome, ['check', '--error-on-warnings', '--vcs-enabled=false', 'plugins'], { cwd: copy })
})

test('what can’t be a plugin is refused in a sentence', async () => {
  for (const id of ['', 'Big', '1st', 'a--b', 'sdk', '../up', 'x'.repeat(41)])
    await expect(makePlugin({ plugins, id, kind: 'video' }), id).rejects.toThrow('An id is of lower-case')
  await expect(makePlugin({ plugins, id: 'fax', kind: 'toString' })).rejects.toThrow('not toString')
  await mkdir(join(plugins, 'taken'))
  await expect(makePlugin({ plugins, id: 'taken', kind: 'video' })).rejects.toThrow('already')
})
