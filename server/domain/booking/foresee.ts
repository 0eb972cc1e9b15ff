import type { SessionKind } from '@rapport/sdk'
import { sql } from 'kysely'
import { alternativesIn } from '../availability/alternatives.ts'
import type { CalendarCache } from '../availability/cache.ts'
import { recallAvailability, type SlotViewer } from '../availability/list-slots.ts'
import type { BookableCoach } from '../availability/load.ts'
import type { Query } from '../command.ts'
import { earlierRow } from '../idempotency.ts'
import { Refusal } from '../refusal.ts'
import { judgeAny } from './attempts.ts'
import type { Book } from './book.ts'

/**
 * Refuses a client's booking without taking the lock when the present facts rule it out already, so that a hundred
 * who want the same slot don't queue for its coach's calendar. Lets everything else through, a repeated key too:
 * `book` decides again under the lock.
 */
export async function foresee(
  query: Query & { kind(id: string): SessionKind },
  cache: CalendarCache,
  viewer: SlotViewer,
  input: Book & { caller: string },
): Promise<void> {
  const { startsAt, client, hold, idempotency, caller } = input
  const offer = await recallAvailability(query, cache, {
    offer: input.offer,
    coachId: input.coachId,
    from: startsAt,
    client: viewer.proven && viewer.personId ? { personId: viewer.personId } : { email: client.email },
    beside: sql`to_json(${earlierRow(query.tenantId, { ...idempotency, caller })} IS NOT NULL)`,
  })
  if (offer.beside || offer.coaches.length === 0) return

  const askerOf = ({ id, calendar }: BookableCoach) => ({
    by: 'client' as const,
    proven: viewer.proven,
    invited: viewer.invitedBy.includes(id),
    ownHoldId: calendar.claims.find(claim => isOwn(claim, hold))?.holdId ?? null,
    timeZone: input.timeZone,
  })
  try {
    await judgeAny(query, offer, askerOf, startsAt)
  } catch (error) {
    if (!(error instanceof Refusal) || error.family !== 'conflict') throw error
    throw error.adding({ alternatives: await alternativesIn(offer, query, viewer, startsAt) })
  }
}

function isOwn(
  claim: BookableCoach['calendar']['claims'][number],
  { holdId, visitorHash }: Book['hold'],
): boolean {
  return (
    claim.holdId !== null &&
    (claim.holdId === holdId || (visitorHash !== null && claim.visitorHash === visitorHash))
  )
}
