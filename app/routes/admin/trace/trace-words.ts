import type { Outputs } from '../../../api.ts'
import { factInWords, plainly } from './fact-words.ts'

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

/** What the rule saw beyond what its sentence says: `Client connected: yes`. */
export function factsInWords({ saw, coachSentence, title }: Line): string[] {
  return Object.entries(saw).flatMap(([name, value]) => {
    if (value === null || value === undefined) return []
    if (name === 'leadMinutes' && ('leadHours' in saw || 'leadDays' in saw)) return []
    const isOwn = (title ?? null) !== null
    const fact = factInWords(name, value, isOwn)
    if (!fact) return []
    const { label, words } = fact
    // What a rule of the business's own does says nothing of what it compared.
    const isSaid = !isOwn && saysIt(coachSentence, label, words, typeof value === 'number')
    return isSaid ? [] : [`${label}: ${words}`]
  })
}

/** Sentences name their numbers, a lead time in units of their own. */
function saysIt(sentence: string, label: string, words: string, isNumber: boolean): boolean {
  if (sentence.includes(`${label} is ${words}`)) return true
  return isNumber && (` ${sentence}`.includes(` ${words}`) || sentence.startsWith(`${label} `))
}
