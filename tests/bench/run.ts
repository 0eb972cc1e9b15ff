import { readdir } from 'node:fs/promises'
import { startTestPostgres } from '#tests/support/postgres.ts'

/** What a benchmark answers: each ratio compares two ways measured in the same run, so that it means the same on any machine. */
export interface Measured {
  name: string
  ratios: Record<string, number>
}

// Runs every benchmark of this folder, or those whose file name contains a word given, one after the other.

const folder = new URL('./', import.meta.url)
const words = process.argv.slice(2)
const files = (await readdir(folder))
  .filter(
    name => name.endsWith('.bench.ts') && (words.length === 0 || words.some(word => name.includes(word))),
  )
  .sort()

const postgres = await startTestPostgres()
try {
  for (const file of files) {
    const { default: measure } = (await import(new URL(file, folder).href)) as {
      default: () => Promise<Measured>
    }
    const { name, ratios } = await measure()
    for (const [what, ratio] of Object.entries(ratios)) {
      console.log(`${name.padEnd(24)} ${what.padEnd(56)} ${ratio.toFixed(3)}`)
    }
  }
} finally {
  await postgres.stop()
}
