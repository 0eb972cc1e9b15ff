import {
  type CalendarDate,
  type CalendarDate as Day,
  getLocalTimeZone,
  parseDate,
} from '@internationalized/date'

/** A calendar month as `2027-03`. */
export type Month = string

export function monthOf(date: string): Month {
  return date.slice(0, 7)
}

export function monthAfter(month: Month, by = 1): Month {
  return firstDay(month).add({ months: by }).toString().slice(0, 7)
}

export function firstDay(month: Month): Day {
  return parseDate(`${month}-01`)
}

/** The instants between which the month lies in a zone, as the API takes them. */
export function windowOf(month: Month, zone: string): { from: string; to: string } {
  return { from: instantOf(firstDay(month), zone), to: instantOf(firstDay(monthAfter(month)), zone) }
}

function instantOf(day: CalendarDate, zone: string): string {
  return day.toDate(zone).toISOString()
}

/** `March 2027`, or `March` in the current year. */
export function monthInWords(month: Month, locale: string): string {
  const day = firstDay(month)
  const thisYear = day.year === new Date().getFullYear()
  return new Intl.DateTimeFormat(locale, { month: 'long', ...(!thisYear && { year: 'numeric' }) }).format(
    day.toDate(getLocalTimeZone()),
  )
}

export function isMonth(text: string | null): text is Month {
  return text !== null && /^20\d\d-(0[1-9]|1[0-2])$/.test(text)
}

export function isDate(text: string | null): text is string {
  return text !== null && /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) && isReal(text)
}

function isReal(date: string): boolean {
  try {
    return parseDate(date).toString() === date
  } catch {
    return false
  }
}
