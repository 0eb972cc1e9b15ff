import { type Env, readEnv } from '#server/env.ts'
import { listen } from '#server/http/listen.ts'
import { codeOf, Failure } from './failure.ts'

/** The checked environment of this process; throws `Failure` with one line that names the variable. */
export function environment(): Env {
  try {
    return readEnv(process.env)
  } catch (error) {
    throw new Failure((error as Error).message)
  }
}

/** Throws `Failure` if the port can't be had: known at once, and not only after the long steps. */
export async function requirePort({ host, port }: Env): Promise<void> {
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
