import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Everything that must hold before a change may land, in the order in which it is cheap to know. A stage that
// fails doesn't keep the next from running; the last line says how many checks and tests passed and failed.

interface Tally {
  passed: number
  failed: number
}

interface Stage {
  title: string
  command: string[]
  /** Reads the report its command wrote; a stage without one is a single check. */
  tally?: (report: string) => Tally
  report?: string
  /** Longer than it takes on any machine: then it hangs. */
  minutes: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const reports = join(root, 'node_modules', '.cache', 'test-reports')
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')

/** In CI, too, vitest would colour what no terminal shows. */
const colours = process.stdout.isTTY ? [] : ['--no-color']

const stages: Stage[] = [
  { title: 'Types', command: ['tsc', '--noEmit'], minutes: 10 },
  {
    title: 'Format and lint',
    command: ['biome', 'check', '--colors=off', '--error-on-warnings'],
    minutes: 1,
  },
  { title: 'Import boundaries', command: ['npm', 'run', '--silent', 'boundaries'], minutes: 5 },
  {
    title: 'Unit and integration tests',
    command: [
      'vitest',
      'run',
      ...colours,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ],
    report: vitestReport,
    tally: tallyVitest,
    minutes: 20,
  },
  { title: 'Page build', command: ['node', 'server/cli/build.ts'], minutes: 10 },
  {
    title: 'Browser tests',
    command: ['playwright', 'test', '--reporter=list,json'],
    report: playwrightReport,
    tally: tallyPlaywright,
    minutes: 20,
  },
]

await rm(reports, { recursive: true, force: true })
await mkdir(reports, { recursive: true })
const total: Tally = { passed: 0, failed: 0 }
for (const stage of stages) {
  const { passed, failed } = await runStage(stage)
  total.passed += passed
  total.failed += failed
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

async function runStage(stage: Stage): Promise<Tally> {
  console.log(`\n▸ ${stage.title}`)
  const startedAt = performance.now()
  const succeeded = await succeeds(stage)
  const tally = await tallyOf(stage, succeeded)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(
    `${tally.failed > 0 ? '✗' : '✓'} ${stage.title}: ${tally.passed} passed, ${tally.failed} failed, ${seconds} s`,
  )
  return tally
}

async function succeeds({ title, command, minutes }: Stage): Promise<boolean> {
  const [program, ...args] = command
  const child = spawn(program!, args, {
    cwd: root,
    env: {
      ...process.env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  const overdue = setTimeout(() => {
    console.log(`${title} hang: they are stopped after ${minutes} minutes.`)
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  }, minutes * 60_000)
  try {
    const [code] = await once(child, 'close')
    return code === 0
  } catch (error) {
    console.log((error as Error).message)
    return false
  } finally {
    clearTimeout(overdue)
  }
}

/** A stage that failed counts at least one failure, whatever its report says or if there is none. */
async function tallyOf({ report, tally }: Stage, succeeded: boolean): Promise<Tally> {
  if (!report || !tally) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const counted = await readFile(report, 'utf8').then(tally, () => ({ passed: 0, failed: 0 }))
  return succeeded ? counted : { ...counted, failed: Math.max(1, counted.failed) }
}

/** A file that could not even be loaded has no tests in the report: it counts as one that failed. */
function tallyVitest(report: string): Tally {
  const { numPassedTests, testResults } = JSON.parse(report) as {
    numPassedTests: number
    testResults: { status: string; assertionResults: { status: string }[] }[]
  }
  const failed = testResults.map(({ status, assertionResults }) => {
    const tests = assertionResults.filter(result => result.status === 'failed').length
    return status === 'failed' ? Math.max(1, tests) : tests
  })
  return { passed: numPassedTests, failed: failed.reduce((sum, count) => sum + count, 0) }
}

function tallyPlaywright(report: string): Tally {
  const { stats, errors } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number }
    errors: unknown[]
  }
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (stats.unexpected > 0 ? 0 : errors.length),
  }
}
