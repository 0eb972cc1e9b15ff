/** One stretch of open time as it stands in the form: wall-clock times, empty while being typed. */
export interface DraftRange {
  key: number
  start: string
  end: string
}

/** Monday first: seven lists of ranges. */
export type DraftWeek = DraftRange[][]

export interface WeeklyRange {
  weekday: number
  startMinute: number
  endMinute: number
}

export interface LocalRange {
  startMinute: number
  endMinute: number
}

export const DAY_MINUTES = 1440
const WEEK_MINUTES = 7 * DAY_MINUTES

let lastKey = 0

export function draftRange(start = '', end = ''): DraftRange {
  lastKey += 1
  return { key: lastKey, start, end }
}

export function draftWeek(hours: readonly WeeklyRange[]): DraftWeek {
  return Array.from({ length: 7 }, (_, day) =>
    draftRanges(hours.filter(({ weekday }) => weekday === day + 1)),
  )
}

export function draftRanges(ranges: readonly LocalRange[]): DraftRange[] {
  return ranges
    .toSorted((a, b) => a.startMinute - b.startMinute)
    .map(({ startMinute, endMinute }) => draftRange(clockTime(startMinute), clockTime(endMinute)))
}

/** Minutes after midnight as `HH:MM`; the hours of the next day begin at 00:00 again. */
export function clockTime(minute: number): string {
  const ofDay = minute % DAY_MINUTES
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`
}

function minuteOf(time: string): number | null {
  const [hours, minutes] = time.split(':').map(Number)
  return time === '' || hours === undefined || minutes === undefined ? null : hours * 60 + minutes
}

/** Null while a time is missing. An end that isn't after the start belongs to the next day. */
export function rangeMinutes({ start, end }: DraftRange): LocalRange | null {
  const [startMinute, endMinute] = [minuteOf(start), minuteOf(end)]
  if (startMinute === null || endMinute === null) return null
  return { startMinute, endMinute: endMinute <= startMinute ? endMinute + DAY_MINUTES : endMinute }
}

/** Whether a range runs past midnight; one that ends at midnight sharp doesn't. */
export function endsNextDay(range: DraftRange): boolean {
  const minutes = rangeMinutes(range)
  return minutes !== null && minutes.endMinute > DAY_MINUTES
}

export function weeklyRanges(week: DraftWeek): WeeklyRange[] {
  return week.flatMap((ranges, day) => localRanges(ranges).map(range => ({ weekday: day + 1, ...range })))
}

export function localRanges(ranges: readonly DraftRange[]): LocalRange[] {
  return ranges.map(rangeMinutes).filter(range => range !== null)
}

/** What is wrong with a week, by the key of the range at fault. */
export function weekProblems(week: DraftWeek): Map<number, string> {
  return problems(week.flatMap((ranges, day) => ranges.map(range => ({ range, offset: day * DAY_MINUTES }))))
}

export function rangeProblems(ranges: readonly DraftRange[]): Map<number, string> {
  return problems(ranges.map(range => ({ range, offset: 0 })))
}

function problems(placed: { range: DraftRange; offset: number }[]): Map<number, string> {
  const found = new Map<number, string>()
  const taken: { start: number; end: number }[] = []
  for (const { range, offset } of placed) {
    const minutes = rangeMinutes(range)
    if (!minutes) {
      found.set(range.key, range.start === '' ? 'Say when it starts.' : 'Say when it ends.')
      continue
    }
    const placedRange = { start: offset + minutes.startMinute, end: offset + minutes.endMinute }
    if (taken.some(other => overlap(other, placedRange))) {
      found.set(range.key, 'Overlaps with another range.')
    }
    taken.push(placedRange)
  }
  return found
}

/** In a week that repeats: Sunday's late hours may run into Monday's. */
function overlap(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return [-WEEK_MINUTES, 0, WEEK_MINUTES].some(shift => a.start + shift < b.end && b.start < a.end + shift)
}

/** The range to propose on "Add hours": an hour after the last one, or a working day. */
export function nextRange(ranges: readonly DraftRange[]): DraftRange {
  const last = ranges.at(-1)
  const minutes = last && rangeMinutes(last)
  if (!minutes) return draftRange('09:00', '17:00')
  const start = Math.min(minutes.endMinute + 60, DAY_MINUTES - 60)
  return draftRange(clockTime(start), clockTime(Math.min(start + 120, DAY_MINUTES)))
}

export function copyDay(week: DraftWeek, from: number, to: readonly number[]): DraftWeek {
  return week.map((ranges, day) =>
    to.includes(day) ? week[from]!.map(({ start, end }) => draftRange(start, end)) : ranges,
  )
}

/** Whether two weeks mean the same hours, whatever their keys. */
export function sameWeek(a: DraftWeek, b: DraftWeek): boolean {
  return JSON.stringify(weeklyRanges(a)) === JSON.stringify(weeklyRanges(b))
}
