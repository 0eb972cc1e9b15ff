import rrule from 'rrule'
import { Refusal } from '../../refusal.ts'
import { instantOf, spansBetween } from '../../slots/zone.ts'
import type { SessionDate } from './settle-dates.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/*
 * What a pattern may say, by how often it repeats: no more than forms ask for, and nothing that never comes to pass,
 * which the library would look for until the year 9999.
 */
const DAYS = '(MO|TU|WE|TH|FR|SA|SU)'
const ANY_PART = /^(INTERVAL=\d{1,2}|COUNT=\d{1,4}|UNTIL=\d{8}(T\d{6}Z?)?|WKST=(MO|SU))$/
const PARTS: Record<string, RegExp | null> = {
  DAILY: null,
  WEEKLY: new RegExp(`^BYDAY=${DAYS}(,${DAYS}){0,6}$`),
  MONTHLY: new RegExp(`^(BYDAY=(-1|[1-4])${DAYS}|BYMONTHDAY=(-1|[1-9]|[12]\\d|3[01]))$`),
}

/** How sessions repeat, on the wall clock of a zone. */
export interface Pattern {
  /** An RFC 5545 recurrence rule without its start: daily, weekly or monthly. */
  pattern: string
  /** The first start on the wall clock: `2027-03-08T18:00`. */
  firstLocal: string
  timeZone: string
  durationMinutes: number
}

/**
 * The dates of a pattern that start in (after, until], each at the same time of the wall clock whatever the clocks do:
 * a time that is skipped moves on by what was skipped, of one that comes twice it is the first. 400 `PATTERN_INVALID`,
 * and `FIRST_OUTSIDE` where the first start isn't one of the pattern's.
 */
export function occurrences(
  { pattern, firstLocal, timeZone, durationMinutes }: Pattern,
  { after, until }: { after: Date; until: Date },
): SessionDate[] {
  const rule = readPattern(pattern, firstLocal)
  // A day to either side: offsets reach 14 hours, and what is outside is cut off below by the instants.
  const walls = rule.between(
    new Date(after.getTime() - DAY),
    new Date(Math.max(until.getTime(), after.getTime()) + DAY),
    true,
  )
  if (walls.length === 0) return []
  const spans = spansBetween(timeZone, walls[0]!.getTime() - 2 * DAY, walls.at(-1)!.getTime() + 2 * DAY)
  return walls
    .map(wall => instantOf(spans, wall.getTime()))
    .filter(start => start > after.getTime() && start <= until.getTime())
    .map(start => ({ startsAt: new Date(start), endsAt: new Date(start + durationMinutes * MINUTE) }))
}

/** Whether a pattern brings nothing more after an instant. */
export function isOver({ pattern, firstLocal }: Pattern, after: Date): boolean {
  return readPattern(pattern, firstLocal).after(new Date(after.getTime() + DAY), true) === null
}

/** The rule with floating times: its instants are wall-clock times written as if they were UTC. */
function readPattern(pattern: string, firstLocal: string): rrule.RRule {
  const [frequency = '', ...parts] = pattern.split(';')
  const own = PARTS[frequency.replace(/^FREQ=/, '')]
  if (own === undefined || parts.some(part => !ANY_PART.test(part) && !own?.test(part))) throw invalid()
  if (own && parts.filter(part => own.test(part)).length > 1) throw invalid()
  const dtstart = new Date(`${firstLocal}:00Z`)
  if (Number.isNaN(dtstart.getTime()))
    throw new Refusal('input', 'FIRST_INVALID', 'Say when the first one starts.', { field: 'firstLocal' })
  const rule = parse(pattern, dtstart)
  const first = rule.after(new Date(dtstart.getTime() - 1), true)
  if (first?.getTime() !== dtstart.getTime()) {
    const why = 'The first date isn’t one of those that the pattern gives. Change one of them.'
    throw new Refusal('input', 'FIRST_OUTSIDE', why, { field: 'pattern' })
  }
  return rule
}

function parse(pattern: string, dtstart: Date): rrule.RRule {
  try {
    const options = rrule.RRule.parseString(pattern)
    const { interval = 1, count } = options
    if (!(interval >= 1 && interval <= 52) || (count != null && !(count >= 1 && count <= 1000)))
      throw invalid()
    return new rrule.RRule({ ...options, dtstart })
  } catch {
    throw invalid()
  }
}

function invalid(): Refusal {
  const why = 'A schedule repeats daily, weekly or monthly, such as FREQ=WEEKLY;BYDAY=MO.'
  return new Refusal('input', 'PATTERN_INVALID', why, { field: 'pattern' })
}
