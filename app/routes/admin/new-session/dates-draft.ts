import { type CalendarDate, Time, toCalendarDateTime, toZoned } from '@internationalized/date'

/** A date of a session as it is typed, on the wall clock of the session's zone. */
export interface DateDraft {
  key: string
  date: CalendarDate | null
  /** `HH:MM` on 24 hours. */
  time: string
  minutes: number | null
}

export interface Stretch {
  startsAt: string
  endsAt: string
}

/** How often it repeats; weekdays count 1 for Monday to 7 for Sunday. */
export interface RepeatDraft {
  unit: 'week' | 'month'
  every: number
  weekdays: number[]
  /** Monthly, by the day of the month or by the weekday, as in "the third Tuesday". */
  monthlyBy: 'day' | 'weekday'
  ends: 'never' | 'on' | 'after'
  until: CalendarDate | null
  times: number | null
}

let count = 0

export function newDate(date: CalendarDate | null, minutes: number | null, time = '18:00'): DateDraft {
  return { key: String(++count), date, time, minutes }
}

/** The draft's instants; null while something of it is missing. */
export function stretchOf({ date, time, minutes }: DateDraft, zone: string): Stretch | null {
  if (!date || time === '' || minutes === null) return null
  const [hour, minute] = time.split(':').map(Number)
  const start = toZoned(toCalendarDateTime(date, new Time(hour, minute)), zone)
  return {
    startsAt: start.toAbsoluteString(),
    endsAt: start.add({ minutes }).toAbsoluteString(),
  }
}

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The weekday of a date: 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay() || 7
}

/** A pattern of iCalendar without its start, which follows from the first date. */
export function patternOf(repeat: RepeatDraft, first: CalendarDate): string {
  const { unit, every, weekdays, monthlyBy, ends, until, times } = repeat
  const parts = [unit === 'week' ? 'FREQ=WEEKLY' : 'FREQ=MONTHLY']
  if (every > 1) parts.push(`INTERVAL=${every}`)
  if (unit === 'week') {
    parts.push(
      `BYDAY=${weekdays
        .toSorted((a, b) => a - b)
        .map(day => codes[day - 1])
        .join(',')}`,
    )
  } else if (monthlyBy === 'weekday') {
    parts.push(`BYDAY=${weekOfMonth(first)}${codes[weekdayOf(first) - 1]}`)
  } else {
    parts.push(`BYMONTHDAY=${first.day}`)
  }
  if (ends === 'on' && until) parts.push(`UNTIL=${until.toString().replaceAll('-', '')}T235959Z`)
  if (ends === 'after' && times !== null) parts.push(`COUNT=${times}`)
  return parts.join(';')
}

/** 1 to 4, or -1 for a fifth, which is the last of its month. */
function weekOfMonth(date: CalendarDate): number {
  const week = Math.ceil(date.day / 7)
  return week === 5 ? -1 : week
}

/** "Every 2 weeks on Tuesday and Thursday at 18:00, 12 times". `names` are the weekdays' from Monday on. */
export function repeatInWords(
  repeat: RepeatDraft,
  { date, time }: DateDraft,
  { names, dateWords }: { names: readonly string[]; dateWords: (date: CalendarDate) => string },
): string | null {
  if (!date) return null
  const { unit, every, weekdays, monthlyBy, ends, until, times } = repeat
  const often = every === 1 ? `Every ${unit}` : `Every ${every} ${unit}s`
  const chosen = weekdays.toSorted((a, b) => a - b).map(day => names[day - 1]!)
  const on =
    unit === 'week'
      ? listInWords(chosen)
      : monthlyBy === 'weekday'
        ? `the ${ordinalOf(date)} ${names[weekdayOf(date) - 1]}`
        : `day ${date.day}`
  const end =
    ends === 'on' && until
      ? `, until ${dateWords(until)}`
      : ends === 'after' && times !== null
        ? `, ${times} ${times === 1 ? 'time' : 'times'}`
        : ', with no end'
  return `${often} on ${on} at ${time}${end}`
}

/** "third", of the third Tuesday of its month. */
export function ordinalOf(date: CalendarDate): string {
  return ordinals[weekOfMonth(date)]!
}

const ordinals: Record<number, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', '-1': 'last' }

function listInWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
