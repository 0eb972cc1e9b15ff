import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Command } from './command.ts'
import { Refusal } from './refusal.ts'

/** A command that its caller may repeat. */
export interface Repeatable {
  /** The procedure, such as `bookings.book`. */
  procedure: string
  /** Who calls, as far as known: keys of different callers never meet. */
  caller: string
  /** At least 16 random characters of the caller's. */
  key: string
  /** The whole input: with another one the key is refused. */
  body: unknown
}

/** The remembered row of a key as a JSON value, or NULL when the key is new: for `judgeEarlier`. */
export function earlierRow(
  tenantId: string,
  { procedure, caller, key }: Omit<Repeatable, 'body'>,
): RawBuilder<EarlierRow | null> {
  return sql`(SELECT json_build_object('bodyHash', body_hash, 'answer', answer) FROM idempotency_keys
    WHERE tenant_id = ${tenantId} AND procedure = ${procedure} AND caller = ${caller} AND key = ${key})`
}

export interface EarlierRow {
  bodyHash: string
  answer: unknown
}

/**
 * The answer that was given when this key was first used, or undefined when it is new.
 * Refuses with 409 `IDEMPOTENCY_KEY_REUSED` when the body differs. Only successes are remembered.
 */
export function judgeEarlier<T>(row: EarlierRow | null, { body }: Pick<Repeatable, 'body'>): T | undefined {
  if (!row) return undefined
  if (row.bodyHash !== hashOf(body)) throw reused()
  return row.answer as T
}

/** Runs what remembers a key. One that was remembered a moment ago, for other input, is refused like any reused one. */
export async function refusingReuse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'idempotency_keys_pkey') throw reused()
    throw error
  }
}

function reused(): Refusal {
  return new Refusal(
    'conflict',
    'IDEMPOTENCY_KEY_REUSED',
    'This idempotency key was used before with other input. Use a new key for a new attempt.',
    { field: 'idempotencyKey' },
  )
}

/** The row that remembers an answer; insert it in the command's transaction. */
export function answerRow(command: Command, { procedure, caller, key, body }: Repeatable, answer: unknown) {
  return {
    tenant_id: command.tenantId,
    procedure,
    caller,
    key,
    body_hash: hashOf(body),
    answer: JSON.stringify(answer),
    created_at: command.now,
  }
}

/**
 * Runs `work` once for a key: a repeat gets the first answer, without running it again. Without a key it just runs.
 * `work` must hold a lock that a concurrent repeat waits for.
 */
export async function once<T>(
  command: Command,
  repeatable: Omit<Repeatable, 'key'> & { key: string | undefined },
  work: () => Promise<T>,
): Promise<T> {
  const { key } = repeatable
  if (key === undefined) return work()
  const { rows } = await sql<{
    row: EarlierRow | null
  }>`SELECT ${earlierRow(command.tenantId, { ...repeatable, key })} AS row`.execute(command.trx)
  const earlier = judgeEarlier<T>(rows[0]!.row, repeatable)
  if (earlier !== undefined) return earlier
  const answer = await work()
  const row = answerRow(command, { ...repeatable, key }, answer)
  await refusingReuse(() => command.trx.insertInto('idempotency_keys').values(row).execute())
  return answer
}

function hashOf(body: unknown): string {
  return createHash('sha256').update(canonical(body)).digest('base64url')
}

/** JSON with the keys of objects in order, so that their order makes no difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
