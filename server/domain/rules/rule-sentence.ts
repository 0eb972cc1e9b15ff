import { count, sayDuration } from './durations.ts'
import type { RuleEffect } from './policy.ts'
import { VALUE_NAMES, type ValueName } from './values.ts'

/** What a rule does, to its author: `Asks for approval. Sets the buffer to 30 minutes.` */
export function effectSentence({ restricts, waives = [], sets = {} }: RuleEffect): string {
  const sentences = [
    ...(restricts ? [restricts.outcome === 'refuse' ? 'Refuses' : 'Asks for approval'] : []),
    ...(waives.length > 0 ? [`Waives ${waives.join(', ')}`] : []),
    ...VALUE_NAMES.filter(name => sets[name] !== undefined).map(name => SETS[name](sets[name]!)),
  ]
  return sentences.map(sentence => `${sentence}.`).join(' ')
}

const orNone = (say: (value: number) => string, none: string) => (value: number | null) =>
  value === null ? none : say(value)
const always = (say: (value: number) => string) => (value: number | null) => say(value ?? 0)

const SETS: Record<ValueName, (value: number | null) => string> = {
  firmBookingThresholdHours: always(hours => `Sets the threshold to ${sayDuration(hours * 60)}`),
  minimumNoticeMinutes: always(minutes => `Sets the notice to ${sayDuration(minutes)}`),
  horizonDays: orNone(days => `Opens bookings for ${count(days, 'day')}`, 'Opens bookings for any day ahead'),
  bufferMinutes: always(minutes => `Sets the buffer to ${sayDuration(minutes)}`),
  maxSessionsPerDay: orNone(most => `Allows ${count(most, 'session')} a day`, 'Lifts the limit for the day'),
  maxSessionsPerWeek: orNone(
    most => `Allows ${count(most, 'session')} a week`,
    'Lifts the limit for the week',
  ),
  approvalHours: always(hours => `Gives ${sayDuration(hours * 60)} to answer`),
  depositPercent: orNone(percent => `Asks for a deposit of ${percent} %`, 'Asks for the whole price at once'),
  discountPercent: always(percent => `Takes ${percent} % off the price`),
  waitlistPriority: always(points => `Adds ${count(points, 'point')} on the waitlist`),
}
