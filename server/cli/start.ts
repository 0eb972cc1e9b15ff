import { startRapport } from '#server/main.ts'
import { outliveStrayFailures } from '#server/plugin-host/stray-failures.ts'
import { demoNotes, makeDemoOnce } from './demo-at-start.ts'
import { environment, requirePort } from './environment.ts'
import { Failure } from './failure.ts'
import { loadPages } from './pages.ts'
import { prepare } from './prepare.ts'
import { run } from './run.ts'
import { step } from './steps.ts'

const WHAT = { all: 'web and worker', web: 'the web server', worker: 'the worker' }

await run(async stopping => {
  const env = environment()
  await requirePort(env)
  const { ownerUrl, appUrl, secretKey, lost } = await prepare(env, stopping, { pages: true })
  const rapport = await step(`Start ${WHAT[env.role]}`, () =>
    startRapport({ env, appUrl, secretKey, loadPages }),
  )
  stopping.add(rapport.stop)
  outliveStrayFailures(rapport.house.log)
  await makeDemoOnce(rapport.house, ownerUrl)
  console.log(`ready ${new URL(rapport.url).origin}\n${await demoNotes(rapport.house)}`)

  await lost
  throw new Failure(`PostgreSQL has stopped by itself: ${env.dataDir}/postgres.log may say why.`)
})
