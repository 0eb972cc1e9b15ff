import { uuidv7 } from 'uuidv7'
import { startOf } from './asked.ts'
import type { Writing, WrittenBooking } from './booking-rows.ts'
import { insertRows } from './insert-rows.ts'
import type { TurnedAway } from './live-through.ts'

/** Writes what was tried with what it was decided by, as booking keeps it: of bookings, and of those turned away. */
export async function writeAttempts(
  writing: Writing,
  written: readonly WrittenBooking[],
  turnedAway: readonly TurnedAway[],
): Promise<void> {
  const rows = [
    ...written.map(({ id, life }) => attemptRow(writing, life, id)),
    ...turnedAway.map(asked => attemptRow(writing, asked, null)),
  ]
  await insertRows(writing.trx, 'attempts', rows)
}

function attemptRow({ tenantId, currency, clients }: Writing, asked: TurnedAway, bookingId: string | null) {
  const { coach, offer, decision, ways } = asked
  const id = uuidv7()
  return {
    ...{ tenant_id: tenantId, id, offer_id: offer.id, coach_id: coach.id, booking_id: bookingId, currency },
    at: new Date(asked.createdAt).toISOString(),
    client_id: clients[asked.client]!.id,
    starts_at: new Date(startOf(asked)).toISOString(),
    facts: ways,
    ...{ outcome: decision.outcome, code: decision.code, policy_version: decision.policyVersion },
    price_minor: offer.priceMinor,
    // Each of them came by at another time.
    sameness: bookingId === null ? id : null,
  }
}
