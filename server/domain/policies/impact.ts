import type { BookingStatus } from '#server/db/tables.ts'
import { requireCoach } from '../coaches/require-coach.ts'
import type { Query } from '../command.ts'
import { permits } from '../people/roles.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { CoachSettings } from '../rules/settings.ts'
import type { LocalRange, WeeklyHours } from '../slots/types.ts'
import { requireDraft } from './drafts.ts'
import { type Ground, type GroundCoach, type Misfit, misfits } from './judge-fit.ts'
import { type Concerned, type ConcernedBooking, readConcerned, readGround } from './read-ground.ts'
import { readVersion } from './read-versions.ts'

/** A change that isn't saved yet: what its save command takes, and the part of the product it is of. */
export type Change =
  | { of: 'draft' }
  /** An earlier version of the rules, about to be restored. */
  | { of: 'version'; version: number }
  | { of: 'settings'; coachId: string; settings: CoachSettings }
  | { of: 'week'; coachId: string; timeZone?: string | undefined; hours: WeeklyHours[] }
  | { of: 'override'; coachId: string; date: string; ranges: LocalRange[] | null }
  | { of: 'timeOff'; coachId: string; startsAt: Date; endsAt: Date }
  | { of: 'offer'; id: string; bufferMinutes?: number | undefined }

/** A booking that would no longer fit, or a session with bookings. */
export interface Affected {
  /** Null for a session that is booked on dates of its own: `sessionId` then says which. */
  bookingId: string | null
  sessionId: string
  /** Whether it has a time of its own, so that others can be suggested for it. */
  ofSlot: boolean
  startsAt: Date
  endsAt: Date
  coach: { id: string; name: string }
  offerTitle: string
  clientName: string | null
  status: BookingStatus | null
  seats: number
  reasons: Pick<Misfit, 'code' | 'sentence'>[]
}

/**
 * The bookings to come that fit now and would no longer after a change, by start, each with why (`misfits`). Nothing
 * happens to them by the change itself. What doesn't fit already, for instance outside the hours, isn't named again.
 *
 * Refuses as saving the change would: 403 `ROLE`, 404 for a coach, offer, version or draft that isn't there. Who may
 * see the own bookings only is told of those.
 */
export async function impact(query: Query, change: Change): Promise<Affected[]> {
  const concerned = await concernedBy(query, change)
  if (!concerned) return []
  const before = await readGround(query, concerned)
  const after = await afterChange(query, before, change)
  const bookings = await readConcerned(query, concerned)
  const affected: Affected[] = []
  for (const booking of bookings) {
    const reasons = await newMisfits(booking, before, after)
    if (reasons.length > 0) affected.push(viewAffected(booking, after, reasons))
  }
  return affected
}

/** Null where the one who asks may see nobody's bookings. */
async function concernedBy(query: Query, change: Change): Promise<Concerned | null> {
  if ('coachId' in change) {
    await requireCoach(query, change.coachId, 'coaches.edit')
    return { coachId: change.coachId, seats: 'sessions' }
  }
  if (change.of === 'offer') {
    requireOfferEditor(query)
    return { coachId: null, offerId: change.id, seats: 'sessions' }
  }
  const { actor } = query
  if (actor.as === 'system' || (actor.as === 'member' && permits(actor.role, 'bookings.see')))
    return { coachId: null, seats: 'bookings' }
  return actor.as === 'member' && actor.coachId ? { coachId: actor.coachId, seats: 'bookings' } : null
}

function requireOfferEditor({ actor }: Query): void {
  if (actor.as === 'system' || (actor.as === 'member' && permits(actor.role, 'offers.edit'))) return
  throw new Refusal('forbidden', 'ROLE', 'Your role here doesn’t include changing offers. Ask an owner.')
}

async function afterChange(query: Query, before: Ground, change: Change): Promise<Ground> {
  switch (change.of) {
    case 'draft':
      return { ...before, policy: { ...(await requireDraft(query)), version: before.policy.version } }
    case 'version':
      return { ...before, policy: await readVersion(query, change.version) }
    case 'offer':
      return withBuffer(before, change)
    default:
      return withCoach(before, change.coachId, coach => changed(coach, change))
  }
}

function withBuffer(before: Ground, { id, bufferMinutes }: Change & { of: 'offer' }): Ground {
  const old = before.buffers.get(id)
  if (old === undefined) throw notFound('offer')
  return { ...before, buffers: new Map(before.buffers).set(id, bufferMinutes ?? old) }
}

function withCoach(before: Ground, coachId: string, change: (coach: GroundCoach) => GroundCoach): Ground {
  return {
    ...before,
    coaches: new Map(before.coaches).set(coachId, change(before.coaches.get(coachId)!)),
  }
}

function changed(coach: GroundCoach, change: Extract<Change, { coachId: string }>): GroundCoach {
  const { calendar } = coach
  switch (change.of) {
    case 'settings':
      return { ...coach, settings: change.settings }
    case 'week': {
      const timeZone = change.timeZone ?? calendar.timeZone
      return { ...coach, calendar: { ...calendar, timeZone, hours: change.hours } }
    }
    case 'override': {
      const { date, ranges } = change
      const others = calendar.overrides.filter(override => override.date !== date)
      return {
        ...coach,
        calendar: { ...calendar, overrides: ranges === null ? others : [...others, { date, ranges }] },
      }
    }
    case 'timeOff': {
      const off = { startsAt: change.startsAt.getTime(), endsAt: change.endsAt.getTime() }
      return { ...coach, calendar: { ...calendar, timeOff: [...calendar.timeOff, off] } }
    }
  }
}

async function newMisfits(booking: ConcernedBooking, before: Ground, after: Ground): Promise<Misfit[]> {
  const found = await misfits(booking, after)
  if (found.length === 0) return []
  const known = new Set((await misfits(booking, before)).map(({ rule }) => rule))
  return found.filter(({ rule }) => !known.has(rule))
}

function viewAffected(booking: ConcernedBooking, { coaches }: Ground, reasons: Misfit[]): Affected {
  const { bookingId, sessionId, coachId, offerTitle, clientName, status, seats } = booking
  return {
    ...{ bookingId, sessionId, offerTitle, clientName, status, seats },
    ofSlot: booking.by === 'slot',
    startsAt: new Date(booking.startsAt),
    endsAt: new Date(booking.endsAt),
    coach: { id: coachId, name: coaches.get(coachId)!.name },
    reasons: reasons.map(({ code, sentence }) => ({ code, sentence })),
  }
}
