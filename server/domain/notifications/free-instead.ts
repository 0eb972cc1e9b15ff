import { type Alternative, alternativesIn } from '../availability/alternatives.ts'
import { loadAvailability } from '../availability/load.ts'
import type { Command, Query } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { BookingFacts } from './booking-facts.ts'
import type { MessageData, MessageType } from './message.ts'

const DAY = 86_400_000
/** Limits count whole weeks, and two weeks around the time are looked at. */
const REACH = 25 * DAY

/** Why a request was closed by Rapport, so that its client is owed other times. */
const CLOSED_BY_ITSELF = new Set(['competing_request', 'approval_timeout'])

/**
 * The three free times nearest to the one of a request that was closed by itself (259, C9), as of when its mail is
 * sent; none of other messages, nor where nothing is free.
 */
export async function freeInstead(
  query: Query & Pick<Command, 'kind'>,
  type: MessageType,
  { audience }: MessageData,
  { declineCode, offer, coach, client, session }: BookingFacts,
): Promise<Alternative[]> {
  if (type !== 'booking_declined' || audience !== 'client' || !CLOSED_BY_ITSELF.has(declineCode ?? ''))
    return []
  if (query.kind(offer.kind).bookedBy !== 'slot') return []
  const { startsAt } = session
  const loaded = await loadAvailability(query.trx, {
    tenantId: query.tenantId,
    offer: offer.slug,
    coachId: coach.id,
    client: { personId: client.personId },
    now: query.now,
    from: new Date(query.now.getTime() - REACH),
    to: new Date(Math.max(startsAt.getTime(), query.now.getTime()) + REACH),
  })
  if (!loaded?.active) return []
  const viewer = {
    personId: client.personId,
    proven: false,
    invitedBy: [],
    visitorHash: null,
    timeZone: client.timeZone,
    seesBookingsOf: () => false,
  }
  try {
    return await alternativesIn(loaded, query, viewer, startsAt)
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}
