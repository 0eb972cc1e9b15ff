import type { CoachSettings } from '#server/domain/rules/settings.ts'
import { defaultSettings } from '#server/domain/rules/settings.ts'
import type { LocalRange, WeeklyHours } from '#server/domain/slots/types.ts'

/** Aurora Coaching: who works there, when, by what rules, and what they offer. All of it is invented. */

export const PASSWORD = 'aurora-borealis'

export const business = {
  name: 'Aurora Coaching',
  slug: 'aurora',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  accent: '#0f766e',
  tagline: 'Clear steps for people who lead, change course or begin again.',
}

export interface CoachPart {
  key: string
  name: string
  /** The part of the address before `@aurora.example`. */
  mailbox: string
  role: 'owner' | 'coach'
  timeZone: string
  bio: string
  settings: CoachSettings
  hours: WeeklyHours[]
  /** Dates with hours of their own: the first such weekday from so many days on. */
  exceptions: { inDays: number; weekday: number; ranges: LocalRange[] }[]
  /** Time off that begins on the first Monday from so many days on. */
  absences: { inDays: number; days: number; note: string }[]
  /** Share of the bookings. */
  share: number
  /** Sessions a week from now on, so that there are always times left to book. */
  mostAhead: number
  /** Only connected clients are taken. */
  connectedOnly: boolean
}

export interface OfferPart {
  slug: string
  title: string
  description: string
  location: string
  durationMinutes: number
  stepMinutes: number
  bufferMinutes: number
  noticeMinutes: number
  horizonDays: number | null
  priceMinor: number
  listing: 'public' | 'unlisted'
  coaches: string[]
  /** How often it is taken, against the coach's others. */
  weight: number
}

/** `9:00-12:30 13:30-18:00` on each of the weekdays; a range that ends before it starts runs past midnight. */
function on(weekdays: number[], ranges: string): WeeklyHours[] {
  return weekdays.flatMap(weekday => ranges.split(' ').map(range => ({ weekday, ...parse(range) })))
}

function parse(range: string): LocalRange {
  const [startMinute, endMinute] = range.split('-').map(clock => {
    const [hour, minute] = clock.split(':').map(Number)
    return hour! * 60 + minute!
  }) as [number, number]
  return { startMinute, endMinute: endMinute > startMinute ? endMinute : endMinute + 1440 }
}

export const coaches: CoachPart[] = [
  {
    key: 'mira',
    name: 'Mira Albrecht',
    mailbox: 'owner',
    role: 'owner',
    timeZone: 'Europe/Berlin',
    bio: 'Founder of Aurora. Twenty years in product teams, twelve of them leading; now I help others find their own way of doing it.',
    settings: { ...defaultSettings, bufferMinutes: 10, approvalHours: 24 },
    hours: [
      ...on([1, 2, 3, 4], '9:00-12:30 13:30-18:00'),
      ...on([2], '19:00-21:00'),
      ...on([5], '9:00-13:00'),
    ],
    exceptions: [
      { inDays: 9, weekday: 6, ranges: [parse('10:00-14:00')] },
      { inDays: 16, weekday: 3, ranges: [parse('9:00-12:00')] },
    ],
    absences: [
      { inDays: -95, days: 7, note: 'Hiking' },
      { inDays: 42, days: 7, note: 'Holiday' },
    ],
    share: 0.42,
    mostAhead: 7,
    connectedOnly: false,
  },
  {
    key: 'daniel',
    name: 'Daniel Okafor',
    mailbox: 'daniel',
    role: 'coach',
    timeZone: 'America/New_York',
    bio: 'Career coach in Brooklyn. I read every request myself before I say yes, so that we both know why we meet.',
    settings: { ...defaultSettings, allowFirmBooking: false, bufferMinutes: 15, approvalHours: 48 },
    hours: [...on([1, 2, 3, 4, 5], '8:00-12:00 13:00-17:00'), ...on([3], '18:00-20:00')],
    exceptions: [{ inDays: 12, weekday: 4, ranges: [] }],
    absences: [{ inDays: 20, days: 3, note: 'Conference' }],
    share: 0.33,
    mostAhead: 12,
    connectedOnly: false,
  },
  {
    key: 'priya',
    name: 'Priya Raman',
    mailbox: 'priya',
    role: 'coach',
    timeZone: 'Asia/Kolkata',
    bio: 'I work with a small circle of leaders for a year or longer. If we haven’t met yet, connect first and tell me what brings you.',
    settings: {
      ...defaultSettings,
      firmBookingThresholdHours: 12,
      requireApprovalNonConnected: true,
      bufferMinutes: 10,
      maxSessionsPerDay: 4,
      maxSessionsPerWeek: 18,
      limitOutcome: 'request',
      calendarVisibility: 'connected',
      approvalHours: 36,
    },
    hours: [...on([1, 2, 3, 4, 6], '10:00-13:30 16:00-20:00'), ...on([5], '10:00-13:00 21:30-0:30')],
    exceptions: [],
    absences: [{ inDays: 30, days: 5, note: 'Family' }],
    share: 0.25,
    mostAhead: 12,
    connectedOnly: true,
  },
]

export const offers: OfferPart[] = [
  {
    slug: 'intro-call',
    title: 'Intro call',
    description:
      'Half an hour to get to know each other: where you stand, what you want, and whether we fit. Free of charge.',
    location: 'Video call',
    durationMinutes: 30,
    stepMinutes: 30,
    bufferMinutes: 0,
    noticeMinutes: 120,
    horizonDays: 60,
    priceMinor: 0,
    listing: 'public',
    coaches: ['mira'],
    weight: 3,
  },
  {
    slug: 'deep-dive',
    title: 'Deep dive',
    description:
      'One hour on one question that has been with you for too long. You leave with a next step and a date for it.',
    location: 'Video call',
    durationMinutes: 60,
    stepMinutes: 30,
    bufferMinutes: 15,
    noticeMinutes: 240,
    horizonDays: 180,
    priceMinor: 12_000,
    listing: 'public',
    coaches: ['mira', 'daniel'],
    weight: 4,
  },
  {
    slug: 'career-compass',
    title: 'Career compass',
    description: 'Ninety minutes to sort what you can, what you like and what the market wants, on one page.',
    location: 'Video call',
    durationMinutes: 90,
    stepMinutes: 30,
    bufferMinutes: 15,
    noticeMinutes: 720,
    horizonDays: 180,
    priceMinor: 18_000,
    listing: 'public',
    coaches: ['daniel'],
    weight: 3,
  },
  {
    slug: 'leadership-sparring',
    title: 'Leadership sparring',
    description:
      'Forty-five minutes with somebody who doesn’t work for you. Bring the decision you are turning over at night.',
    location: 'Video call',
    durationMinutes: 45,
    stepMinutes: 15,
    bufferMinutes: 10,
    noticeMinutes: 360,
    horizonDays: 180,
    priceMinor: 15_000,
    listing: 'public',
    coaches: ['priya'],
    weight: 5,
  },
  {
    slug: 'follow-up',
    title: 'Follow-up',
    description:
      'Half an hour to look at what came of the last session. By invitation: you get the link from your coach.',
    location: 'Phone',
    durationMinutes: 30,
    stepMinutes: 15,
    bufferMinutes: 5,
    noticeMinutes: 120,
    horizonDays: 90,
    priceMinor: 6_000,
    listing: 'unlisted',
    coaches: ['mira', 'daniel', 'priya'],
    weight: 2,
  },
]
