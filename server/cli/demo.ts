import { parseArgs } from 'node:util'
import { installed } from '#plugins/installed.ts'
import { connect } from '#server/db/connection.ts'
import { Refusal } from '#server/domain/refusal.ts'
import type { Env } from '#server/env.ts'
import { createLog } from '#server/http/log.ts'
import { createJobs } from '#server/jobs/boss.ts'
import { loadPlugins } from '#server/plugin-host/load.ts'
import { createLive } from '#server/realtime/create-live.ts'
import { createUrls } from '#server/urls.ts'
import { analyze } from './demo/analyze.ts'
import { business } from './demo/cast.ts'
import { type Demo, seedDemo } from './demo/seed-demo.ts'
import { environment } from './environment.ts'
import { Failure } from './failure.ts'
import { type Prepared, prepare } from './prepare.ts'
import { run } from './run.ts'
import { type Say, step } from './steps.ts'

/** `npm run demo -- --size 100000 --slug big`: a business with so many bookings over a year. */
await run(async stopping => {
  const { size, slug } = options()
  const env = environment()
  const prepared = await prepare(env, stopping, { pages: false })
  const demo = await step(`Make ${slug} with ${size.toLocaleString('en')} bookings`, say =>
    makeDemo(env, prepared, { size, slug, say }),
  )
  await analyze(prepared.ownerUrl)
  console.log(`\n${demo.url}`)
  for (const { who, email, password } of demo.logins) console.log(`  ${email}  ${password}  ${who}`)
  await stopping.end(0)
})

function options(): { size: number; slug: string } {
  const { size, slug } = parse()
  if (!/^\d{1,7}$/.test(size) || Number(size) < 1) throw new Failure('--size must be a number of bookings.')
  if (!/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/.test(slug))
    throw new Failure('--slug must be of lower-case letters, digits and hyphens.')
  return { size: Number(size), slug }
}

function parse() {
  try {
    const { values } = parseArgs({
      options: {
        size: { type: 'string', default: '1500' },
        slug: { type: 'string', default: business.slug },
      },
    })
    return values
  } catch (error) {
    throw new Failure(`${(error as Error).message} Use: npm run demo -- --size 1500 --slug ${business.slug}`)
  }
}

async function makeDemo(
  env: Env,
  { appUrl }: Prepared,
  { size, slug, say }: { size: number; slug: string; say: Say },
): Promise<Demo> {
  const log = createLog({ logLevel: 'error' })
  const db = connect(appUrl, 4)
  const live = createLive({ db, listenUrl: null, log })
  const jobs = await createJobs({ appUrl, log })
  const { kind, kinds } = loadPlugins(installed, env.environment, log)
  try {
    return await seedDemo(
      { env, db, live, jobs, kind, kinds, urls: createUrls(env, env.port) },
      { now: new Date(), size, slug, say },
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Failure(`There is a business ${slug} already: choose another with --slug.`)
  } finally {
    await jobs.stop()
    await live.stop()
    await db.destroy()
  }
}
