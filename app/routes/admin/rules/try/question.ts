import {
  type CalendarDate,
  parseAbsolute,
  parseDate,
  Time,
  toCalendarDateTime,
  toZoned,
} from '@internationalized/date'
import type { Inputs } from '../../../../api.ts'

/** What is tried, as it stands in the page's address, so that it can be shared and gone back to. */
export interface Question {
  offerId: string
  /** Empty for whoever is free. */
  coachId: string
  /** `2027-03-09` and `14:30`, on the clock the page shows. */
  date: string
  time: string
  /** Of an offer with dates of its own. */
  sessionId: string
  seats: number
  /** Empty for a stranger. */
  clientId: string
  signedIn: boolean
  useDraft: boolean
}

/** Whoever is at work on a draft means that one, unless the address says otherwise. */
export function readQuestion(params: URLSearchParams, offerId: string, hasDraft: boolean): Question {
  return {
    offerId: params.get('offer') ?? offerId,
    coachId: params.get('coach') ?? '',
    date: params.get('date') ?? '',
    time: params.get('time') ?? '',
    sessionId: params.get('session') ?? '',
    seats: Number(params.get('seats')) || 1,
    clientId: params.get('client') ?? '',
    signedIn: params.get('signedIn') !== 'no',
    useDraft: hasDraft && params.get('draft') !== 'no',
  }
}

export function writeQuestion(question: Question, hasDraft: boolean): URLSearchParams {
  const { offerId, coachId, date, time, sessionId, seats, clientId, signedIn, useDraft } = question
  const pairs: [string, string][] = [
    ['offer', offerId],
    ['coach', coachId],
    ['date', date],
    ['time', time],
    ['session', sessionId],
    ['seats', seats > 1 ? String(seats) : ''],
    ['client', clientId],
    ['signedIn', clientId && !signedIn ? 'no' : ''],
    ['draft', hasDraft && !useDraft ? 'no' : ''],
  ]
  return new URLSearchParams(pairs.filter(([, value]) => value !== ''))
}

/** What the server is asked; null while something is missing. */
export function asked(
  question: Question,
  zone: string,
  bookedBy: 'slot' | 'session',
): Inputs['policies']['tryIt'] | null {
  const { offerId, coachId, sessionId, seats, clientId, signedIn, useDraft } = question
  const client = clientId ? { as: 'client' as const, clientId, signedIn } : { as: 'stranger' as const }
  if (bookedBy === 'session') return sessionId ? { what: 'seats', sessionId, seats, client, useDraft } : null
  const startsAt = instantOf(question, zone)
  if (!offerId || startsAt === null) return null
  return { what: 'slot', offerId, ...(coachId && { coachId }), startsAt, client, useDraft }
}

export function dateOf({ date }: Question): CalendarDate | null {
  try {
    return parseDate(date)
  } catch {
    return null
  }
}

function instantOf(question: Question, zone: string): string | null {
  const date = dateOf(question)
  const [hour, minute] = question.time.split(':').map(Number)
  if (!date || hour === undefined || minute === undefined || Number.isNaN(hour + minute)) return null
  return toZoned(toCalendarDateTime(date, new Time(hour, minute)), zone).toAbsoluteString()
}

/** Day and time of an instant on the clock the page shows. */
export function wallClock(instant: string, zone: string): Pick<Question, 'date' | 'time'> {
  const at = toCalendarDateTime(parseAbsolute(instant, zone))
  return { date: at.toString().slice(0, 10), time: at.toString().slice(11, 16) }
}
