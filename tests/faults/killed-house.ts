import { readEnv } from '#server/env.ts'
import { startRapport } from '#server/main.ts'

// A whole house in a process of its own, made to be killed. Tells its parent the port when it is ready.

const { appUrl, secretKey, dataDir } = JSON.parse(process.argv[2]!) as Record<string, string>
const { port } = await startRapport({
  env: readEnv({ PORT: '0', ROLE: 'all', LOG_LEVEL: 'silent', RATE_LIMITS: 'off', DATA_DIR: dataDir! }),
  appUrl: appUrl!,
  secretKey: secretKey!,
})
process.send!({ port })
process.on('disconnect', () => process.exit(0))
