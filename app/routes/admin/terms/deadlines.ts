import { parseAbsolute } from '@internationalized/date'
import type { Formats } from '../../../formats.ts'

/** The first start that a session's deadlines count back from, and the zone whose wall clock they keep. */
export interface Start {
  startsAt: string
  timeZone: string
}

/** `14 days before the start` and, where the start is known, ` = Tue, 20 Apr 2027, 18:00`. */
export function deadlineInWords(daysBefore: number, start: Start | null, formats: Formats): string {
  if (!start) return daysBeforeInWords(daysBefore)
  return dateInWords(instantBefore(start, { days: daysBefore }), start, formats)
}

export function daysBeforeInWords(days: number): string {
  if (days === 0) return 'the start'
  return `${days} ${days === 1 ? 'day' : 'days'} before`
}

/** So many days or hours before the start; days keep the wall clock's time. */
export function instantBefore(
  { startsAt, timeZone }: Start,
  before: { days?: number; hours?: number },
): string {
  return parseAbsolute(startsAt, timeZone).subtract(before).toAbsoluteString()
}

/** `Tue, 20 Apr 2027, 18:00` in the session's zone. */
export function dateInWords(instant: string, { timeZone }: Start, formats: Formats): string {
  const there = formats.in(timeZone)
  const year = new Date(instant).getUTCFullYear()
  const isThisYear = year === new Date().getUTCFullYear()
  return isThisYear ? there.moment(instant) : `${there.shortDay(instant)} ${year}, ${there.time(instant)}`
}
