import type { Logger } from 'pino'
import type { z } from 'zod'
import { inTenant } from '#server/db/in-tenant.ts'
import { claimTry, FAILURES_BEFORE_REST, noteFailure, noteSuccess } from '#server/domain/plugins/breaker.ts'
import { type Ground, runCommand } from '#server/domain/run-command.ts'
import { inTime } from './in-time.ts'
import type { Installation, Installations } from './installations.ts'
import type { Instance } from './instances.ts'
import { type LogLine, tidyDetail, writeLines } from './log-lines.ts'
import { PluginFailed, placesOf, reasonOf, sentenceOf } from './plugin-failed.ts'
import { asPlugin } from './stray-failures.ts'

export interface CallOptions<T = unknown> {
  /** How long it may take, ms; 10 seconds unless said otherwise. */
  timeoutMs?: number
  /** Aborted when nobody waits any more. */
  signal?: AbortSignal
  /** What the answer must look like: another one counts as a failure. */
  answer?: z.ZodType<T>
  /** Made also while the installation rests: for what comes from outside, and for health checks. */
  evenIfResting?: boolean
  /** Made also while the installation rests, and reaches nothing outside: that it went well says nothing of other calls. */
  isLocal?: boolean
  /** Written into the installation's log only where it fails: for calls that are made all the time. */
  quiet?: boolean
}

/** One call: what is called with the instance, and what is noted of it. */
export type Work<T> = (instance: Instance, call: { signal: AbortSignal }) => T | Promise<T>

interface CallGround extends Ground {
  installations: Installations
  clock(): Date
  log: Logger
}

const TIMEOUT_MS = 10_000
/** How long beyond a call's own time nobody else tries an installation whose rest is over, ms. */
const TRY_MARGIN = 5_000

/**
 * Calls into a plugin of a business. Whatever it does — throws, hangs, answers nonsense — the caller gets an answer of
 * the form asked for, or `PluginFailed` in time; what came of it is noted in the installation's log and breaker, and a
 * note that can't be kept harms nobody.
 */
export async function callInstallation<T>(
  ground: CallGround,
  row: Installation,
  instanceOf: () => Instance,
  operation: string,
  work: Work<T>,
  options: CallOptions<T> = {},
): Promise<T> {
  const { timeoutMs = TIMEOUT_MS, signal, quiet = false } = options
  if (!options.evenIfResting && !options.isLocal) await requireAwake(ground, row, timeoutMs)
  const kind = operation.split('.', 1)[0]!
  const startedAt = performance.now()
  const line = (ok: boolean, detail: string): LogLine => ({
    at: ground.clock(),
    operation,
    ok,
    milliseconds: Math.round(performance.now() - startedAt),
    detail,
  })
  let instance: Instance | null = null
  try {
    instance = instanceOf()
    const answer = await attempt(instance, work, { ...options, timeoutMs })
    const detail = operation === 'health' ? tidyDetail(String(answer), []) : ''
    if (!options.isLocal) await note(ground, row, instance, kind, quiet ? [] : [line(true, detail)], null)
    return answer
  } catch (error) {
    const failure = toFailure(row.pluginId, error, instance)
    const isItsFault = !signal?.aborted && (failure.reason === 'failed' || failure.reason === 'hopeless')
    await note(
      ground,
      row,
      instance,
      kind,
      [line(false, failure.message)],
      isItsFault ? failure.message : null,
    )
    throw failure
  }
}

/** Calls into a plugin that the operator set up. It has no log that a business reads and no breaker: the operator's log says what fails. */
export async function callOperated<T>(
  { log }: Pick<CallGround, 'log'>,
  instance: Instance,
  operation: string,
  work: Work<T>,
  options: CallOptions<T> = {},
): Promise<T> {
  const plugin = instance.plugin.id
  try {
    return await attempt(instance, work, { timeoutMs: TIMEOUT_MS, ...options })
  } catch (error) {
    const failure = toFailure(plugin, error, instance)
    log.warn({ plugin, operation, error: failure.message }, 'a plugin failed')
    throw failure
  } finally {
    for (const { ok, detail } of instance.lines.take())
      log[ok ? 'info' : 'warn']({ plugin, detail }, 'a plugin says')
  }
}

async function attempt<T>(
  instance: Instance,
  work: Work<T>,
  { timeoutMs, signal, answer }: CallOptions<T> & { timeoutMs: number },
): Promise<T> {
  const given = await asPlugin(instance.plugin.id, () =>
    inTime<T>(signal => work(instance, { signal }), timeoutMs, signal),
  )
  if (!answer) return given
  const { data, error } = answer.safeParse(given)
  if (error) throw new Error(`it answered something else than it should: ${error.issues[0]!.message}`)
  return data
}

/** Lets a call pass unless the installation rests; when its rest is over, exactly one passes to try it. */
async function requireAwake(ground: CallGround, row: Installation, timeoutMs: number): Promise<void> {
  const { pluginId, tenantId, failures, restsUntil } = row
  if (failures < FAILURES_BEFORE_REST || !restsUntil) return
  const now = ground.clock()
  const until = new Date(now.getTime() + timeoutMs + TRY_MARGIN)
  const isTry =
    restsUntil <= now &&
    (await runCommand(ground, systemOf(ground, tenantId, pluginId), command =>
      claimTry(command, pluginId, until),
    ))
  ground.installations.forget(tenantId)
  if (isTry) return
  throw new PluginFailed(pluginId, 'resting', 'It failed several times in a row and rests for a while.')
}

function toFailure(pluginId: string, error: unknown, instance: Instance | null): PluginFailed {
  const tidy = (text: string) => (instance ? instance.tidy(text) : tidyDetail(text, []))
  const failure = new PluginFailed(pluginId, reasonOf(error), tidy(sentenceOf(error)))
  // The error itself, and what it was caused by, may hold what is secret: only where it came from is kept.
  failure.stack = `${failure.name}: ${failure.message}\n${tidy(placesOf(error))}`
  return failure
}

/** How often a success is noted where nothing had failed, ms. */
const HEALTHY_EVERY = 60_000

async function note(
  ground: CallGround,
  row: Installation,
  instance: Instance | null,
  kind: string,
  own: LogLine[],
  failure: string | null,
): Promise<void> {
  const { tenantId, pluginId } = row
  const lines = [...(instance?.lines.take() ?? []), ...own]
  const failed = own.some(({ ok }) => !ok)
  const isNews =
    row.failures > 0 || ground.clock().getTime() - (row.healthyAt?.getTime() ?? 0) > HEALTHY_EVERY
  const isGood = !failed && isNews
  if (lines.length === 0 && failure === null && !isGood) return
  try {
    if (failure === null && !isGood) {
      await inTenant(ground.db, tenantId, trx => writeLines(trx, row, lines))
      return
    }
    await runCommand(ground, systemOf(ground, tenantId, pluginId), async command => {
      if (failure !== null) await noteFailure(command, pluginId, { kind, error: failure })
      else await noteSuccess(command, pluginId, kind)
      await writeLines(command.trx, row, lines)
    })
    ground.installations.forget(tenantId)
  } catch (error) {
    ground.log.error(
      { err: error, tenantId, plugin: pluginId },
      'what came of a call into a plugin was not noted',
    )
  }
}

function systemOf({ clock }: CallGround, tenantId: string, pluginId: string) {
  return { tenantId, actor: { as: 'system' } as const, now: clock(), requestId: `plugin ${pluginId}` }
}
