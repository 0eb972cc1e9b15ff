import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { loadPages } from '#server/cli/pages.ts'
import { readEnv } from '#server/env.ts'
import { startRapport } from '#server/main.ts'

// The product with its pages, web and worker, in a process of its own, on a clock that its parent sets: see
// `clocked-product.ts`. Tells the parent the port when it is ready.

const { ownerUrl, appUrl, dataDir } = JSON.parse(process.argv[2]!) as Record<string, string>

/** How far its clock is before the machine's, ms. */
let ahead = 0

const { port } = await startRapport({
  env: readEnv({ PORT: '0', ROLE: 'all', LOG_LEVEL: 'error', RATE_LIMITS: 'off', DATA_DIR: dataDir! }),
  appUrl: appUrl!,
  secretKey: randomBytes(32).toString('hex'),
  clock: () => new Date(Date.now() + ahead),
  loadPages,
})

process.on('disconnect', () => process.exit(0))
process.on('message', async (asked: { ahead: number }) => {
  // The house first: a job that came due before its own deadline had passed would do nothing.
  ahead = asked.ahead
  await setClockOfJobs(ahead)
  process.send!({ ahead })
})
process.send!({ port })

/** Replaces the one function by which pg-boss tells the time, so that a job comes due when the house's clock says so. */
async function setClockOfJobs(milliseconds: number): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(`
      CREATE OR REPLACE FUNCTION pgboss.job_now() RETURNS timestamp with time zone LANGUAGE sql STABLE
      AS $$ SELECT pg_catalog.now() + ${Number(milliseconds)} * interval '1 millisecond' $$`)
  } finally {
    await owner.end()
  }
}
