import type { CalendarCache } from '../availability/cache.ts'
import { recallAvailability, type SlotViewer, slotsIn } from '../availability/list-slots.ts'
import type { BookableOffer } from '../availability/load.ts'
import { slotPrice } from '../availability/slot-price.ts'
import { chooseCoach, judge, requireBookedBySlot, requireCoaches } from '../booking/attempts.ts'
import { Refusal } from '../refusal.ts'
import { nearestStarts } from '../slots/nearest-starts.ts'
import { requireOwn, type Tried, type TryIt, type Trying, triedAs, triedUnder } from './try-it.ts'

const AROUND = 31 * 86_400_000

export interface TrySlot extends TryIt {
  offerId: string
  coachId?: string | undefined
  startsAt: Date
}

/**
 * How booking this slot would be answered, by the code that lists and books slots; it changes nothing. A coach may try
 * the own calendar and the own clients. 404 for an unknown offer, coach or client, 409 `NO_SLOTS` for an offer whose
 * sessions have dates of their own: see `trySeats`.
 */
export async function trySlot(query: Trying, cache: CalendarCache, input: TrySlot): Promise<Tried> {
  const { offerId, coachId, startsAt } = input
  const { viewer, record } = await triedAs(query, input)
  const window = windowAround(query, startsAt)
  const found = await recallAvailability(query, cache, {
    offer: offerId,
    coachId,
    from: window.from,
    client: record,
  })
  requireBookedBySlot(query.kind(found.kind))
  requireCoaches(found, coachId)
  const offer = {
    ...found,
    coaches: requireOwn(query, found.coaches),
    policy: await triedUnder(query, input),
  }
  const asker = {
    ...{ by: 'client' as const, proven: viewer.proven, invited: false, ownHoldId: null },
    timeZone: viewer.timeZone,
  }
  const judged = await Promise.all(offer.coaches.map(coach => judge(query, offer, coach, asker, startsAt)))
  const { attempt, decision } = chooseCoach(judged, startsAt)
  const { id, name, timeZone } = attempt.coach
  const { amountMinor, depositMinor } = slotPrice(offer, decision.values)
  return {
    decision,
    coach: { id, name, timeZone },
    startsAt,
    price: { amountMinor, depositMinor, currency: offer.currency },
    nearestFirm: await nearestFirm(query, offer, viewer, { startsAt, window }),
  }
}

function windowAround({ now }: Pick<Trying, 'now'>, startsAt: Date) {
  const wanted = startsAt.getTime()
  return {
    from: new Date(Math.max(now.getTime(), wanted - AROUND)),
    to: new Date(Math.max(now.getTime(), wanted) + AROUND),
  }
}

async function nearestFirm(
  query: Trying,
  offer: BookableOffer,
  viewer: SlotViewer,
  { startsAt, window }: { startsAt: Date; window: ReturnType<typeof windowAround> },
): Promise<Tried['nearestFirm']> {
  const slots = await slotsIn(offer, query, viewer, window).then(list => list.slots, noneAtGate)
  const firm = slots.filter(({ allowsFirmBooking }) => allowsFirmBooking)
  const starts = [...new Set(firm.map(slot => slot.startsAt))]
  const [nearest] = nearestStarts(starts, startsAt.getTime(), 1)
  const slot = firm.find(each => each.startsAt === nearest)
  if (!slot) return null
  const { coachId } = slot
  return { startsAt: new Date(slot.startsAt), endsAt: new Date(slot.endsAt), coachId, sessionId: null }
}

/** Who may not see a calendar has no slot in it. */
function noneAtGate(error: unknown): [] {
  if (error instanceof Refusal) return []
  throw error
}
