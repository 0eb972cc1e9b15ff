// Runs before `npm start`, `npm test` and the other scripts, on whatever Node the machine has (20 or newer),
// hence plain JavaScript: installs the packages when they don't match the lockfile, and sees to it that
// `node` in npm's scripts is one that runs the rest. `--dev` wants the packages of the tests, too.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const modules = join(root, 'node_modules')
const withDev = process.argv.includes('--dev')
const NODE_NEEDED = 24

if (!isInstalled()) install()
provideNode()

function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const there = packagesOf(join(modules, '.package-lock.json'))
  return Object.entries(wanted ?? {}).every(([path, want]) => {
    const found = there?.[path]
    if (path === '') return true
    if (!found) return want.optional || (want.dev && !withDev)
    return found.version === want.version && found.integrity === want.integrity
  })
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages
  } catch {
    return null
  }
}

function install() {
  console.log('Installing packages: once, about a minute …')
  const args = ['ci', '--no-progress', '--loglevel=error', ...(withDev ? ['--include=dev'] : [])]
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const { status, error } = npm?.endsWith('npm-cli.js')
    ? spawnSync(node ?? process.execPath, [npm, ...args], {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
      })
    : spawnSync('npm', args, {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        shell: process.platform === 'win32',
      })
  if (status !== 0)
    fail(`The packages could not be installed: npm ${args[0]} ended with ${error?.message ?? status}.`)
}

/** Puts the Node of the npm package first in the scripts' path; npm forgets the link where several are listed. */
function provideNode() {
  const link = join(modules, '.bin', 'node')
  const brought = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (process.platform !== 'win32' && runs(brought) && !runs(link)) {
    mkdirSync(dirname(link), { recursive: true })
    rmSync(link, { force: true })
    symlinkSync(join('..', `node-${process.platform}-${process.arch}`, 'bin', 'node'), link)
  }
  if (runs('node')) return
  fail(
    `Rapport needs Node ${NODE_NEEDED}, and yours is ${process.versions.node}. None that runs here ` +
      `(${process.platform} ${process.arch}) comes with the packages: install Node ${NODE_NEEDED} and start again.`,
  )
}

/** Whether `program` is a Node new enough; `node` alone is the one that npm's scripts find. */
function runs(program) {
  const path = [join(modules, '.bin'), process.env.PATH].join(process.platform === 'win32' ? ';' : ':')
  const env = { ...process.env, PATH: path }
  const { status, stdout } = spawnSync(program, ['--print', 'process.versions.node'], {
    env,
    encoding: 'utf8',
  })
  return status === 0 && Number.parseInt(stdout, 10) >= NODE_NEEDED
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
