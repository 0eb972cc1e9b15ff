import { uuidv7 } from 'uuidv7'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import { releaseExpired } from './attempts.ts'
import { changeBooking } from './change-booking.ts'
import type { LockedBooking } from './lock-booking.ts'
import { endMove, type NewTime } from './moves.ts'
import { takeClaim } from './write-booking.ts'

const MINUTE = 60_000

/** Holds a new time until the coach answers; the old one stays (design, Rules of time taken). */
export async function requestMove(
  command: Command,
  booking: LockedBooking,
  to: NewTime,
  { decision, answerBy }: { decision: Decision; answerBy: Date },
): Promise<void> {
  const { trx, tenantId, now } = command
  if (booking.move) await endMove(command, booking, booking.move, 'withdrawn', null)
  const holdId = uuidv7()
  const id = uuidv7()
  await trx
    .insertInto('holds')
    .values({
      tenant_id: tenantId,
      id: holdId,
      purpose: 'move',
      offer_id: booking.offerId,
      booking_id: booking.id,
      expires_at: answerBy,
      created_at: now,
    })
    .execute()
  await holdNewTime(command, booking, to, { holdId, expiresAt: answerBy })
  await trx
    .insertInto('moves')
    .values({
      tenant_id: tenantId,
      id,
      booking_id: booking.id,
      hold_id: holdId,
      coach_id: to.coachId,
      from_starts_at: booking.startsAt,
      to_starts_at: to.startsAt,
      to_ends_at: to.endsAt,
      proposed_by: 'client',
      status: 'pending',
      decision: JSON.stringify(decision),
      answer_by: answerBy,
      created_at: now,
    })
    .execute()
  await changeBooking(
    command,
    booking,
    {},
    {
      name: 'booking.move_requested',
      data: {
        moveId: id,
        from: booking.startsAt,
        to: to.startsAt,
        answerBy,
      },
    },
  )
  command.hint(`calendar:${to.coachId}`)
  const halfTime = new Date((now.getTime() + answerBy.getTime()) / 2)
  await command.send(
    'move',
    { tenantId, bookingId: booking.id, moveId: id, step: 'remind' },
    { startAfter: halfTime },
  )
  await command.send(
    'move',
    { tenantId, bookingId: booking.id, moveId: id, step: 'expire' },
    { startAfter: answerBy },
  )
}

/** Claims the part of the new time that the session's own claim doesn't cover: it may move by less than its length. */
async function holdNewTime(
  command: Command,
  booking: LockedBooking,
  to: NewTime,
  { holdId, expiresAt }: { holdId: string; expiresAt: Date },
): Promise<void> {
  const ownUntil = new Date(booking.endsAt.getTime() + booking.bufferMinutes * MINUTE)
  const overlaps =
    to.coachId === booking.coachId && to.startsAt < ownUntil && to.blockedUntil > booking.startsAt
  const parts = !overlaps
    ? [to]
    : [
        {
          ...to,
          endsAt: earlier(to.endsAt, booking.startsAt),
          blockedUntil: earlier(to.blockedUntil, booking.startsAt),
        },
        {
          ...to,
          startsAt: later(to.startsAt, ownUntil),
          endsAt: to.endsAt > ownUntil ? to.endsAt : to.blockedUntil,
        },
      ].filter(part => part.startsAt < part.endsAt && part.endsAt <= part.blockedUntil)
  await releaseExpired(command, to.coachId, to.startsAt, to.blockedUntil)
  for (const part of parts) {
    const { rows } = await takeClaim(command, { ...part, holdId, expiresAt }).execute(command.trx)
    if (rows.length === 0)
      throw new Refusal('conflict', 'SLOT_TAKEN', 'This time was taken a moment ago. Choose another one.')
  }
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
