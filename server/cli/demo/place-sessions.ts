import type { CoachSettings } from '#server/domain/rules/settings.ts'
import { findStarts } from '#server/domain/slots/find-starts.ts'
import { gapReader, type PlacedClaim } from '#server/domain/slots/gaps.ts'
import { localDays } from '#server/domain/slots/local-days.ts'
import { openRanges } from '#server/domain/slots/open-hours.ts'
import type { CoachCalendar, SlotRequest } from '#server/domain/slots/types.ts'
import { type Asked, drawClient } from './asked.ts'
import type { OfferPart } from './cast.ts'
import type { Random } from './random.ts'

export interface DemoOffer extends OfferPart {
  id: string
}

export interface DemoCoach {
  id: string
  personId: string
  settings: CoachSettings
  /** Without claims. */
  calendar: CoachCalendar
  offers: DemoOffer[]
  /** Sessions a week from now on. */
  mostAhead: number
  /** Those who book with this coach, the most faithful first; by their place among all clients. */
  clients: number[]
  connected: ReadonlySet<number>
}

/** A session as it came to be booked. */
export interface Placed extends Asked {
  endsAt: number
  /** The gap it keeps to its neighbours. */
  bufferMinutes: number
  /** A request made so lately that its coach has yet to answer. */
  isFresh: boolean
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const BACK = 183
const AHEAD = 150
/** How fast bookings thin out ahead: after so many days about a third is left. */
const THINNING = 30
const TRIES = 4
/** Beyond so many in a row Aurora's coaches want a longer break, so nobody was ever given more. */
const MOST_IN_A_ROW = 3
/** Of all who book, so many more come too late or too early. */
const IN_VAIN = 0.08
/** Requests made in the last hours: of a coach who approves everything, and of one who approves what starts soon. */
const MOST_FRESH = { approving: 4, firm: 1 }

/**
 * Places up to `wanted` sessions of a coach in the half year behind and the months ahead, where the slot engine
 * finds room for them, within the coach's limits. More of them as time went by, fewer the further ahead.
 */
export function placeSessions(
  coach: DemoCoach,
  wanted: number,
  now: number,
  random: Random,
): { placed: Placed[]; vain: Asked[] } {
  const book = openBook(coach, now, random)
  const today = Math.floor(now / DAY)
  const days = Array.from({ length: BACK + AHEAD }, (_, at) => today - BACK + at)
  const weights = days.map(day => openMinutes(coach, day) * popularity(day - today))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let due = 0
  days.forEach((day, at) => {
    due += (wanted * weights[at]!) / total
    let count = Math.round(due + (random.next() - 0.5) * 1.4)
    for (; count > 0 && book.placed.length < wanted; count--) if (book.place(day)) due--
  })
  for (let tries = wanted * 3; tries > 0 && book.placed.length < wanted; tries--) {
    book.place(today - random.whole(1, BACK))
  }
  const vain = Array.from({ length: Math.round(book.placed.length * IN_VAIN) }, () => book.tryInVain(today))
  return { placed: book.placed, vain: vain.filter(asked => asked !== null) }
}

function openMinutes({ calendar }: DemoCoach, day: number): number {
  return openRanges(calendar, day * DAY, (day + 1) * DAY).reduce(
    (sum, { startsAt, endsAt }) => sum + (endsAt - startsAt) / MINUTE,
    0,
  )
}

function popularity(daysAhead: number): number {
  return daysAhead <= 0 ? 1 + (0.3 * daysAhead) / BACK : Math.exp(-daysAhead / THINNING)
}

function openBook(coach: DemoCoach, now: number, random: Random) {
  const placed: Placed[] = []
  const claims = new Map<number, PlacedClaim[]>()
  const { dayOf, weekOf } = localDays(coach.calendar.timeZone, 1)
  const perDay = new Map<string, number>()
  const perWeek = new Map<string, number>()
  const aheadPerWeek = new Map<string, number>()
  const { maxSessionsPerDay, maxSessionsPerWeek } = coach.settings
  let fresh = 0

  return { placed, place, tryInVain }

  function place(day: number): boolean {
    for (let tries = 0; tries < TRIES; tries++) {
      const offer = random.weigh(coach.offers, ({ weight }) => weight)
      const startsAt = pickStart(offer, day * DAY)
      if (startsAt === null || isFull(startsAt)) continue
      const createdAt = bookedAt(offer, startsAt)
      if (createdAt === null) continue
      add(offer, startsAt, createdAt)
      return true
    }
    return false
  }

  function pickStart(offer: DemoOffer, from: number): number | null {
    const near = [-1, 0, 1].flatMap(step => claims.get(Math.floor(from / DAY) + step) ?? [])
    const calendar = { ...coach.calendar, claims: near }
    const request = requestFor(offer, from, from + DAY)
    const gaps = gapReader(calendar, { ...request, bufferExternalBusy: false, place: offer.location })
    const starts = findStarts(calendar, request).filter(
      start => gaps.around(start).sessionsInARow <= MOST_IN_A_ROW,
    )
    return starts.length > 0 ? random.pick(starts) : null
  }

  function requestFor(offer: DemoOffer, from: number, to: number): SlotRequest {
    return {
      from,
      to,
      now,
      durationMinutes: offer.durationMinutes,
      stepMinutes: offer.stepMinutes,
      bufferMinutes: bufferOf(offer),
      bufferExternalBusy: true,
      earliest: null,
      latest: null,
    }
  }

  function bufferOf(offer: DemoOffer): number {
    return Math.max(offer.bufferMinutes, coach.settings.bufferMinutes)
  }

  function isFull(startsAt: number): boolean {
    const day = perDay.get(dayOf(startsAt)) ?? 0
    const week = perWeek.get(weekOf(startsAt)) ?? 0
    if (startsAt > now && (aheadPerWeek.get(weekOf(startsAt)) ?? 0) >= coach.mostAhead) return true
    return day >= (maxSessionsPerDay ?? Infinity) || week >= (maxSessionsPerWeek ?? Infinity)
  }

  /** Within notice and horizon, and not still to come. Null where the offer isn't open yet for that day. */
  function bookedAt(offer: DemoOffer, startsAt: number): number | null {
    const ahead = Math.max(0, startsAt - now)
    const least = Math.max(offer.noticeMinutes * MINUTE, ahead) + 5 * MINUTE
    const most = Math.min((offer.horizonDays ?? 365) * DAY, ahead + 30 * DAY)
    if (least >= most) return null
    // Of what is behind, many were booked only days before; what is ahead was booked at any time since.
    const lead = least + (most - least) * random.next() ** (ahead > 0 ? 1 : 3)
    return startsAt - Math.floor(lead / (5 * MINUTE)) * 5 * MINUTE
  }

  function add(offer: DemoOffer, startsAt: number, createdAt: number) {
    const by = random.chance(0.05) ? 'staff' : 'client'
    const session: Placed = {
      coach,
      offer,
      ...drawClient(coach, random),
      startsAt,
      endsAt: startsAt + offer.durationMinutes * MINUTE,
      bufferMinutes: bufferOf(offer),
      createdAt,
      by,
      isFresh: false,
      movedFrom: null,
    }
    if (by === 'client' && mayBeFresh(offer, startsAt)) {
      fresh++
      Object.assign(session, { isFresh: true, createdAt: now - random.whole(1, 60) * 5 * MINUTE })
    }
    claim(session)
    placed.push(session)
    if (startsAt < now - DAY && random.chance(0.04)) session.movedFrom = earlierTime(session)
  }

  /** Asks for a time that is left free to this day, but after its bookings closed or before they opened. */
  function tryInVain(today: number): Asked | null {
    const offer = random.weigh(coach.offers, ({ weight }) => weight)
    const { horizonDays, noticeMinutes } = offer
    const isEarly = horizonDays !== null && random.chance(0.5)
    const startsAt = pickStart(
      offer,
      (today + (isEarly ? random.whole(-90, AHEAD) : -random.whole(1, BACK))) * DAY,
    )
    const lead = isEarly ? (horizonDays + random.next() * 20) * DAY : random.next() * noticeMinutes * MINUTE
    const asker = drawClient(coach, random)
    if (startsAt === null) return null
    const createdAt = startsAt - Math.ceil(lead / (5 * MINUTE)) * 5 * MINUTE
    if (createdAt > now - DAY || createdAt < now - BACK * DAY) return null
    return { coach, offer, startsAt, createdAt, by: 'client', movedFrom: null, ...asker }
  }

  /** Whether somebody could have booked it only just now, as a few have. */
  function mayBeFresh(offer: DemoOffer, startsAt: number): boolean {
    const ahead = startsAt - now
    if (ahead < offer.noticeMinutes * MINUTE) return false
    return coach.settings.allowFirmBooking
      ? ahead > 4 * HOUR && ahead < 18 * HOUR && fresh < MOST_FRESH.firm
      : ahead > 2 * DAY && ahead < 14 * DAY && fresh < MOST_FRESH.approving
  }

  function claim({ offer, ...session }: Pick<Placed, 'offer' | 'startsAt' | 'endsAt' | 'bufferMinutes'>) {
    const { startsAt, endsAt, bufferMinutes } = session
    const day = Math.floor(startsAt / DAY)
    const taken = {
      startsAt,
      endsAt,
      bufferMinutes,
      place: offer.location,
      sessionId: 'a session',
      holdId: null,
      expiresAt: null,
    }
    claims.set(day, [...(claims.get(day) ?? []), { ...taken, bookingId: null, status: 'booked' }])
    count(perDay, dayOf(startsAt))
    count(perWeek, weekOf(startsAt))
    if (startsAt > now) count(aheadPerWeek, weekOf(startsAt))
  }

  /** A time in the days before that nobody else has either, so that the history holds together. */
  function earlierTime({ offer, startsAt, endsAt, bufferMinutes, createdAt }: Placed): number | null {
    const from = pickStart(offer, (Math.floor(startsAt / DAY) - random.whole(1, 3)) * DAY)
    if (from === null || isFull(from) || from < createdAt + DAY) return null
    claim({ offer, startsAt: from, endsAt: from + endsAt - startsAt, bufferMinutes })
    return from
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
