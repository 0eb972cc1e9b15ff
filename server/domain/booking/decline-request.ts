import type { Command } from '../command.ts'
import { changeBooking } from './change-booking.ts'
import type { LockedBooking } from './lock-booking.ts'
import { endedBy, releaseSession } from './release-session.ts'
import { requireTransition } from './transitions.ts'

/** A request becomes DECLINED, by its coach or by Rapport for a reason of its own: the time is free again. */
export async function declineRequest(
  command: Command,
  booking: LockedBooking,
  { by, code, reason }: { by: 'coach' | 'system'; code: string; reason: string | null },
): Promise<void> {
  requireTransition(booking, 'DECLINED', by)
  await releaseSession(command, booking)
  await changeBooking(
    command,
    booking,
    {
      status: 'DECLINED',
      awaiting: null,
      decline_code: code,
      decline_reason: reason,
      ...endedBy(command, booking),
      ...(by === 'system' && { ended_by: 'system' }),
    },
    { name: 'booking.declined', data: { status: 'DECLINED', code, by } },
  )
}
