import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Command, Query } from '#server/domain/command.ts'
import { SETTLE_MS } from './dispatch.ts'

/*
 * The chain that shows whether history was changed (100). A job hashes settled events in batches, each with the hash
 * before it, so that bookings never wait for one another. Sequence numbers are drawn before their transactions
 * commit, so a lower one may appear later: a batch ends before the first event that has not settled.
 */

const FIRST_HASH = ''
const BATCH = 5000

interface SealedEvent {
  seq: number
  line: string
}

/** Seals what has settled, and makes the next job while something is left. */
export async function sealEvents(command: Command): Promise<void> {
  const { trx, tenantId, now } = command
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`seal ${tenantId}`}, 0))`.execute(trx)
  const last = await lastSeal(command)
  const events = await readEvents(command, { after: last.toSeq, limit: BATCH })
  const unsettled = events.findIndex(({ at }) => at.getTime() > now.getTime() - SETTLE_MS)
  const settled = unsettled === -1 ? events : events.slice(0, unsettled)

  if (settled.length > 0) {
    await trx
      .insertInto('event_seals')
      .values({
        tenant_id: tenantId,
        from_seq: settled[0]!.seq,
        to_seq: settled.at(-1)!.seq,
        hash: chain(last.hash, settled),
        sealed_at: now,
      })
      .execute()
  }
  if (unsettled === -1 && events.length < BATCH) return
  const startAfter = unsettled === -1 ? now : new Date(events[unsettled]!.at.getTime() + SETTLE_MS + 1000)
  await command.send('seal', { tenantId }, { singletonKey: tenantId, startAfter })
}

export interface SealReport {
  sealed: number
  /** Events not yet sealed. */
  open: number
  /** The first batch that isn't as it was sealed; null where history is untouched. */
  broken: { fromSeq: number; toSeq: number } | null
}

/** Checks a tenant's history against its seals: a changed, removed or inserted event, or a removed seal, breaks the chain there. */
export async function verifySeals(query: Query): Promise<SealReport> {
  const seals = await query.trx
    .selectFrom('event_seals')
    .selectAll()
    .where('tenant_id', '=', query.tenantId)
    .orderBy('to_seq')
    .execute()
  let before = { toSeq: 0, hash: FIRST_HASH }
  let sealed = 0
  for (const seal of seals) {
    const events = await readEvents(query, { after: before.toSeq, to: seal.to_seq })
    if (chain(before.hash, events) !== seal.hash)
      return { sealed, open: 0, broken: { fromSeq: seal.from_seq, toSeq: seal.to_seq } }
    sealed += events.length
    before = { toSeq: seal.to_seq, hash: seal.hash }
  }
  const { open } = await query.trx
    .selectFrom('events')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('tenant_id', '=', query.tenantId)
    .where('seq', '>', before.toSeq)
    .executeTakeFirstOrThrow()
  return { sealed, open, broken: null }
}

async function lastSeal({ trx, tenantId }: Query): Promise<{ toSeq: number; hash: string }> {
  const seal = await trx
    .selectFrom('event_seals')
    .select(['to_seq', 'hash'])
    .where('tenant_id', '=', tenantId)
    .orderBy('to_seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return seal ? { toSeq: seal.to_seq, hash: seal.hash } : { toSeq: 0, hash: FIRST_HASH }
}

/** Events in order, each with the one text that stands for all of its columns. */
async function readEvents(
  { trx, tenantId }: Query,
  { after, to, limit }: { after: number; to?: number; limit?: number },
): Promise<(SealedEvent & { at: Date })[]> {
  const { rows } = await sql<SealedEvent & { at: Date }>`
    SELECT seq, at, json_build_array(tenant_id, seq, id, extract(epoch FROM at), name, subject, subject_id, coach_id,
      actor, actor_id, request_id, data)::text AS line
    FROM events
    WHERE tenant_id = ${tenantId} AND seq > ${after} AND seq <= ${to ?? Number.MAX_SAFE_INTEGER}
    ORDER BY seq
    LIMIT ${limit ?? null}`.execute(trx)
  return rows
}

function chain(before: string, events: readonly SealedEvent[]): string {
  const hash = createHash('sha256').update(before)
  for (const { line } of events) hash.update('\n').update(line)
  return hash.digest('hex')
}
