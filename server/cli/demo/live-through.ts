import type { BookingStatus, BookingType, Party } from '#server/db/tables.ts'
import { whatCancellingCosts, whatNoShowCosts } from '#server/domain/cancellation/cost.ts'
import type { SoldTerms } from '#server/domain/cancellation/terms.ts'
import type { Decision } from '#server/domain/rules/decide.ts'
import type { DecisionFacts } from '#server/domain/rules/facts.ts'
import { type Asked, startOf } from './asked.ts'
import type { Books, Judged } from './books.ts'
import type { Placed } from './place-sessions.ts'
import type { Random } from './random.ts'
import { clientNotes, coachNotes, comments, reasons } from './texts.ts'

/** Something that happened to a booking; `by` is whoever did it. */
export interface Happened {
  name: string
  at: number
  by: 'client' | 'visitor' | 'coach' | 'system'
  data: Record<string, unknown>
}

/** A placed session's booking as it stands now, with all that happened to it in order. */
export interface Life extends Placed {
  /** What it was decided by, once for each way in which it was judged. */
  ways: readonly DecisionFacts[]
  decision: Decision
  /** How cancelling it is charged. */
  sold: SoldTerms
  isConnected: boolean
  status: BookingStatus
  bookingType: BookingType
  answerBy: number | null
  confirmed: { at: number; by: Party } | null
  ended: { at: number; by: Party; code: string; reason: string | null; from: LiveStatus } | null
  feeMinor: number
  sequence: number
  clientNotes: string
  coachNotes: string
  attendance: 'attended' | 'no_show' | null
  feedback: { rating: number; comment: string; at: number } | null
  events: Happened[]
}

type LiveStatus = 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Somebody who asked for a time and was refused. */
export interface TurnedAway extends Asked, Judged {}

export interface Lived {
  lives: Life[]
  turnedAway: TurnedAway[]
}

interface Living {
  books: Books
  sold: (session: Placed) => SoldTerms
  now: number
  random: Random
}

/**
 * Lets bookings and vain attempts happen, in the order in which they were made: the product's own rules decide each one
 * by what stood in the calendars at that moment, then chance decides how it went on.
 */
export async function liveThrough(
  placed: readonly Placed[],
  vain: readonly Asked[],
  { books, sold, now, random }: Living,
): Promise<Lived> {
  const inOrder = [
    ...placed.map(session => ({ session, asked: session })),
    ...vain.map(asked => ({ session: null, asked })),
  ].sort((a, b) => a.asked.createdAt - b.asked.createdAt || a.asked.startsAt - b.asked.startsAt)
  const lived: Lived = { lives: [], turnedAway: [] }
  for (const { session, asked } of inOrder) {
    const judged = await books.judge(asked)
    const isRefused = judged.decision.outcome === 'refuse'
    if (session && isRefused) throw new Error(`the demo broke a rule: ${judged.decision.code}`)
    if (isRefused) lived.turnedAway.push({ ...asked, ...judged })
    if (!session) continue
    const life = goOn(begin(session, judged, sold(session), random), now, random)
    books.add(life)
    lived.lives.push(life)
  }
  return lived
}

function begin(session: Placed, { ways, decision }: Judged, sold: SoldTerms, random: Random): Life {
  const { coach, offer, createdAt, by, signedIn } = session
  const startsAt = startOf(session)
  const isRequest = decision.outcome === 'request'
  const status = isRequest ? 'REQUESTED' : by === 'staff' ? 'CONFIRMED' : 'FIRM_BOOKED'
  const actor = by === 'staff' ? 'coach' : signedIn ? 'client' : 'visitor'
  const name = isRequest ? 'requested' : by === 'staff' ? 'confirmed' : 'firm_booked'
  const endsAt = startsAt + offer.durationMinutes * MINUTE
  const data = { status, startsAt: iso(startsAt), endsAt: iso(endsAt), offerId: offer.id, seats: 1 }
  return {
    ...session,
    ways,
    decision,
    sold,
    isConnected: by === 'client' && signedIn && coach.connected.has(session.client),
    status,
    bookingType: isRequest ? 'REQUESTED' : 'FIRM_BOOKED',
    answerBy: isRequest ? Math.min(createdAt + coach.settings.approvalHours * HOUR, startsAt) : null,
    confirmed: isRequest ? null : { at: createdAt, by: by === 'staff' ? 'coach' : 'system' },
    ended: null,
    feeMinor: 0,
    sequence: 0,
    clientNotes: by === 'client' && random.chance(0.3) ? random.pick(clientNotes) : '',
    coachNotes: '',
    attendance: null,
    feedback: null,
    events: [{ name: `booking.${name}`, at: createdAt, by: actor, data }],
  }
}

/** What came after, as far as it has come by now. */
function goOn(life: Life, now: number, random: Random): Life {
  if (life.status === 'REQUESTED' && !life.isFresh) answer(life, now, random)
  if (life.status === 'REQUESTED' || life.ended) return life
  if (life.movedFrom !== null) move(life, life.movedFrom, now, random)
  else if (random.chance(0.09)) cancel(life, now, random)
  if (!life.ended && life.endsAt < now) takePlace(life, now, random)
  return life
}

function answer(life: Life, now: number, random: Random) {
  const answerBy = life.answerBy!
  const at = soonest(life.createdAt + (answerBy - life.createdAt) * (0.03 + 0.8 * random.next() ** 2))
  const luck = life.movedFrom === null ? random.next() : 1
  if (luck < 0.04) {
    if (answerBy <= now)
      end(life, 'DECLINED', { at: answerBy, by: 'system', code: 'approval_timeout', reason: null })
  } else if (at > now) return
  else if (luck < 0.12) end(life, 'DECLINED', { at, by: 'coach', ...random.pick(reasons.decline) })
  else if (luck < 0.17) end(life, 'CANCELLED', { at, by: 'client', code: '', reason: null })
  else {
    const data = { status: 'CONFIRMED', startsAt: iso(startOf(life)) }
    life.events.push({ name: 'booking.confirmed', at, by: 'coach', data })
    Object.assign(life, { status: 'CONFIRMED', confirmed: { at, by: 'coach' } })
  }
}

function move(life: Life, from: number, now: number, random: Random) {
  const earliest = life.confirmed!.at
  const at = between(earliest, Math.min(from, life.startsAt, now), random)
  life.sequence++
  const data = {
    from: iso(from),
    to: iso(life.startsAt),
    sequence: life.sequence,
    fromCoachId: life.coach.id,
  }
  life.events.push({ name: 'booking.moved', at, by: 'client', data })
}

function cancel(life: Life, now: number, random: Random) {
  const at = between(life.confirmed!.at, life.startsAt, random)
  if (at > now) return
  const by = random.chance(0.8) ? 'client' : 'coach'
  const reason = random.chance(0.6) ? random.pick(reasons[by]) : null
  end(life, 'CANCELLED', { at, by, code: '', reason })
}

function end(life: Life, status: 'DECLINED' | 'CANCELLED', how: Omit<NonNullable<Life['ended']>, 'from'>) {
  const from = life.status as LiveStatus
  const { feeMinor, refundMinor } = whatCancellingCosts(saleOf(life), { by: how.by, now: new Date(how.at) })
  const withdrawn = from === 'REQUESTED' && how.by === 'client'
  const data =
    status === 'DECLINED'
      ? { status, code: how.code, by: how.by }
      : { status, from, by: how.by, withdrawn, feeMinor, refundMinor }
  const name = status === 'DECLINED' ? 'booking.declined' : 'booking.cancelled'
  life.events.push({ name, at: how.at, by: how.by, data })
  life.sequence++
  Object.assign(life, { status, ended: { ...how, from }, feeMinor: status === 'DECLINED' ? 0 : feeMinor })
}

function saleOf({ sold, status, offer, createdAt, startsAt }: Life) {
  return {
    ...{ sold, status, priceMinor: offer.priceMinor, depositMinor: null },
    bookedAt: new Date(createdAt),
    startsAt: new Date(startsAt),
  }
}

function takePlace(life: Life, now: number, random: Random) {
  const noted = soonest(life.endsAt + random.next() * 20 * HOUR)
  if (noted >= now) return
  const attendance = random.chance(0.95) ? 'attended' : 'no_show'
  const isMissed = attendance === 'no_show'
  if (isMissed) life.feeMinor = whatNoShowCosts(saleOf(life)).feeMinor
  const data = { attendance, ...(isMissed && { feeMinor: life.feeMinor }) }
  Object.assign(life, { attendance })
  life.events.push({ name: 'booking.attendance_marked', at: noted, by: 'coach', data })
  if (isMissed) return
  if (random.chance(0.25)) life.coachNotes = random.pick(coachNotes)
  const at = soonest(Math.max(noted, life.endsAt + HOUR) + random.next() * 3 * DAY)
  if (at >= now || !random.chance(0.4)) return
  const rating = random.weigh([5, 4, 3, 2, 1], stars => [0.01, 0.02, 0.09, 0.28, 0.6][stars - 1]!)
  life.feedback = { rating, comment: rating > 3 && random.chance(0.5) ? random.pick(comments) : '', at }
  life.events.push({ name: 'booking.feedback_given', at, by: 'client', data: { rating } })
}

function between(from: number, to: number, random: Random): number {
  return soonest(from + (to - from) * (0.05 + 0.9 * random.next()))
}

/** Nothing happens within the same second. */
function soonest(at: number): number {
  return Math.floor(at / 1000) * 1000
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
