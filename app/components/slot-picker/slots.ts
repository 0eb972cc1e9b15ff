import type { Outputs } from '../../api.ts'
import { type Formats, localDateIn } from '../../formats.ts'

export type Slot = Outputs['slots']['list']['slots'][number]

/** A start that can be picked: one coach's, or any of those who are free then. */
export interface Start {
  startsAt: string
  endsAt: string
  /** Every coach who is free then can be booked at once. */
  instant: boolean
  /** What the rules say of it, for the client. */
  sentence: string
  /** Minor units; null where it costs what the offer says with one of those who are free. */
  priceMinor: number | null
}

/** What can be picked, by local date in a zone, each day in order of time. */
export function startsByDay(slots: readonly Slot[], zone: string): Map<string, Start[]> {
  const starts = new Map<string, Start>()
  for (const { startsAt, endsAt, status, allowsFirmBooking, sentence, priceMinor = null } of slots) {
    if (status !== 'available') continue
    const start = { startsAt, endsAt, instant: allowsFirmBooking, sentence, priceMinor }
    const known = starts.get(startsAt)
    starts.set(startsAt, known ? promisingLess(known, start) : start)
  }
  return Map.groupBy(starts.values(), ({ startsAt }) => localDateIn(startsAt, zone))
}

/** Of two coaches at one start, what holds whoever of them it will be. Rules only take something off a price. */
function promisingLess(one: Start, other: Start): Start {
  const prices = [one.priceMinor, other.priceMinor].filter(price => price !== null)
  const priceMinor = prices.length === 2 ? Math.max(...prices) : null
  return { ...(one.instant && !other.instant ? other : one), priceMinor }
}

export interface DayPart {
  name: string
  starts: Start[]
}

/** A day's starts in its parts, leaving out empty ones. */
export function partsOfDay(starts: readonly Start[], zone: string): DayPart[] {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' })
  const parts = Map.groupBy(starts, ({ startsAt }) => {
    const at = Number(hour.format(new Date(startsAt)))
    return at < 12 ? 'Morning' : at < 17 ? 'Afternoon' : 'Evening'
  })
  return [...parts].map(([name, inPart]) => ({ name, starts: inPart }))
}

/** Times in words; a wall time that comes twice, when clocks go back, is told with its offset (075). */
export function timesInWords(starts: readonly Start[], formats: Formats): Map<string, string> {
  const times = starts.map(({ startsAt }) => formats.time(startsAt))
  return new Map(
    starts.map(({ startsAt }, index) => {
      const time = times[index]!
      const isTwice = times.indexOf(time) !== times.lastIndexOf(time)
      return [startsAt, isTwice ? `${time} ${formats.offset(startsAt)}` : time]
    }),
  )
}
