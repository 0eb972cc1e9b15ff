import type { SessionKind } from '@rapport/sdk'
import { waysToJudge } from '../availability/ways.ts'
import type { DecidedSlot } from '../rules/decide.ts'
import { decideSlotsStrictest } from '../rules/decide-strictest.ts'
import { deadlines, lapsesAt } from './deadlines.ts'
import { isConnected, type SeatAsker, seatFacts, seatsLeft } from './judge-seats.ts'
import type { SessionFacts } from './load-sessions.ts'
import { priceOf, type SessionPrice } from './price.ts'

/** What a view is made with. */
export interface Looking {
  now: Date
  kind(id: string): SessionKind
}

export type SessionView = ReturnType<typeof viewSession>

/** What the rules say to so many seats: in the way to take part that allows most, since the viewer hasn't chosen one yet. */
export async function judgeView(
  session: SessionFacts,
  asker: SeatAsker,
  { now }: Pick<Looking, 'now'>,
  seats = 1,
): Promise<DecidedSlot> {
  const judged = await decideSlotsStrictest(
    session.seats.map(({ mode }) => waysToJudge(seatFacts(session, asker, { mode, seats }, now))),
    session.policy,
  )
  return judged.find(({ outcome }) => outcome !== 'refuse') ?? judged[0]!
}

/** A session as clients see it (267–315): times, seats, price for one seat, and whether it can be booked. */
export function viewSession(
  session: SessionFacts,
  { outcome, restrictions, values }: Pick<DecidedSlot, 'outcome' | 'restrictions' | 'values'>,
  { now, kind: kindOf }: Looking,
  { proven }: Pick<SeatAsker, 'proven'>,
) {
  const { terms, offer, dates } = session
  const kind = kindOf(session.kind)
  const { closesAt } = deadlines(terms, dates[0]!.startsAt, session.timeZone)
  const seats = session.seats.map(quota => ({ ...quota, available: seatsLeft(quota) }))
  const capacity = (count: 'total' | 'booked' | 'held' | 'available') =>
    seats.reduce((sum, quota) => sum + quota[count], 0)
  const price = priceOf(kind, session, {
    seats: 1,
    mode: null,
    connected: proven && isConnected(session),
    values,
    now,
  })
  return {
    id: session.id,
    offerId: offer.id,
    /** From the first date's start to the last one's end. */
    startsAt: dates[0]!.startsAt.toISOString(),
    endsAt: dates.at(-1)!.endsAt.toISOString(),
    dates: dates.map(({ startsAt, endsAt }) => ({
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    timeZone: session.timeZone,
    state: session.state,
    listing: session.listing,
    format: kind.format({ settings: offer.kindSettings, terms }),
    venue: terms.venue,
    coaches: session.coaches.map(({ id, name, slug }) => ({ id, name, slug })),
    capacity: {
      total: capacity('total'),
      booked: capacity('booked'),
      held: capacity('held'),
      available: capacity('available'),
      minimum: terms.minimum?.seats ?? null,
    },
    seats,
    /** What booking one seat would do now; a waitlist answers for itself (C13). */
    canBook: outcome !== 'refuse',
    canJoinWaitlist: false,
    closesAt: closesAt.toISOString(),
    maxSeatsPerBooking: terms.maxSeatsPerBooking,
    /** Whether the coach is asked first: by the terms, or by what the business's rules make of them for this viewer. */
    approval: outcome === 'refuse' ? terms.approval : outcome === 'request',
    price: viewPrice(session, price),
    minimum: viewMinimum(session, capacity('booked')),
    restrictions,
  }
}

/** A price as the API shows it, with all phases of the session. */
export function viewPrice({ terms, dates, timeZone }: SessionFacts, price: SessionPrice) {
  const { phases } = deadlines(terms, dates[0]!.startsAt, timeZone)
  return {
    amountMinor: price.amountMinor,
    currency: price.currency,
    lines: price.lines,
    phase: price.phase && { ...price.phase, until: price.phase.until?.toISOString() ?? null },
    depositMinor: price.depositMinor,
    balanceMinor: price.balanceMinor,
    balanceDueAt: price.balanceDueAt?.toISOString() ?? null,
    phases: phases.map(phase => ({ ...phase, until: phase.until?.toISOString() ?? null })),
  }
}

/** "6 of 8 needed, decided 3 May" (308, 315); null where no minimum is asked. */
function viewMinimum({ terms, decideBy, dates }: SessionFacts, taken: number) {
  if (!terms.minimum) return null
  const { seats, showsProgress } = terms.minimum
  return {
    seats,
    taken,
    decideBy: decideBy?.toISOString() ?? null,
    /** Where it is left to the coach: when it is cancelled by itself unless somebody decides. */
    lapsesAt: lapsesAt(terms, decideBy, dates[0]!.startsAt)?.toISOString() ?? null,
    /** Whether it is certain to take place, or not to. */
    decided: decideBy === null,
    showsProgress,
  }
}
