import type { SessionKind } from '@rapport/sdk'
import type { Query } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import { type DecidedSlot, decideSlots, type Restriction } from '../rules/decide.ts'
import { decideSlotsStrictest } from '../rules/decide-strictest.ts'
import { findStarts } from '../slots/find-starts.ts'
import { slotId } from '../slots/slot-id.ts'
import { type Asker, type Attempt, prepareAttempt } from './attempt.ts'
import type { CalendarCache } from './cache.ts'
import { type AvailabilityRequest, type BookableCoach, type BookableOffer, loadAvailability } from './load.ts'
import { slotPrice } from './slot-price.ts'
import { takenSlots } from './taken-slots.ts'
import { waysToJudge } from './ways.ts'

const DAY = 86_400_000
/** Limits count whole weeks and a session started a day ago may still run: facts reach this far before the window. */
const LOOK_BACK = 9 * DAY
const LONGEST_WINDOW = 62 * DAY

type Window = Pick<ListSlots, 'from' | 'to'>

export interface ListSlots {
  /** A slug or an id. */
  offer: string
  coachId?: string | undefined
  from: Date
  to: Date
}

/** Who looks: what is known of the viewer before any coach is. */
export interface SlotViewer {
  personId: string | null
  proven: boolean
  /** Coaches whose personal link this viewer holds (015). */
  invitedBy: readonly string[]
  visitorHash: string | null
  /** Whose wall clock the viewer lives by, where that is known. */
  timeZone?: string | undefined
  /** Coaches whose taken slots are shown too, with their bookings: staff see more than clients. */
  seesBookingsOf(coachId: string): boolean
}

export interface Slot {
  id: string
  startsAt: number
  endsAt: number
  coachId: string
  status: 'available' | 'tentative' | 'booked'
  bookingId?: string
  allowsFirmBooking: boolean
  restrictions: Restriction[]
  sentence: string
  /** What it costs this viewer and what of it is due at once, minor units; absent where that is simply the offer's price. */
  priceMinor?: number
  depositMinor?: number | null
}

export interface SlotList {
  slots: Slot[]
  /** `connect`: times are shown to connected clients only. */
  visibility: 'open' | 'connect'
  message: string | null
  /** How many days ahead this viewer may find any; null for no limit. */
  horizonDays: number | null
}

/**
 * The slots of an offer whose starts lie in [from, to), for this viewer, by start (013–015, 056, 057, 324–329).
 * Refuses with 400 a window over 62 days, with 404 an unknown offer, with 403 `CALENDAR_PRIVATE` one whose
 * coaches all keep their calendars private.
 */
export async function listSlots(
  query: Query & { kind(id: string): SessionKind },
  cache: CalendarCache,
  viewer: SlotViewer,
  input: ListSlots,
): Promise<SlotList> {
  requireWindow(input)
  const offer = await recallAvailability(query, cache, {
    ...input,
    client: viewer.personId ? { personId: viewer.personId } : undefined,
  })
  if (offer.coaches.length === 0 && input.coachId) throw notFound('coach of this offer')
  return slotsIn(offer, query, viewer, input)
}

/** The same from an offer whose facts are at hand. */
export async function slotsIn(
  offer: BookableOffer,
  query: Pick<Query, 'now'> & { kind(id: string): SessionKind },
  viewer: SlotViewer,
  window: Window,
): Promise<SlotList> {
  if (query.kind(offer.kind).bookedBy !== 'slot')
    return nothing(offer, 'This offer has dates of its own: choose one of them.')
  const slots: Slot[] = []
  const gates: Restriction[] = []
  let { horizonDays } = offer
  for (const coach of offer.coaches) {
    const attempt = prepareAttempt(
      offer,
      coach,
      askerFor(viewer, coach, offer, query.now.getTime()),
      query.kind(offer.kind),
      query.now.getTime(),
    )
    horizonDays = farther(horizonDays, attempt.reach.horizonDays)
    const gate = await gateOf(attempt, window)
    if (gate) gates.push(gate)
    else slots.push(...(await openSlots(attempt, window)))
    if (viewer.seesBookingsOf(coach.id)) slots.push(...takenSlots(attempt, window))
  }
  if (gates.length === offer.coaches.length) return gatedList(offer, gates, slots)
  slots.sort((a, b) => a.startsAt - b.startsAt)
  return { slots, visibility: 'open', message: null, horizonDays }
}

function farther(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other)
}

function nothing({ horizonDays }: BookableOffer, message: string): SlotList {
  return { slots: [], visibility: 'open', message, horizonDays }
}

function requireWindow({ from, to }: ListSlots): void {
  if (to <= from) throw new Refusal('input', 'WINDOW', '`to` must be after `from`.', { field: 'to' })
  if (to.getTime() - from.getTime() > LONGEST_WINDOW) {
    throw new Refusal('input', 'WINDOW', 'A window has at most 62 days. Ask for less at a time.', {
      field: 'to',
    })
  }
}

/**
 * The offer with the facts of its coaches, from memory where the calendar's version is still the one remembered. Facts
 * go back 62 days at most, so that nobody can make them large by asking for the past.
 */
export async function recallAvailability(
  query: Query,
  cache: CalendarCache,
  {
    offer: slugOrId,
    coachId,
    from,
    client,
    beside,
  }: Omit<AvailabilityRequest, 'tenantId' | 'now' | 'to' | 'known'>,
): Promise<BookableOffer> {
  const now = query.now.getTime()
  const since = Math.min(Math.max(from.getTime(), now - LONGEST_WINDOW), now) - LOOK_BACK
  const cacheKey = `${query.tenantId}/${slugOrId}`
  const known = cache.recall(coachId ? [coachId] : cache.coachesOf(cacheKey), since)
  const offer = await loadAvailability(query.trx, {
    tenantId: query.tenantId,
    offer: slugOrId,
    coachId,
    client,
    now: query.now,
    from: new Date(since),
    to: null,
    known,
    ...(beside && { beside }),
  })
  if (!offer?.active) throw notFound('offer')
  for (const coach of offer.coaches) {
    if (known.get(coach.id)?.version !== coach.version)
      cache.remember(coach.id, coach.version, since, coach.calendar)
  }
  if (!coachId)
    cache.rememberOffer(
      cacheKey,
      offer.coaches.map(coach => coach.id),
    )
  return offer
}

function askerFor(viewer: SlotViewer, coach: BookableCoach, offer: BookableOffer, now: number): Asker {
  const own = coach.calendar.claims.find(
    ({ visitorHash, offerId, expiresAt }) =>
      visitorHash !== null && visitorHash === viewer.visitorHash && offerId === offer.id && expiresAt! > now,
  )
  return {
    by: 'client',
    proven: viewer.proven,
    invited: viewer.invitedBy.includes(coach.id),
    ownHoldId: own?.holdId ?? null,
    timeZone: viewer.timeZone,
  }
}

/** What keeps this viewer from seeing the coach's times at all, whatever the time. */
async function gateOf(attempt: Attempt, { from }: Window): Promise<Restriction | null> {
  const [decided] = await decideSlots([attempt.facts(from.getTime(), null)], attempt.offer.policy)
  return (
    decided!.restrictions.find(({ code }) => code === 'CALENDAR_PRIVATE' || code === 'CONNECTED_ONLY') ?? null
  )
}

function gatedList(offer: BookableOffer, gates: Restriction[], slots: Slot[]): SlotList {
  const { horizonDays } = offer
  const connect = gates.find(({ code }) => code === 'CONNECTED_ONLY')
  if (connect || slots.length > 0)
    return { slots, visibility: connect ? 'connect' : 'open', message: connect?.message ?? null, horizonDays }
  const [first] = gates
  if (first) throw new Refusal('forbidden', first.code, first.message)
  return nothing(offer, 'Nobody takes bookings for this offer at the moment.')
}

async function openSlots(attempt: Attempt, { from, to }: Window): Promise<Slot[]> {
  const starts = findStarts(attempt.coach.calendar, {
    ...attempt.slots,
    from: from.getTime(),
    to: to.getTime(),
  })
  const decided = await decideSlotsStrictest(
    starts.map(startsAt => waysToJudge(attempt.facts(startsAt, null))),
    attempt.offer.policy,
  )
  return starts.flatMap((startsAt, index) => availableSlot(attempt, startsAt, decided[index]!))
}

function availableSlot({ offer, coach }: Attempt, startsAt: number, decided: DecidedSlot): Slot[] {
  if (decided.outcome === 'refuse') return []
  return [
    {
      id: slotId(coach.id, startsAt, offer.id),
      startsAt,
      endsAt: startsAt + offer.durationMinutes * 60_000,
      coachId: coach.id,
      status: 'available',
      allowsFirmBooking: decided.allowsFirmBooking,
      restrictions: decided.restrictions,
      sentence: decided.sentence,
      ...differingPrice(offer, decided),
    },
  ]
}

function differingPrice(
  offer: BookableOffer,
  { values }: DecidedSlot,
): Pick<Slot, 'priceMinor' | 'depositMinor'> {
  const { amountMinor, depositMinor } = slotPrice(offer, values)
  if (amountMinor === offer.priceMinor && depositMinor === null) return {}
  return { priceMinor: amountMinor, depositMinor }
}
