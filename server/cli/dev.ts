import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { environment, requirePort } from './environment.ts'
import { prepare } from './prepare.ts'
import { run } from './run.ts'

// `npm run dev`: the database stays up while `dev-server.ts` is started anew whenever a file of the server changes.

/** By folder: `--watch` alone would also start anew for the files that Vite makes for itself. */
const ARGUMENTS = [
  '--watch-path=server',
  '--watch-path=plugins',
  '--watch-path=migrations',
  '--watch-preserve-output',
  'server/cli/dev-server.ts',
]

await run(async stopping => {
  const env = environment()
  await requirePort(env)
  const { ownerUrl, appUrl, secretKey } = await prepare(env, stopping, { pages: false })
  const server = spawn(process.execPath, ARGUMENTS, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_URL: ownerUrl,
      DATABASE_APP_URL: appUrl,
      SECRET_KEY: secretKey,
    },
    stdio: 'inherit',
  })
  const gone = once(server, 'exit')
  stopping.add(async () => {
    server.kill('SIGTERM')
    await gone
  })
  await gone
  await stopping.end(1)
})
