import { lockCalendars } from '../availability/lock.ts'
import type { Command } from '../command.ts'
import { releaseSeatHold } from '../sessions/hold-seats.ts'
import { lockSeats } from '../sessions/lock-seats.ts'
import { releaseHold } from './holds.ts'

/** A visitor gives a checkout hold back, of a time or of seats. One that is unknown or over is nothing to complain about. */
export async function giveBackHold(command: Command, { holdId }: { holdId: string }): Promise<void> {
  const hold = await command.trx
    .selectFrom('holds as h')
    .leftJoin('claims as c', join =>
      join
        .onRef('c.tenant_id', '=', 'h.tenant_id')
        .onRef('c.hold_id', '=', 'h.id')
        .on('c.released_at', 'is', null),
    )
    .select(['h.id', 'h.session_id as sessionId', 'h.offer_id as offerId', 'c.coach_id as coachId'])
    .where('h.tenant_id', '=', command.tenantId)
    .where('h.id', '=', holdId)
    .where('h.released_at', 'is', null)
    .executeTakeFirst()
  if (!hold) return
  const { id, sessionId, offerId, coachId } = hold
  if (sessionId !== null) {
    await lockSeats(command, sessionId)
    await releaseSeatHold(command, { id, sessionId, offerId })
  } else if (coachId !== null) {
    await lockCalendars(command, [coachId])
    await releaseHold(command, { id, coachId })
  }
}
