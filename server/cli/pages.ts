import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { codeOf, Failure } from './failure.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const stamp = join(root, 'build', 'made-from')
const SOURCES = ['app', 'public', 'package-lock.json', 'remix.config.js', 'tsconfig.json', 'vite.config.ts']

/** Whether the pages in `build/` were made from the files that are here now. */
export async function pagesAreStale(): Promise<boolean> {
  const made = await readFile(stamp, 'utf8').catch(() => '')
  return made !== (await hashOfSources())
}

/** The built pages, as Remix's request handler takes them. */
export async function loadPages(): Promise<ServerBuild> {
  return import(pathToFileURL(join(root, 'build', 'server', 'index.js')).href)
}

/** Builds the pages with Remix; throws `Failure` with what the build said. */
export async function buildPages(): Promise<void> {
  const hash = await hashOfSources()
  const remix = join(root, 'node_modules', '@remix-run', 'dev', 'dist', 'cli.js')
  const build = spawn(process.execPath, [remix, 'vite:build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stopWithUs = () => build.kill()
  process.once('exit', stopWithUs)
  const said: string[] = []
  for (const stream of [build.stdout, build.stderr]) stream.on('data', text => said.push(String(text)))
  const [code] = await once(build, 'close')
  process.off('exit', stopWithUs)
  if (code !== 0) throw new Failure(`The pages could not be built.\n${said.join('')}`)
  await writeFile(stamp, hash)
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const path of await filesOf(source)) {
      hash.update(`${path}\0`).update(await readFile(join(root, path)))
    }
  }
  return hash.digest('hex')
}

async function filesOf(source: string): Promise<string[]> {
  const entries = await readdir(join(root, source), { recursive: true, withFileTypes: true }).catch(codeOf)
  if (entries === 'ENOENT') return []
  if (typeof entries === 'string') return [source]
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length))
    .sort()
}
