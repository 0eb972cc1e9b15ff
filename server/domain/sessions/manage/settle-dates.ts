import type { SessionKind } from '@rapport/sdk'
import { Refusal } from '../../refusal.ts'

const MINUTE = 60_000
const LONGEST = 12 * 60 * MINUTE
const MOST = 60

export interface SessionDate {
  startsAt: Date
  endsAt: Date
}

/** A date as it is asked for: it lasts as long as the offer says unless it names its end. */
export interface GivenDate {
  startsAt: Date
  endsAt?: Date | undefined
}

interface Settling {
  kind: SessionKind
  durationMinutes: number
  now: Date
  /** The dates it has: those that have begun stay as they were. */
  before?: readonly SessionDate[]
}

/**
 * The dates of a session in order of time. 400 with the date at fault: `DATE_MISSING`, `DATES_MANY` for a kind whose
 * sessions have one, `DATE_PAST`, `DATE_LENGTH` unless it lasts up to 12 hours, `DATES_OVERLAP`.
 */
export function settleDates(given: readonly GivenDate[], settling: Settling): SessionDate[] {
  const { kind, durationMinutes, now, before = [] } = settling
  const dates = given
    .map(({ startsAt, endsAt }) => ({
      startsAt,
      endsAt: endsAt ?? new Date(startsAt.getTime() + durationMinutes * MINUTE),
    }))
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  if (dates.length === 0) throw at('dates', 'DATE_MISSING', 'Say when it is held.')
  if (dates.length > 1 && kind.sessions!.dates === 'one')
    throw at('dates.1', 'DATES_MANY', 'Sessions of this kind have one date. Make a session for each.')
  if (dates.length > MOST) throw at('dates', 'DATES_MANY', `A session has at most ${MOST} dates.`)
  dates.forEach((date, index) => {
    const field = `dates.${given.findIndex(({ startsAt }) => startsAt === date.startsAt)}`
    const length = date.endsAt.getTime() - date.startsAt.getTime()
    if (length <= 0 || length > LONGEST)
      throw at(field, 'DATE_LENGTH', 'A date ends after it starts, within 12 hours.')
    if (index > 0 && date.startsAt < dates[index - 1]!.endsAt)
      throw at(field, 'DATES_OVERLAP', 'Two of the dates are at the same time.')
    if (date.startsAt <= now && !before.some(one => isSame(one, date)))
      throw at(field, 'DATE_PAST', 'This date has passed. Choose one that lies ahead.')
  })
  for (const begun of before.filter(({ startsAt }) => startsAt <= now)) {
    if (!dates.some(date => isSame(date, begun)))
      throw at('dates', 'DATE_PAST', 'A date that has begun can’t be changed any more.')
  }
  return dates
}

export function isSame(one: SessionDate, other: SessionDate): boolean {
  return (
    one.startsAt.getTime() === other.startsAt.getTime() && one.endsAt.getTime() === other.endsAt.getTime()
  )
}

function at(field: string, code: string, sentence: string): Refusal {
  return new Refusal('input', code, sentence, { field })
}
