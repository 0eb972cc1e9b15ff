import { weekdayNames } from '../weekday-names.ts'

/** How a fact is called and written; `isSaid` where the sentences of the product's own rules name it anyway. */
interface FactWords {
  label: string
  write: (value: unknown) => string
  isSaid?: true
}

const yesNo = (value: unknown) => (value ? 'yes' : 'no')
const onOff = (value: unknown) => (value ? 'on' : 'off')
const amountOf = (unit: string) => (value: unknown) => `${rounded(Number(value))}${unit}`
const minutes = (value: unknown) =>
  Math.abs(Number(value)) < 60 ? amountOf(' min')(value) : amountOf(' h')(Number(value) / 60)
const weekday = (value: unknown) => weekdayNames('en')[Number(value) - 1] ?? String(value)
const list = (value: unknown) => (Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none')

/** `840` → `14:00` */
function clock(value: unknown): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(Number(value) / 60))}:${two(Number(value) % 60)}`
}

/** A fact that isn’t here is called by its name. */
const facts: Record<string, FactWords> = {
  by: { label: 'Booked by', write: String },
  kind: { label: 'Kind of offer', write: String },
  signedIn: { label: 'Client signed in', write: yesNo },
  connected: { label: 'Client connected', write: yesNo },
  invited: { label: 'Has a personal link', write: yesNo },
  clientNew: { label: 'New client', write: yesNo },
  clientReturning: { label: 'Returning client', write: yesNo },
  vip: { label: 'VIP', write: yesNo },
  tags: { label: 'Tags', write: list },
  clientBookings: { label: 'Bookings so far', write: amountOf('') },
  bookingsLast30Days: { label: 'Bookings made in 30 days', write: amountOf('') },
  cancellationPercent: { label: 'Bookings they cancelled', write: amountOf(' %') },
  noShowPercent: { label: 'Sessions they missed', write: amountOf(' %') },
  calendarVisibility: { label: 'Calendar', write: String },
  allowFirmBooking: { label: 'Instant booking', write: onOff },
  firmBookingThresholdHours: { label: 'Threshold', write: amountOf(' h') },
  requireApprovalNonConnected: { label: 'Approval for clients not connected', write: onOff },
  leadMinutes: { label: 'Lead', write: minutes },
  leadHours: { label: 'Lead', write: amountOf(' h') },
  leadDays: { label: 'Lead', write: amountOf(' days') },
  weekday: { label: 'Day', write: weekday },
  timeOfDay: { label: 'Time', write: clock },
  zoneDistanceHours: { label: 'Time difference to the client', write: amountOf(' h') },
  minimumNoticeMinutes: { label: 'Notice', write: minutes },
  horizonDays: { label: 'Horizon', write: amountOf(' days') },
  sessionsThatDay: { label: 'Sessions that day', write: amountOf('') },
  maxSessionsPerDay: { label: 'At most a day', write: amountOf('') },
  sessionsThatWeek: { label: 'Sessions that week', write: amountOf('') },
  maxSessionsPerWeek: { label: 'At most a week', write: amountOf('') },
  sessionsInARow: { label: 'Sessions in a row', write: amountOf('') },
  placeChanges: { label: 'At another place than the session beside', write: yesNo },
  gapBeforeMinutes: { label: 'Gap before', write: minutes, isSaid: true },
  gapAfterMinutes: { label: 'Gap after', write: minutes, isSaid: true },
  seatsAsked: { label: 'Seats asked for', write: amountOf(''), isSaid: true },
  sessionListing: { label: 'Session', write: String },
}

/** Told elsewhere, or of no use: ids, amounts without their currency, and what a sentence always says in full. */
const untold = new Set([
  ...['offer', 'coach', 'priceMinor', 'outstandingMinor'],
  ...['blocked', 'offerListed', 'appliesApproval', 'limitOutcome', 'conflict', 'bufferMinutes'],
  ...[
    'sessionCancelled',
    'sessionOver',
    'minutesToClose',
    'seatsLeft',
    'maxSeatsPerBooking',
    'sessionApproval',
  ],
])

/** What a rule saw of a fact, `Tags: VIP, alumni`, or null; `isOwn` for a rule that the business made. */
export function factInWords(
  name: string,
  value: unknown,
  isOwn: boolean,
): { label: string; words: string } | null {
  if (untold.has(name)) return null
  const fact = facts[name] ?? { label: plainly(name), write: writeOther }
  return fact.isSaid && !isOwn ? null : { label: fact.label, words: fact.write(value) }
}

function writeOther(value: unknown): string {
  if (typeof value === 'boolean') return yesNo(value)
  return typeof value === 'number' ? String(rounded(value)) : String(value)
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** `maxSessionsPerDay` → `Max sessions per day` */
export function plainly(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
