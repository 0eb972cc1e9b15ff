import type { RequestHandler } from 'express'
import { sql } from 'kysely'
import type { House } from '#server/house.ts'

const PATIENCE = 3_000

/** `/healthz`: the process answers. */
export const healthz: RequestHandler = (_, response) => {
  response.set('Cache-Control', 'no-store').json({ ok: true })
}

/** `/readyz`: the database answers, and where this process works on jobs, its workers look for some. */
export function readyz({ db, jobs }: Pick<House, 'db' | 'jobs'>): RequestHandler {
  return async (_, response) => {
    const database = await isReached(db)
    const worker = jobs.alive()
    response
      .set('Cache-Control', 'no-store')
      .status(database && worker ? 200 : 503)
      .json({ ok: database && worker, database, worker })
  }
}

async function isReached(db: House['db']): Promise<boolean> {
  const late = new Promise<false>(resolve => setTimeout(resolve, PATIENCE, false).unref())
  const asked = sql`SELECT 1`.execute(db).then(
    () => true,
    () => false,
  )
  return Promise.race([asked, late])
}
