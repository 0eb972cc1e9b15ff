import { sql } from 'kysely'
import { requireCoach } from '../coaches/require-coach.ts'
import { settingsOf } from '../coaches/settings.ts'
import type { Query } from '../command.ts'
import { permits } from '../people/roles.ts'
import { Refusal } from '../refusal.ts'
import type { Policy } from '../rules/policy.ts'
import type { CoachSettings } from '../rules/settings.ts'
import { type Comparison, compareReplays, type KeptAttempt } from './compare-replays.ts'
import { currentPolicy } from './current-policy.ts'
import { type Draft, readDraft } from './drafts.ts'
import { replay, type SettingsInstead } from './replay.ts'

const DAY = 86_400_000
const AT_ONCE = 1_000

export interface Simulate {
  /** The rules of the member's draft instead of the ones that stand; without a draft these. */
  useDraft: boolean
  /** Settings of one coach instead of the ones that stand. */
  settings?: { coachId: string; settings: CoachSettings } | undefined
  /** How far to look back, at most a year. */
  days: number
  /** Where an earlier answer stopped; null to begin. */
  cursor: string | null
}

export interface SimulatedChunk extends Comparison {
  /** Of all chunks together. */
  total: number
  /** Null after the last one. */
  nextCursor: string | null
  /** What was compared: chunks may be added up as long as it stays the same. */
  basis: string
}

/**
 * What a change would have meant for the attempts to book of the last days: a thousand at a time, from the oldest on,
 * so that a page can show how far it is and add the answers up. Each attempt is decided twice by the facts it had:
 * by what stands now, and by the draft and settings given. A coach is told of the own attempts only.
 *
 * Each is judged by itself. Not modelled is what follows from a change: the room an attempt would have left to others,
 * people who come back at another time, and attempts that never came because no such time was offered.
 *
 * 403 `ROLE` and 404 for settings of another coach, 400 for a cursor of something else.
 */
export async function simulate(query: Query, input: Simulate): Promise<SimulatedChunk> {
  const { settings } = input
  if (settings) await requireCoach(query, settings.coachId, 'coaches.edit')
  const current = await currentPolicy(query)
  const draft = input.useDraft ? await readDraft(query) : null
  const { attempts, total } = await readAttempts(query, input)
  const bufferOf = await readBuffers(query, settings !== undefined)
  const stand = settings && {
    ...settings,
    settings: await settingsOf(query.trx, query.tenantId, settings.coachId),
    bufferOf,
  }
  const before = await replay(attempts, current, stand)
  const after = await replay(attempts, draftAsPolicy(draft, current), settings && { ...settings, bufferOf })
  const last = attempts.length < AT_ONCE ? undefined : attempts.at(-1)
  return {
    ...compareReplays(attempts, before, after),
    total,
    nextCursor: last ? `${last.at.getTime()}.${last.id}` : null,
    basis: `${current.version}.${draft?.changedAt.getTime() ?? ''}`,
  }
}

/** A draft under the number of the version it would change; compiled anew, since nobody else has that object. */
function draftAsPolicy(draft: Draft | null, current: Policy): Policy {
  return draft ? { version: current.version, rules: draft.rules, cancellation: draft.cancellation } : current
}

async function readAttempts(query: Query, { days, cursor }: Simulate) {
  const meant = sql`a.tenant_id = ${query.tenantId} AND ${seenBy(query)}
    AND a.at > ${new Date(query.now.getTime() - days * DAY)} AND a.at <= ${query.now}`
  const { rows: attempts } = await sql<KeptAttempt>`
    SELECT a.id, a.at, a.starts_at AS "startsAt", a.facts, a.outcome, a.price_minor AS "priceMinor", a.currency,
      json_build_object('id', o.id, 'title', o.title) AS offer,
      json_build_object('id', a.coach_id, 'name', cp.name) AS coach,
      CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'name', coalesce(b.client_name, p.name)) END AS client,
      CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'status', b.status) END AS booking
    FROM attempts a
    JOIN offers o ON o.tenant_id = a.tenant_id AND o.id = a.offer_id
    JOIN coaches c ON c.tenant_id = a.tenant_id AND c.id = a.coach_id
    JOIN people cp ON cp.tenant_id = c.tenant_id AND cp.id = c.person_id
    LEFT JOIN people p ON p.tenant_id = a.tenant_id AND p.id = a.client_id
    LEFT JOIN bookings b ON b.tenant_id = a.tenant_id AND b.id = a.booking_id
    WHERE ${meant} AND ${cursor === null ? sql`true` : afterCursor(cursor)}
    ORDER BY a.at, a.id LIMIT ${AT_ONCE}`.execute(query.trx)
  const { rows } = await sql<{ total: number }>`
    SELECT count(*) AS total FROM attempts a WHERE ${meant}`.execute(query.trx)
  return { attempts, total: rows[0]!.total }
}

function seenBy({ actor }: Query) {
  const seesAll = actor.as === 'member' && permits(actor.role, 'bookings.see')
  return seesAll ? sql`true` : sql`a.coach_id = ${actor.as === 'member' ? actor.coachId : null}::uuid`
}

function afterCursor(cursor: string) {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? []
  if (!at) throw new Refusal('input', 'BAD_INPUT', 'This is no cursor of this list.', { field: 'cursor' })
  return sql`(a.at, a.id) > (${new Date(Number(at))}::timestamptz, ${id}::uuid)`
}

/** The break each offer asks for now: facts keep only the larger of it and the coach's. */
async function readBuffers(
  { trx, tenantId }: Query,
  isNeeded: boolean,
): Promise<SettingsInstead['bufferOf']> {
  if (!isNeeded) return () => 0
  const offers = await trx
    .selectFrom('offers')
    .select(['id', 'buffer_minutes as bufferMinutes'])
    .where('tenant_id', '=', tenantId)
    .execute()
  const buffers = new Map(offers.map(({ id, bufferMinutes }) => [id, bufferMinutes]))
  return offerId => buffers.get(offerId) ?? 0
}
