import type { SessionKind } from '@rapport/sdk'
import { type RawBuilder, sql } from 'kysely'
import { type Asker, type Attempt, prepareAttempt } from '../availability/attempt.ts'
import { type BookableOffer, loadAvailability } from '../availability/load.ts'
import type { Command } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import { type Decision, decide } from '../rules/decide.ts'
import { isGate } from '../rules/restrictions.ts'
import { conflictsAt } from '../slots/is-free.ts'
import type { SlotConflictCode } from '../slots/types.ts'

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
  decision: Decision
}

/** The offer and its coaches' calendars around one start, read after the lock. Refuses with 404. */
export async function loadForAttempt(
  command: Command,
  { offer: slugOrId, coachId, startsAt }: AttemptInput,
  client: { personId: string } | { email: string } | undefined,
  beside?: RawBuilder<unknown>,
): Promise<BookableOffer> {
  const offer = await loadAvailability(command.trx, {
    tenantId: command.tenantId,
    offer: slugOrId,
    coachId,
    client,
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
  return {
    attempt,
    decision: await decide(attempt.facts(startsAt.getTime(), conflictOf(attempt, asker, startsAt.getTime()))),
  }
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

/**
 * The coach who gets a booking that names none: of those who can, the one with the fewest sessions that week, ties
 * by the offer's order. Refuses with 409 and the rule's code when nobody can.
 */
export async function judgeAny(
  command: Pick<Command, 'kind' | 'now'>,
  offer: BookableOffer,
  askerOf: (coach: BookableOffer['coaches'][number]) => Asker,
  startsAt: Date,
): Promise<Judged> {
  const judged = await Promise.all(
    offer.coaches.map(coach => judge(command, offer, coach, askerOf(coach), startsAt)),
  )
  const able = judged.filter(({ decision }) => decision.outcome !== 'refuse')
  if (able.length === 0) throw refusalOf(judged[0]!.decision)
  const sessionsThatWeek = ({ attempt: { counts } }: Judged) =>
    counts.week.get(counts.weekOf(startsAt.getTime())) ?? 0
  return able.reduce((best, next) => (sessionsThatWeek(next) < sessionsThatWeek(best) ? next : best))
}

/** A refused decision as the answer of a command: 403 at the gate, 404 for a closed offer, 409 with its code otherwise. */
export function refusalOf(decision: Decision): Refusal {
  const { code, sentence, restrictions } = decision
  if (code && isGate(code)) return new Refusal('forbidden', code, sentence)
  if (code === 'OFFER_CLOSED') return new Refusal('conflict', code, sentence)
  return new Refusal('conflict', code ?? 'SLOT_TAKEN', sentence, { data: { restrictions } })
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
