import { type CalendarDate, parseDate, toCalendarDate, today } from '@internationalized/date'

/** Days of the calendar from `from` until before `to`. */
export interface Days {
  from: CalendarDate
  to: CalendarDate
}

/** The week of a date; weeks start on day 1 (Monday) to 7 (Sunday). */
export function weekOf(date: CalendarDate, weekStartsOn: number): Days {
  const weekday = date.toDate('UTC').getUTCDay()
  const from = date.subtract({ days: (weekday - weekStartsOn + 7) % 7 })
  return { from, to: from.add({ days: 7 }) }
}

/** The instants at which those days begin and end in a zone, as the API takes them. */
export function instantsOf({ from, to }: Days, timeZone: string): { from: string; to: string } {
  return { from: from.toDate(timeZone).toISOString(), to: to.toDate(timeZone).toISOString() }
}

/** A date as it stands in the address; today where it is missing or none. */
export function readDate(text: string | null, timeZone: string): CalendarDate {
  try {
    return parseDate(text ?? '')
  } catch {
    return toCalendarDate(today(timeZone))
  }
}
