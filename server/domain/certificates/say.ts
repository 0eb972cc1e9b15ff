import { DateTime } from 'luxon'

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** "Anna, Ben and Cora". */
export function sayNames(people: readonly string[]): string {
  return names.format(people)
}

/** The calendar day of an instant in a zone: `2027-03-08`. */
export function dayOf(instant: Date, timeZone: string): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toISODate()!
}

/** Calendar days such as `2027-03-08`, told with their month and year once: "8, 9 and 15 March 2027". */
export function sayDays(days: readonly string[]): string {
  const dates = days.map(day => DateTime.fromISO(day, { zone: 'utc', locale: 'en-GB' }))
  const told = dates.map((date, at) => {
    const next = dates[at + 1]
    if (!next || next.year !== date.year) return date.toFormat('d MMMM yyyy')
    return date.toFormat(next.month === date.month ? 'd' : 'd MMMM')
  })
  return names.format(told)
}

/** "45 minutes", "1 hour", "6 hours", "1 hour 30 minutes". */
export function sayLength(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [many(hours, 'hour'), many(rest, 'minute')].filter(Boolean).join(' ')
}

function many(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`
}
