import type { Outputs } from '../../../api.ts'

/** Of bookings made before businesses had rules of their own, what is new is absent. */
export type Line = Outputs['bookings']['timeline']['trace'][number]

const ruleNames: Record<string, string> = {
  blocked: 'Blocked clients',
  visibility: 'Who sees the calendar',
  connectedOnly: 'Connected clients only',
  offerOpen: 'Offer is active',
  overlap: 'No overlap',
  neighbourBuffer: 'Break of the neighbours',
  buffer: 'Buffer',
  hours: 'Opening hours',
  step: 'Starting times',
  notice: 'Minimum notice',
  horizon: 'How far ahead',
  limitDay: 'Sessions a day',
  limitWeek: 'Sessions a week',
  allowFirmBooking: 'Instant booking',
  connection: 'Connection',
  threshold: 'Threshold',
  sessionListing: 'Who sees the session',
  sessionConnected: 'Connected clients only',
  sessionCancelled: 'Session is on',
  sessionOver: 'Session not over',
  sessionBegun: 'Session lies ahead',
  registration: 'Registration open',
  seatsPerBooking: 'Seats for one booking',
  capacity: 'Seats left',
  sessionApproval: 'Approval',
}

export function ruleInWords({ rule, title }: Line): string {
  return title ?? ruleNames[rule] ?? plainly(rule)
}

const yesNo = (value: unknown) => (value ? 'yes' : 'no')
const onOff = (value: unknown) => (value ? 'on' : 'off')
const amountOf = (unit: string) => (value: unknown) => `${rounded(Number(value))}${unit}`
const minutes = (value: unknown) =>
  Math.abs(Number(value)) < 60 ? amountOf(' min')(value) : amountOf(' h')(Number(value) / 60)

/** How a fact is called and written; null for what the rule's sentence says anyway. */
const facts: Record<string, [label: string, write: (value: unknown) => string] | null> = {
  by: ['Booked by', String],
  kind: ['Kind of offer', String],
  signedIn: ['Client signed in', yesNo],
  connected: ['Client connected', yesNo],
  blocked: null,
  invited: ['Has a personal link', yesNo],
  calendarVisibility: ['Calendar', String],
  offerListed: null,
  allowFirmBooking: ['Instant booking', onOff],
  firmBookingThresholdHours: ['Threshold', amountOf(' h')],
  requireApprovalNonConnected: ['Approval for clients not connected', onOff],
  appliesApproval: null,
  leadMinutes: ['Lead', minutes],
  leadHours: ['Lead', amountOf(' h')],
  leadDays: ['Lead', amountOf(' days')],
  minimumNoticeMinutes: ['Notice', minutes],
  horizonDays: ['Horizon', amountOf(' days')],
  sessionsThatDay: ['Sessions that day', amountOf('')],
  maxSessionsPerDay: ['At most a day', amountOf('')],
  sessionsThatWeek: ['Sessions that week', amountOf('')],
  maxSessionsPerWeek: ['At most a week', amountOf('')],
  limitOutcome: null,
  conflict: null,
  sessionListing: ['Session', String],
  sessionCancelled: null,
  sessionOver: null,
  minutesToClose: null,
  seatsAsked: null,
  seatsLeft: null,
  maxSeatsPerBooking: null,
  sessionApproval: null,
  gapBeforeMinutes: null,
  gapAfterMinutes: null,
  bufferMinutes: null,
  offer: null,
  coach: null,
  priceMinor: null,
  timeOfDay: null,
}

/** What the rule saw beyond what its sentence says: `Client connected: yes`. */
export function factsInWords({ saw, coachSentence }: Line): string[] {
  return Object.entries(saw).flatMap(([name, value]) => {
    if (value === null || value === undefined) return []
    if (name === 'leadMinutes' && ('leadHours' in saw || 'leadDays' in saw)) return []
    const fact = name in facts ? facts[name] : ([plainly(name), writeOther] as const)
    if (!fact) return []
    const [label, write] = fact
    const words = write(value)
    return saysIt(coachSentence, label, words, typeof value === 'number') ? [] : [`${label}: ${words}`]
  })
}

/** Sentences name their numbers, a lead time in units of their own. */
function saysIt(sentence: string, label: string, words: string, isNumber: boolean): boolean {
  if (sentence.includes(`${label} is ${words}`)) return true
  return isNumber && (` ${sentence}`.includes(` ${words}`) || sentence.startsWith(`${label} `))
}

function writeOther(value: unknown): string {
  if (typeof value === 'boolean') return yesNo(value)
  return typeof value === 'number' ? String(rounded(value)) : String(value)
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** `maxSessionsPerDay` → `Max sessions per day` */
function plainly(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
