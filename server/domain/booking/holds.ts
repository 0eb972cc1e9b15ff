import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { record } from '#server/events/record.ts'
import type { BookableCoach } from '../availability/load.ts'
import { type SlotPrice, slotPrice } from '../availability/slot-price.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import {
  type AttemptInput,
  judgeAny,
  loadForAttempt,
  releaseExpired,
  requireBookedBySlot,
  requireCoaches,
} from './attempts.ts'
import { takeClaim } from './write-booking.ts'

const MINUTE = 60_000
export const HOLD_MINUTES = 10
/** Live holds from one network address, however many browsers stand behind it. */
const HOLDS_PER_ADDRESS = 5
/** After a hold on a time ran out, the same visitor can't hold that time again for this long. */
const REST_MINUTES = 30

export interface PlaceHold extends AttemptInput {
  visitorHash: string
  addressHash: string
  invitedBy: readonly string[]
  /** Whose wall clock the visitor lives by, where that is known. */
  timeZone?: string | undefined
}

export interface PlacedHold {
  id: string
  expiresAt: Date
  coachId: string
  startsAt: Date
  endsAt: Date
  decision: Decision
  /** What booking it costs whoever holds it, as far as is known of them. */
  price: SlotPrice & { currency: string }
}

/** A visitor's live hold on an offer. */
export interface OwnHold {
  id: string
  coachId: string
  startsAt: Date
  endsAt: Date
  blockedUntil: Date
  expiresAt: Date
}

/**
 * Sets a slot aside for a visitor for ten minutes while the details are typed (Q5). One live hold per visitor and
 * offer: another time replaces it, the same time leaves it as it is, never renewed. Under the lock of the coaches.
 *
 * Refuses with 409 and the rule's code what couldn't be booked, and with 429 `HOLDS` a visitor who would block the
 * calendar; both may still try to book without a hold.
 */
export async function placeHold(command: Command, input: PlaceHold): Promise<PlacedHold> {
  const { actor } = command
  const proven = actor.as === 'client' && actor.signedIn
  const offer = await loadForAttempt(command, input, proven ? { personId: actor.personId } : undefined, {
    beside: ownHold(command, input.offer, { holdId: null, visitorHash: input.visitorHash }),
  })
  requireBookedBySlot(command.kind(offer.kind))
  requireCoaches(offer, input.coachId)
  const own = readHold(offer.beside)
  const askerOf = (coach: BookableCoach) => ({
    by: 'client' as const,
    proven,
    invited: input.invitedBy.includes(coach.id),
    ownHoldId: own?.coachId === coach.id ? own.id : null,
    timeZone: input.timeZone,
  })
  const { attempt, decision } = await judgeAny(command, offer, askerOf, input.startsAt)
  const coachId = attempt.coach.id
  const price = { ...slotPrice(offer, decision.values), currency: offer.currency }
  if (own && own.coachId === coachId && own.startsAt.getTime() === input.startsAt.getTime()) {
    return { ...own, decision, price }
  }

  const expiresAt = await requireExpiry(command, input, offer.id, coachId)
  if (own) await releaseHold(command, own)
  await endExpiredHoldsOf(command, input.visitorHash, offer.id)
  const endsAt = new Date(input.startsAt.getTime() + offer.durationMinutes * MINUTE)
  const { bufferMinutes } = decision.values
  const blockedUntil = new Date(attempt.blockedUntil(input.startsAt.getTime(), bufferMinutes!))
  const id = uuidv7()
  await command.trx
    .insertInto('holds')
    .values({
      tenant_id: command.tenantId,
      id,
      purpose: 'checkout',
      visitor_hash: input.visitorHash,
      address_hash: input.addressHash,
      offer_id: offer.id,
      expires_at: expiresAt,
      created_at: command.now,
    })
    .execute()
  await claimForHold(command, {
    holdId: id,
    coachId,
    startsAt: input.startsAt,
    endsAt,
    blockedUntil,
    expiresAt,
  })
  await record(command, 'hold.placed', {
    subject: 'hold',
    subjectId: id,
    coachId,
    data: { startsAt: input.startsAt, expiresAt },
  })
  await command.send('hold', { tenantId: command.tenantId, coachId, holdId: id }, { startAfter: expiresAt })
  command.hint(`calendar:${coachId}`)
  return { id, expiresAt, coachId, startsAt: input.startsAt, endsAt, decision, price }
}

/** The live checkout hold of a visitor on an offer (slug or id) as a JSON value, or NULL: by its id, or by the browser it was placed from. */
export function ownHold(
  { tenantId, now }: Command,
  offer: string,
  { holdId, visitorHash }: { holdId: string | null; visitorHash: string | null },
): RawBuilder<unknown> {
  return sql`(SELECT json_build_object('id', h.id, 'coachId', c.coach_id, 'startsAt', c.starts_at, 'endsAt', c.ends_at,
      'blockedUntil', c.blocked_until, 'expiresAt', h.expires_at)
    FROM holds h
    JOIN offers ho ON ho.tenant_id = h.tenant_id AND ho.id = h.offer_id
    JOIN claims c ON c.tenant_id = h.tenant_id AND c.hold_id = h.id
    WHERE h.tenant_id = ${tenantId} AND (ho.slug = ${offer} OR ho.id::text = ${offer}) AND h.purpose = 'checkout'
      AND h.released_at IS NULL AND c.released_at IS NULL AND h.expires_at > ${now}
      AND (h.id = ${holdId}::uuid OR h.visitor_hash = ${visitorHash}::text)
    ORDER BY h.id IS NOT DISTINCT FROM ${holdId}::uuid DESC LIMIT 1)`
}

/** Instants inside JSON come as text. */
export function readHold(json: unknown): OwnHold | null {
  if (!json) return null
  const { id, coachId, startsAt, endsAt, blockedUntil, expiresAt } = json as Record<keyof OwnHold, string>
  return {
    id,
    coachId,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    blockedUntil: new Date(blockedUntil),
    expiresAt: new Date(expiresAt),
  }
}

/**
 * Until when a new hold on this time may last: ten minutes, but not beyond an earlier hold of the same visitor or
 * address on it. Refuses with 429 who holds too much, and whose earlier hold on this time ran out a while ago.
 */
async function requireExpiry(
  command: Command,
  input: PlaceHold,
  offerId: string,
  coachId: string,
): Promise<Date> {
  const { tenantId, now } = command
  const { rows } = await sql<{ live: number; earlier: Date | null }>`
    SELECT
      (SELECT count(*) FROM holds WHERE tenant_id = ${tenantId} AND address_hash = ${input.addressHash}
        AND visitor_hash <> ${input.visitorHash} AND released_at IS NULL AND expires_at > ${now}) AS live,
      (SELECT min(h.expires_at) FROM holds h JOIN claims c ON c.tenant_id = h.tenant_id AND c.hold_id = h.id
        WHERE h.tenant_id = ${tenantId} AND h.offer_id = ${offerId} AND c.coach_id = ${coachId}
          AND (h.visitor_hash = ${input.visitorHash} OR h.address_hash = ${input.addressHash})
          AND c.starts_at = ${input.startsAt}
          AND h.expires_at > ${new Date(now.getTime() - REST_MINUTES * MINUTE)}) AS earlier`.execute(
    command.trx,
  )
  const { live, earlier } = rows[0]!
  const ranOut = earlier !== null && earlier <= now
  if (live < HOLDS_PER_ADDRESS && !ranOut) return earlier ?? new Date(now.getTime() + HOLD_MINUTES * MINUTE)
  throw new Refusal(
    'too_many',
    'HOLDS',
    'This time can’t be held for you again just now. You can still book it, if nobody is faster.',
    { data: { retryAfterSeconds: HOLD_MINUTES * 60 } },
  )
}

/** Marks this visitor's holds that ran out, since the database lets only one stand for an offer. */
async function endExpiredHoldsOf(command: Command, visitorHash: string, offerId: string): Promise<void> {
  await sql`
    WITH expired AS (UPDATE holds SET released_at = expires_at
      WHERE tenant_id = ${command.tenantId} AND visitor_hash = ${visitorHash} AND offer_id = ${offerId}
        AND released_at IS NULL AND expires_at <= ${command.now}
      RETURNING id)
    UPDATE claims SET released_at = expires_at
    WHERE tenant_id = ${command.tenantId} AND hold_id IN (SELECT id FROM expired) AND released_at IS NULL`.execute(
    command.trx,
  )
}

interface HoldClaim {
  holdId: string
  coachId: string
  startsAt: Date
  endsAt: Date
  blockedUntil: Date
  expiresAt: Date
}

/** Takes the time of a hold, or refuses with 409 `SLOT_TAKEN`. */
export async function claimForHold(command: Command, claim: HoldClaim): Promise<void> {
  await releaseExpired(command, claim.coachId, claim.startsAt, claim.blockedUntil)
  const { rows } = await takeClaim(command, claim).execute(command.trx)
  if (rows.length === 0)
    throw new Refusal('conflict', 'SLOT_TAKEN', 'This time was taken a moment ago. Choose another one.')
}

/** Ends a hold before its time; its claim makes room at once. */
export async function releaseHold(command: Command, hold: { id: string; coachId: string }): Promise<void> {
  await sql`
    WITH ended AS (UPDATE claims SET released_at = ${command.now}
      WHERE tenant_id = ${command.tenantId} AND hold_id = ${hold.id} AND released_at IS NULL)
    UPDATE holds SET released_at = ${command.now}
    WHERE tenant_id = ${command.tenantId} AND id = ${hold.id} AND released_at IS NULL`.execute(command.trx)
  await record(command, 'hold.released', { subject: 'hold', subjectId: hold.id, coachId: hold.coachId })
  command.hint(`calendar:${hold.coachId}`)
}

/** When a checkout hold has run out: its time is free, and open pages are told. Nothing if it was booked or given back. */
export async function ringHold(
  command: Command,
  { coachId, holdId }: { coachId: string; holdId: string },
): Promise<void> {
  await sql`
    WITH expired AS (UPDATE holds SET released_at = expires_at
      WHERE tenant_id = ${command.tenantId} AND id = ${holdId} AND released_at IS NULL AND expires_at <= ${command.now}
      RETURNING id)
    UPDATE claims SET released_at = expires_at
    WHERE tenant_id = ${command.tenantId} AND hold_id IN (SELECT id FROM expired) AND released_at IS NULL`.execute(
    command.trx,
  )
  command.hint(`calendar:${coachId}`)
}
