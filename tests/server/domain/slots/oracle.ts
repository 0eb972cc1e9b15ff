import { IANAZone } from 'luxon'
import type { CoachCalendar, LocalRange, SlotRequest } from '#server/domain/slots/types.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY_OF_MINUTES = 1440

/**
 * The rules of slots read aloud, one moment after the other: slow, made from Luxon's offsets alone, and
 * sharing nothing with the engine. A moment comes every `grain` minutes, of which everything asked must be
 * a multiple.
 */
export function oracleStarts(calendar: CoachCalendar, request: SlotRequest, grain = 1): number[] {
  const moments = readClock(calendar, request, grain)
  const ranges = readHours(calendar, moments, grain)
  const isOpen = moments.map(({ at }, index) => {
    const isOff = calendar.timeOff.some(off => off.startsAt <= at && at < off.endsAt)
    return !isOff && ranges.some(range => range.first <= index && index < range.end)
  })

  const cells = request.durationMinutes / grain
  return moments
    .filter(({ at, wall }, index) => {
      if (at < request.from || at >= request.to) return false
      if (request.earliest !== null && at < request.earliest) return false
      if (request.latest !== null && at > request.latest) return false
      const isOffered = ranges.some(
        ({ first, end }) =>
          first <= index && index < end && (wall - moments[first]!.wall) % request.stepMinutes === 0,
      )
      return isOffered && isOpen.slice(index, index + cells).every(Boolean) && isLeftAlone(at)
    })
    .map(({ at }) => at)

  function isLeftAlone(at: number): boolean {
    const neighbours = calendar.claims
      .filter(({ expiresAt }) => expiresAt === null || expiresAt > request.now)
      .filter(({ holdId }) => holdId === null || holdId !== request.ownHoldId)
      .map(claim => ({ ...claim, gap: Math.max(claim.bufferMinutes, request.bufferMinutes) }))
    const events = calendar.externalBusy.map(event => ({
      ...event,
      gap: request.bufferExternalBusy ? request.bufferMinutes : 0,
    }))
    return [...neighbours, ...events].every(({ startsAt, endsAt, gap }) => {
      const minutesBefore = (startsAt - at) / MINUTE - request.durationMinutes
      const minutesAfter = (at - endsAt) / MINUTE
      return Math.max(minutesBefore, minutesAfter) >= gap
    })
  }
}

/** A moment and what the coach's clock shows then, in minutes since 1970-01-01T00:00 on that clock. */
interface Moment {
  at: number
  wall: number
}

function readClock(calendar: CoachCalendar, request: SlotRequest, grain: number): Moment[] {
  const days = isOvernight(calendar) ? 4 : 2
  const from = request.from - days * DAY_OF_MINUTES * MINUTE
  const to = request.to + (days * DAY_OF_MINUTES + request.durationMinutes) * MINUTE
  const offset = offsetReader(calendar.timeZone)
  const moments: Moment[] = []
  for (let at = from; at < to; at += grain * MINUTE) moments.push({ at, wall: at / MINUTE + offset(at) })
  return moments
}

function isOvernight({ hours, overrides }: CoachCalendar): boolean {
  return [...hours, ...overrides.flatMap(({ ranges }) => ranges)].some(
    ({ endMinute }) => endMinute > DAY_OF_MINUTES,
  )
}

/**
 * Luxon's offsets in minutes, remembered as long as one zone is asked about. Within an hour that begins and
 * ends with the same offset Luxon is asked only twice.
 */
function offsetReader(timeZone: string): (at: number) => number {
  if (lastReader.timeZone !== timeZone) lastReader = { timeZone, read: newOffsetReader(timeZone) }
  return lastReader.read
}

let lastReader = { timeZone: '', read: (_: number) => 0 }

function newOffsetReader(timeZone: string): (at: number) => number {
  const zone = IANAZone.create(timeZone)
  const hours = new Map<number, number>()
  function onTheHour(hour: number): number {
    const known = hours.get(hour) ?? zone.offset(hour * HOUR)
    hours.set(hour, known)
    return known
  }
  return at => {
    const hour = Math.floor(at / HOUR)
    return onTheHour(hour) === onTheHour(hour + 1) ? onTheHour(hour) : zone.offset(at)
  }
}

/** The hours of every day that the clock shows, as indices of moments: from `first`, before `end`. */
function readHours(calendar: CoachCalendar, moments: Moment[], grain: number) {
  const days = new Set(moments.map(({ wall }) => Math.floor(wall / DAY_OF_MINUTES)))
  days.delete(Math.floor(moments[0]!.wall / DAY_OF_MINUTES))
  return [...days].flatMap(day =>
    rangesOf(calendar, day).map(({ startMinute, endMinute }) => ({
      first: whenClockShows(moments, day * DAY_OF_MINUTES + startMinute, grain),
      end: whenClockShows(moments, day * DAY_OF_MINUTES + endMinute, grain),
    })),
  )
}

function rangesOf({ hours, overrides }: CoachCalendar, day: number): readonly LocalRange[] {
  const noon = new Date((day + 0.5) * DAY_OF_MINUTES * MINUTE)
  const override = overrides.find(({ date }) => noon.toISOString().startsWith(date))
  const weekday = noon.getUTCDay() || 7
  return override ? override.ranges : hours.filter(range => range.weekday === weekday)
}

/** The first moment at which the clock shows a time; where it skips it, as much later as it skips. */
function whenClockShows(moments: Moment[], wall: number, grain: number): number {
  const shown = moments.findIndex(moment => moment.wall === wall)
  if (shown >= 0) return shown
  const skipped = moments.findIndex(
    (moment, index) => index > 0 && moments[index - 1]!.wall < wall && wall < moment.wall,
  )
  if (skipped < 0) return moments.length
  return skipped + (wall - moments[skipped - 1]!.wall) / grain - 1
}

/** The instants in a year at which Luxon's offset for a zone changes. */
export function clockChanges(timeZone: string, year: number): number[] {
  const zone = IANAZone.create(timeZone)
  const step = 6 * 24 * HOUR
  const end = Date.UTC(year + 1, 0)
  const changes: number[] = []
  let before = zone.offset(Date.UTC(year, 0))
  for (let at = Date.UTC(year, 0); at < end; at += step) {
    const after = zone.offset(at + step)
    if (after !== before) changes.push(changeBetween(zone, at, at + step, before))
    before = after
  }
  return changes.filter(change => change < end)
}

function changeBetween(zone: IANAZone, from: number, to: number, before: number): number {
  const middle = Math.floor((from + to) / 2 / MINUTE) * MINUTE
  if (to - from <= MINUTE) return to
  return zone.offset(middle) === before
    ? changeBetween(zone, middle, to, before)
    : changeBetween(zone, from, middle, before)
}
