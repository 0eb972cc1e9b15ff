import { uuidv7 } from 'uuidv7'
import type { Command } from '../command.ts'
import type { Decision } from '../rules/decide.ts'
import { changeBooking } from './change-booking.ts'
import { endMove } from './end-move.ts'
import { holdTimes } from './hold-times.ts'
import type { LockedBooking } from './lock-booking.ts'
import type { NewTime } from './move-session.ts'

/** Holds a new time until the coach answers; the old one stays (design, Rules of time taken). */
export async function requestMove(
  command: Command,
  booking: LockedBooking,
  to: NewTime,
  { decision, answerBy }: { decision: Decision; answerBy: Date },
): Promise<void> {
  const { trx, tenantId, now } = command
  if (booking.move) await endMove(command, booking, booking.move, 'withdrawn', null)
  const id = uuidv7()
  const [holdId] = await holdTimes(command, booking, 'move', [{ ...to, expiresAt: answerBy }])
  await trx
    .insertInto('moves')
    .values({
      tenant_id: tenantId,
      id,
      booking_id: booking.id,
      hold_id: holdId!,
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
