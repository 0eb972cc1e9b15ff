import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { HoldsTable } from '#server/db/tables.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { releaseExpired } from './attempts.ts'
import type { LockedBooking } from './lock-booking.ts'
import { takeClaim } from './write-booking.ts'

/** A stretch of a coach's time that is to be set aside until an instant. */
export interface TimeToHold {
  coachId: string
  startsAt: Date
  endsAt: Date
  blockedUntil: Date
  expiresAt: Date
}

/**
 * Sets other times aside for a booking, each with a hold of its own; returns their ids in the same order. Only what
 * the booking's own session and the other times of the list don't cover is claimed: a session may move by less than
 * its length, and of times that overlap but one is taken in the end. Refuses with 409 `SLOT_TAKEN`.
 */
export async function holdTimes(
  command: Command,
  booking: Pick<LockedBooking, 'id' | 'sessionId' | 'offerId'>,
  purpose: Exclude<HoldsTable['purpose'], 'checkout'>,
  times: readonly TimeToHold[],
): Promise<string[]> {
  const holds = times.map(time => ({ ...time, holdId: uuidv7() }))
  await command.trx
    .insertInto('holds')
    .values(
      holds.map(({ holdId, expiresAt }) => ({
        tenant_id: command.tenantId,
        id: holdId,
        purpose,
        offer_id: booking.offerId,
        booking_id: booking.id,
        expires_at: expiresAt,
        created_at: command.now,
      })),
    )
    .execute()
  const covered = await ownTime(command, booking)
  // Those held longest claim the most: what covers a part of another one mustn't run out before it.
  for (const hold of holds.toSorted((a, b) => b.expiresAt.getTime() - a.expiresAt.getTime())) {
    await claimUncovered(command, hold, covered)
    covered.push(hold)
  }
  return holds.map(({ holdId }) => holdId)
}

type Covered = Pick<TimeToHold, 'coachId' | 'startsAt' | 'blockedUntil'>

/** What the session takes already. */
async function ownTime(
  { trx, tenantId }: Command,
  { sessionId }: Pick<LockedBooking, 'sessionId'>,
): Promise<Covered[]> {
  const { rows } = await sql<Covered>`
    SELECT coach_id AS "coachId", starts_at AS "startsAt", blocked_until AS "blockedUntil" FROM claims
    WHERE tenant_id = ${tenantId} AND session_id = ${sessionId} AND released_at IS NULL AND exclusive`.execute(
    trx,
  )
  return rows
}

async function claimUncovered(
  command: Command,
  hold: TimeToHold & { holdId: string },
  covered: readonly Covered[],
): Promise<void> {
  const sameCoach = covered.filter(({ coachId }) => coachId === hold.coachId)
  await releaseExpired(command, hold.coachId, hold.startsAt, hold.blockedUntil)
  for (const part of sameCoach.reduce(cutOut, [hold])) {
    const { rows } = await takeClaim(command, { ...hold, ...part }).execute(command.trx)
    if (rows.length === 0)
      throw new Refusal('conflict', 'SLOT_TAKEN', 'This time was taken a moment ago. Choose another one.', {
        data: { startsAt: hold.startsAt.toISOString() },
      })
  }
}

type Part = Pick<TimeToHold, 'startsAt' | 'endsAt' | 'blockedUntil'>

/** What is left of these parts without one stretch. A part that lies wholly within a buffer is all session. */
function cutOut(parts: Part[], { startsAt, blockedUntil }: Covered): Part[] {
  return parts.flatMap(part => {
    if (part.blockedUntil <= startsAt || part.startsAt >= blockedUntil) return [part]
    const before = {
      startsAt: part.startsAt,
      endsAt: earlier(part.endsAt, startsAt),
      blockedUntil: earlier(part.blockedUntil, startsAt),
    }
    const from = later(part.startsAt, blockedUntil)
    const after = {
      startsAt: from,
      endsAt: part.endsAt > from ? part.endsAt : part.blockedUntil,
      blockedUntil: part.blockedUntil,
    }
    return [before, after].filter(each => each.startsAt < each.blockedUntil)
  })
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
