import type { SessionKind } from '@rapport/sdk'
import { type RawBuilder, sql } from 'kysely'
import { type Asker, type Attempt, prepareAttempt } from '../availability/attempt.ts'
import { type BookableOffer, loadAvailability } from '../availability/load.ts'
import { slotPrice } from '../availability/slot-price.ts'
import { waysToJudge } from '../availability/ways.ts'
import type { Command } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import { decideStrictest } from '../rules/decide-strictest.ts'
import type { DecisionFacts } from '../rules/facts.ts'
import { isGate } from '../rules/restrictions.ts'
import { conflictsAt } from '../slots/is-free.ts'
import type { SlotConflictCode } from '../slots/types.ts'
import { RefusedAttempt } from './keep-attempt.ts'

const DAY = 86_400_000
/** A local week around the start, and the longest claim that may reach into it. */
const AROUND = 9 * DAY

export interface AttemptInput {
  /** A slug or an id. */
  offer: string
  coachId?: string | undefined
  startsAt: Date
}

export interface Judged {
  attempt: Attempt
  /** What it was judged by, once for each way (see `waysToJudge`). */
  ways: readonly DecisionFacts[]
  decision: Decision
}

/** The offer and its coaches' calendars around one start, read after the lock. Refuses with 404. */
export async function loadForAttempt(
  command: Command,
  { offer: slugOrId, coachId, startsAt }: AttemptInput,
  client: { personId: string } | { email: string } | undefined,
  { beside, without }: { beside?: RawBuilder<unknown>; without?: string } = {},
): Promise<BookableOffer> {
  const offer = await loadAvailability(command.trx, {
    tenantId: command.tenantId,
    offer: slugOrId,
    coachId,
    client,
    without,
    now: command.now,
    from: new Date(startsAt.getTime() - AROUND),
    to: new Date(startsAt.getTime() + AROUND),
    ...(beside && { beside }),
  })
  if (!offer) throw notFound('offer')
  return offer
}

/** Refuses with 409 `NO_SLOTS` an offer whose sessions have dates of their own: their times aren't the clients' to pick. */
export function requireBookedBySlot({ bookedBy }: SessionKind): void {
  if (bookedBy === 'slot') return
  throw new Refusal('conflict', 'NO_SLOTS', 'This offer has dates of its own. Choose one of its sessions.')
}

/** Refuses with 404 an offer that the coach asked for, or any, doesn't take part in (any more). */
export function requireCoaches(offer: BookableOffer, coachId: string | undefined): void {
  if (offer.coaches.length === 0) throw notFound(coachId ? 'coach of this offer' : 'coach for this offer')
}

/** The same `decide()` as in the slot list, for one start with one coach. */
export async function judge(
  command: Pick<Command, 'kind' | 'now'>,
  offer: BookableOffer,
  coach: BookableOffer['coaches'][number],
  asker: Asker,
  startsAt: Date,
): Promise<Judged> {
  const attempt = prepareAttempt(offer, coach, asker, command.kind(offer.kind), command.now.getTime())
  const start = startsAt.getTime()
  const ways = waysToJudge(attempt.facts(start, conflictOf(attempt, asker, start)))
  return { attempt, ways, decision: await decideStrictest(ways, offer.policy) }
}

/** Clients hear of the hours first, so that nobody can probe what lies outside them; staff, who may overrule hours, of what is taken. */
function conflictOf({ coach, slots }: Attempt, asker: Asker, startsAt: number): SlotConflictCode | null {
  const conflicts = conflictsAt(
    coach.calendar,
    { ...slots, from: 0, to: 0, earliest: null, latest: null },
    startsAt,
  )
  const taken = conflicts.find(({ code }) => code === 'SLOT_TAKEN' || code === 'BUFFER')
  return (asker.by === 'staff' && taken ? taken : conflicts[0])?.code ?? null
}

/** The coach who gets a booking that names none: see `chooseCoach`. Refuses with 409 and the rule's code when nobody can. */
export async function judgeAny(
  command: Pick<Command, 'kind' | 'now'>,
  offer: BookableOffer,
  askerOf: (coach: BookableOffer['coaches'][number]) => Asker,
  startsAt: Date,
): Promise<Judged> {
  const judged = await Promise.all(
    offer.coaches.map(coach => judge(command, offer, coach, askerOf(coach), startsAt)),
  )
  const chosen = chooseCoach(judged, startsAt)
  if (chosen.decision.outcome === 'refuse') throw refusedAttempt(chosen, startsAt)
  return chosen
}

/**
 * Of those who can, first without cutting a break short, the one with the fewest sessions that week, ties by the
 * offer's order; where nobody can, the first.
 */
export function chooseCoach(judged: readonly Judged[], startsAt: Date): Judged {
  const able = judged.filter(({ decision }) => decision.outcome !== 'refuse')
  if (able.length === 0) return judged[0]!
  const free = able.filter(({ decision }) => !breaksABreak(decision))
  const sessionsThatWeek = ({ attempt: { counts } }: Judged) =>
    counts.week.get(counts.weekOf(startsAt.getTime())) ?? 0
  return (free.length > 0 ? free : able).reduce((best, next) =>
    sessionsThatWeek(next) < sessionsThatWeek(best) ? next : best,
  )
}

function refusedAttempt({ attempt, ways, decision }: Judged, startsAt: Date): RefusedAttempt {
  const { offer, coach } = attempt
  const { amountMinor } = slotPrice(offer, decision.values)
  const of = { offerId: offer.id, coachId: coach.id, currency: offer.currency }
  return new RefusedAttempt(refusalOf(decision), { ...of, startsAt, ways, decision, priceMinor: amountMinor })
}

/** A refused decision as the answer of a command: 403 at the gate, 404 for a closed offer, 409 with its code otherwise. */
export function refusalOf(decision: Decision): Refusal {
  const { code, sentence, restrictions } = decision
  if (code && isGate(code)) return new Refusal('forbidden', code, sentence)
  if (code === 'OFFER_CLOSED') return new Refusal('conflict', code, sentence)
  return new Refusal('conflict', code ?? 'SLOT_TAKEN', sentence, { data: { restrictions } })
}

/**
 * Staff may leave a neighbour less of a break than it was booked with: that ends where the new session starts then, so
 * that claims never overlap. Under the lock of the coach.
 */
export async function makeRoom(
  { trx, tenantId }: Command,
  { decision }: Judged,
  { coachId, startsAt }: { coachId: string; startsAt: Date },
): Promise<void> {
  if (!breaksABreak(decision)) return
  await sql`
    UPDATE claims SET blocked_until = ${startsAt}
    WHERE tenant_id = ${tenantId} AND coach_id = ${coachId} AND released_at IS NULL AND exclusive
      AND starts_at > ${startsAt}::timestamptz - interval '24 hours' AND ends_at <= ${startsAt}
      AND blocked_until > ${startsAt}`.execute(trx)
}

function breaksABreak({ warnings }: Decision): boolean {
  return warnings.some(({ code }) => code === 'BUFFER')
}

/** Marks holds in a coach's time as released once they ran out, so that their claims make room. */
export async function releaseExpired(command: Command, coachId: string, from: Date, to: Date): Promise<void> {
  await sql`
    WITH expired AS (
      UPDATE claims SET released_at = expires_at
      WHERE tenant_id = ${command.tenantId} AND coach_id = ${coachId} AND released_at IS NULL
        AND starts_at > ${from}::timestamptz - interval '24 hours' AND starts_at < ${to} AND blocked_until > ${from}
        AND expires_at <= ${command.now}
      RETURNING hold_id)
    UPDATE holds SET released_at = expires_at
    WHERE tenant_id = ${command.tenantId} AND id IN (SELECT hold_id FROM expired) AND released_at IS NULL`.execute(
    command.trx,
  )
}
