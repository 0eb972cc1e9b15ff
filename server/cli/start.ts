import { type Env, readEnv } from '#server/env.ts'
import { listen } from '#server/http/listen.ts'
import { startRapport } from '#server/main.ts'
import { codeOf, Failure } from './failure.ts'
import { loadPages } from './pages.ts'
import { prepare } from './prepare.ts'
import { run } from './run.ts'
import { step } from './steps.ts'

await run(async stopping => {
  const env = environment()
  await requirePort(env)
  const { appUrl, secretKey, lost } = await prepare(env, stopping, { pages: true })
  const rapport = await step('Start web and worker', () =>
    startRapport({ env, appUrl, secretKey, loadPages }),
  )
  stopping.add(rapport.stop)
  console.log(`ready ${new URL(rapport.url).origin}`)

  await lost
  throw new Failure(`PostgreSQL has stopped by itself: ${env.dataDir}/postgres.log may say why.`)
})

function environment(): Env {
  try {
    return readEnv(process.env)
  } catch (error) {
    throw new Failure((error as Error).message)
  }
}

/** Known at once, and not only after the long steps. */
async function requirePort({ host, port }: Env): Promise<void> {
  const listening = await listen({ host, port }, (_, response) => response.end()).catch(error => {
    const code = codeOf(error)
    if (code === 'EADDRINUSE')
      throw new Failure(`Port ${port} is in use: stop what listens there, or set PORT.`)
    if (code === 'EACCES')
      throw new Failure(`Port ${port} is not open to this user: set PORT to one above 1023.`)
    throw new Failure(
      `Nothing can listen on ${host ?? 'localhost'}, port ${port} (${code}): set HOST or PORT.`,
    )
  })
  await listening.stop(0)
}
