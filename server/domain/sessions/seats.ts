import type { SeatMode } from '@rapport/sdk'
import { type RawBuilder, sql } from 'kysely'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'

/** Seats of one quota of a session. */
export interface Seats {
  sessionId: string
  mode: SeatMode
  seats: number
}

/**
 * Ends holds and gives back the seats they took, as two parts of a statement (`ended`, `freed`): those on this session
 * that ran out, and those named. With `take`, the same statement takes seats, so the row is changed but once.
 */
export function exchangeSeats(
  { tenantId, now }: Pick<Command, 'tenantId' | 'now'>,
  sessionId: string,
  {
    endHolds = [],
    take,
  }: { endHolds?: readonly string[]; take?: Omit<Seats, 'sessionId'> & { as: 'taken' | 'held' } },
): RawBuilder<unknown> {
  const taking = (as: 'taken' | 'held') =>
    take?.as === as
      ? sql`+ CASE WHEN q.session_id = ${sessionId} AND q.mode = ${take.mode} THEN ${take.seats}::integer ELSE 0 END`
      : sql``
  return sql`ended AS (
      UPDATE holds SET released_at = least(expires_at, ${now})
      WHERE tenant_id = ${tenantId} AND released_at IS NULL AND session_id IS NOT NULL
        AND ((session_id = ${sessionId} AND expires_at <= ${now}) OR id = ANY(${endHolds}::uuid[]))
      RETURNING session_id, mode, seats
    ), freed AS (
      UPDATE session_seats q SET taken = q.taken ${taking('taken')},
        held = q.held ${taking('held')} - coalesce((SELECT sum(e.seats) FROM ended e
          WHERE e.session_id = q.session_id AND e.mode = q.mode), 0)
      WHERE q.tenant_id = ${tenantId} AND (q.session_id = ${sessionId} OR q.session_id IN (SELECT session_id FROM ended))
    )`
}

/** Takes seats of a session whose seats are locked. Refuses with 409 `SESSION_FULL`: the database guards the capacity. */
export async function takeSeats(command: Command, { sessionId, mode, seats }: Seats): Promise<void> {
  const exchange = exchangeSeats(command, sessionId, { take: { mode, seats, as: 'taken' } })
  await refusingFull(() => sql`WITH ${exchange} SELECT`.execute(command.trx))
}

/** Gives back seats that a booking took. */
export async function giveBackSeats(
  { trx, tenantId }: Command,
  { sessionId, mode, seats }: Seats,
): Promise<void> {
  await sql`UPDATE session_seats SET taken = taken - ${seats}
    WHERE tenant_id = ${tenantId} AND session_id = ${sessionId} AND mode = ${mode}`.execute(trx)
}

/** Runs what takes seats; where the database finds too few, that is a refusal. */
export async function refusingFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'seats_within_capacity') throw error
    throw new Refusal(
      'conflict',
      'SESSION_FULL',
      'The seats were taken a moment ago. Choose another session.',
    )
  }
}

/** What open pages fetch again when seats of a session were taken or given back. */
export function hintSeats(
  command: Pick<Command, 'hint'>,
  { sessionId, offerId, coachId }: { sessionId: string; offerId: string; coachId: string },
): void {
  command.hint(`sessions:${offerId}`)
  command.hint(`session:${sessionId}`)
  command.hint(`calendar:${coachId}`)
}
