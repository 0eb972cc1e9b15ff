import type { CoachCalendar, SlotRequest } from '#server/domain/slots/types.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * What a careful engineer writes in ten minutes, for the ratio: day by day, Intl asked for every opening and
 * closing, every busy interval scanned for every start. It knows weekly hours within a day and claims only.
 */
export function naiveStarts(calendar: CoachCalendar, request: SlotRequest): number[] {
  const duration = request.durationMinutes * MINUTE
  const buffer = request.bufferMinutes * MINUTE
  const starts: number[] = []
  for (let day = Math.floor(request.from / DAY) * DAY - DAY; day < request.to + DAY; day += DAY) {
    const weekday = new Date(day).getUTCDay() || 7
    for (const hours of calendar.hours.filter(range => range.weekday === weekday)) {
      const opening = toInstant(calendar.timeZone, day + hours.startMinute * MINUTE)
      const closing = toInstant(calendar.timeZone, day + hours.endMinute * MINUTE)
      for (let start = opening; start + duration <= closing; start += request.stepMinutes * MINUTE) {
        if (start < request.from || start >= request.to) continue
        const isTaken = calendar.claims.some(
          busy => start < busy.endsAt + buffer && start + duration > busy.startsAt - buffer,
        )
        if (!isTaken) starts.push(start)
      }
    }
  }
  return starts
}

/** Texts of starts by the client's local day, with Intl asked at both ends of each day of UTC. */
export function naiveByClientDay(starts: readonly number[], timeZone: string): Map<string, string[]> {
  const days = new Map<number, string[]>()
  let until = -Infinity
  let first = 0
  let last = 0
  for (const start of starts) {
    if (start >= until) {
      until = Math.floor(start / DAY) * DAY + DAY
      first = offsetAt(timeZone, until - DAY)
      last = offsetAt(timeZone, until)
    }
    const offset = first === last ? first : offsetAt(timeZone, start)
    const day = Math.floor((start + offset) / DAY)
    const text = new Date(start).toISOString()
    if (days.has(day)) days.get(day)!.push(text)
    else days.set(day, [text])
  }
  return new Map([...days].map(([day, texts]) => [new Date(day * DAY).toISOString().slice(0, 10), texts]))
}

/** Asks twice: the offset at the wall time read as UTC, and the one at the instant that gives. */
function toInstant(timeZone: string, wall: number): number {
  return wall - offsetAt(timeZone, wall - offsetAt(timeZone, wall))
}

function offsetAt(timeZone: string, instant: number): number {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    formats.set(timeZone, format)
  }
  const [month, day, year, hour, minute] = format.format(instant).match(/\d+/g)!.map(Number)
  return Date.UTC(year!, month! - 1, day!, hour!, minute!) - instant
}
