import type { SeatMode, SessionTerms } from '@rapport/sdk'
import { record } from '#server/events/record.ts'
import type { Command } from '../../command.ts'
import { Refusal } from '../../refusal.ts'
import { settleTerms } from '../terms.ts'
import { hintSession, type LockedSession, lockSession, requireOn } from './lock-session.ts'

export interface SetCapacity {
  id: string
  /** The quota, where the session has several. */
  mode?: SeatMode | undefined
  capacity: number
}

/**
 * Gives a session more seats, or fewer where they are free (269). 409 `CAPACITY_BELOW` with the bookings that have the
 * seats where more are taken or held, 400 `MODE_MISSING` where there are several quotas and none is named, and
 * `TERMS_INVALID` where other terms need the seats, such as a minimum.
 */
export async function setCapacity(command: Command, { id, mode, capacity }: SetCapacity): Promise<void> {
  const session = await lockSession(command, id)
  requireOn(session)
  const quota = session.seats.find(each => each.mode === (mode ?? 'any'))
  if (!quota) {
    const ways = session.seats.map(each => each.mode).join(' or ')
    throw new Refusal('input', 'MODE_MISSING', `Say which seats: ${ways}.`, { field: 'mode' })
  }
  await changeCapacity(command, session, quota.mode, capacity)
  const terms = settleTerms({
    kind: command.kind(session.kind),
    before: session.terms,
    given: capacityTerm(quota.mode, capacity),
    offer: { priceMinor: session.offerPrice },
  })
  await saveTerms(command, id, terms)
}

/** The field of the terms that says how many seats a quota has. */
export function capacityTerm(mode: SeatMode, capacity: number): Partial<SessionTerms> {
  return mode === 'online' ? { onlineCapacity: capacity } : { capacity }
}

/** Changes the seats of one quota, under their lock; nothing where there are as many. 409 `CAPACITY_BELOW`. */
export async function changeCapacity(
  command: Command,
  session: LockedSession,
  mode: SeatMode,
  capacity: number,
): Promise<void> {
  const { trx, tenantId } = command
  const quota = session.seats.find(each => each.mode === mode)!
  if (quota.capacity === capacity) return
  if (capacity < quota.taken + quota.held) throw await capacityBelow(command, session, quota)
  await trx
    .updateTable('session_seats')
    .set({ capacity })
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', session.id)
    .where('mode', '=', mode)
    .execute()
  await record(command, 'session.capacity_changed', {
    subject: 'session',
    subjectId: session.id,
    coachId: session.coachIds[0]!,
    data: { mode, old: quota.capacity, new: capacity },
  })
  hintSession(command, session)
}

async function capacityBelow(
  { trx, tenantId }: Command,
  { id }: LockedSession,
  { mode, taken, held }: LockedSession['seats'][number],
): Promise<Refusal> {
  const bookings = await trx
    .selectFrom('bookings')
    .select(['id', 'client_name as name', 'seats', 'status'])
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', id)
    .where('mode', '=', mode)
    .where('status', 'in', ['REQUESTED', 'FIRM_BOOKED', 'CONFIRMED'])
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  const inCheckout = held > 0 ? ` and ${held} held by people who are booking` : ''
  const sentence = `${taken} seats are booked${inCheckout}. Cancel bookings first, or keep as many seats.`
  return new Refusal('conflict', 'CAPACITY_BELOW', sentence, {
    field: 'capacity',
    data: { taken, held, bookings },
  })
}

/** Writes a session's own terms. */
export async function saveTerms(
  { trx, tenantId, now }: Command,
  id: string,
  terms: SessionTerms,
): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ terms: JSON.stringify(terms), changed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
