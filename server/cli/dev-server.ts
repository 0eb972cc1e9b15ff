import type { ServerBuild } from '@remix-run/node'
import { createServer } from 'vite'
import { startRapport } from '#server/main.ts'
import { environment } from './environment.ts'
import { run } from './run.ts'

// Web and worker for development, with pages that change while one looks at them; started by `dev.ts`.

await run(async stopping => {
  const env = environment()
  const { databaseAppUrl: appUrl, secretKey } = env
  if (!appUrl || !secretKey) throw new Error('dev.ts starts this file and gives it its database and key')

  const vite = await createServer({ server: { middlewareMode: true } })
  stopping.add(() => vite.close())
  const loadPages = () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>
  const rapport = await startRapport({ env, appUrl, secretKey, loadPages, viteDevServer: vite })
  stopping.add(rapport.stop)
  console.log(`ready ${new URL(rapport.url).origin}`)
})
