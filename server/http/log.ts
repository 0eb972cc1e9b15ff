import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'
import type { Env } from '#server/env.ts'

/** The log of this process: lines of JSON, or readable ones where a person watches. */
export function createLog(env: Pick<Env, 'logLevel'>): Logger {
  const options = { level: env.logLevel, base: undefined }
  return process.stdout.isTTY ? pino(options, pretty({ ignore: 'pid,hostname' })) : pino(options)
}

/** A path as it may be logged: without the tokens that links carry. */
export function loggedPath(url: string): string {
  return url
    .split('?', 1)[0]!
    .replace(/[^/]{24,}/g, '…')
    .slice(0, 200)
}
