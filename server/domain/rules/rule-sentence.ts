import { conditionSentence, type RuleNames } from './condition-sentence.ts'
import type { RuleName } from './default-rule.ts'
import { count, sayDuration } from './durations.ts'
import type { Rule, RuleEffect } from './policy.ts'
import { VALUE_NAMES, type ValueName } from './values.ts'

export { conditionSentence, type RuleNames } from './condition-sentence.ts'

/**
 * A rule read out to the coach: "For clients tagged “VIP”: no approval needed, and bookings up to 120 days ahead."
 * `names` says what ids are called, those of rules that are waived too.
 */
export function ruleSentence(
  { scope, target, when, does }: Pick<Rule, 'scope' | 'target' | 'when' | 'does'>,
  names: RuleNames,
  currency?: string,
): string {
  const name = target === null ? '' : `“${scope === 'tag' ? target : (names.get(target) ?? '?')}”`
  const whom = WHOM[scope](name)
  const whenSaid = when && `when ${conditionSentence(when, names, currency)}`
  return `${[whom, whenSaid].filter(part => part).join(', ')}: ${sayEffects(does, names)}.`.replace(/^w/, 'W')
}

const WHOM: Record<Rule['scope'], (name: string) => string> = {
  tenant: () => 'For everybody',
  coach: name => `With ${name}`,
  kind: name => `For the kind ${name}`,
  offer: name => `For ${name}`,
  tag: name => `For clients tagged ${name}`,
  client: name => `For ${name}`,
  session: name => `For the session ${name}`,
}

/** What a rule does, by itself: "No approval needed, and a break of 30 minutes before and after." */
export function effectSentence(does: RuleEffect, names: RuleNames = new Map()): string {
  const said = sayEffects(does, names)
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}

function sayEffects({ restricts, waives = [], sets = {} }: RuleEffect, names: RuleNames): string {
  const effects = [
    ...(restricts ? [sayRestriction(restricts)] : []),
    ...sayWaivers(waives, names),
    ...VALUE_NAMES.filter(name => sets[name] !== undefined).map(name => SETS[name](sets[name]!)),
  ]
  if (effects.length < 2) return effects[0] ?? 'nothing yet'
  return `${effects.slice(0, -1).join(', ')}, and ${effects.at(-1)}`
}

function sayRestriction({ outcome, sentence }: NonNullable<RuleEffect['restricts']>): string {
  return `${outcome === 'refuse' ? 'no booking' : 'bookings need approval'} (“${sentence}”)`
}

/** Together they are what a coach means by "no approval". */
const APPROVAL: RuleName[] = ['allowFirmBooking', 'connection', 'threshold']

function sayWaivers(waives: readonly RuleName[], names: RuleNames): string[] {
  const isFree = APPROVAL.every(name => waives.includes(name))
  const others = isFree ? waives.filter(name => !APPROVAL.includes(name)) : waives
  return [
    ...(isFree ? ['no approval needed'] : []),
    ...others.toSorted().map(name => WAIVED.get(name) ?? `“${names.get(name) ?? name}” doesn't hold`),
  ]
}

const WAIVED = new Map<RuleName, string>(
  Object.entries({
    allowFirmBooking: 'instant booking even where it is off',
    connection: 'no connection needed',
    threshold: 'instant booking at any notice',
    notice: 'bookings until the start',
    horizon: 'bookings any day ahead',
    limitDay: 'no limit for the day',
    limitWeek: 'no limit for the week',
    buffer: 'no break needed before and after',
    registration: 'bookings after registration closed',
    seatsPerBooking: 'any number of seats',
    sessionApproval: 'no approval of seats',
  }),
)

const say = (some: (value: number) => string, none: string) => (value: number | null) =>
  value === null ? none : some(value)

const SETS: Record<ValueName, (value: number | null) => string> = {
  firmBookingThresholdHours: say(
    hours =>
      hours === 0
        ? 'instant booking at any notice'
        : `instant booking until ${sayDuration(hours * 60)} before`,
    '',
  ),
  minimumNoticeMinutes: say(
    minutes => (minutes === 0 ? 'bookings until the start' : `bookings until ${sayDuration(minutes)} before`),
    '',
  ),
  horizonDays: say(days => `bookings up to ${count(days, 'day')} ahead`, 'bookings any day ahead'),
  bufferMinutes: say(
    minutes =>
      minutes === 0
        ? 'no break needed before and after'
        : `a break of ${sayDuration(minutes)} before and after`,
    '',
  ),
  maxSessionsPerDay: say(most => `at most ${count(most, 'session')} a day`, 'no limit for the day'),
  maxSessionsPerWeek: say(most => `at most ${count(most, 'session')} a week`, 'no limit for the week'),
  approvalHours: say(hours => `${sayDuration(hours * 60)} to answer a request`, ''),
  depositPercent: say(percent => `a deposit of ${percent} %`, 'the whole price at once'),
  discountPercent: say(percent => (percent === 0 ? 'no discount' : `${percent} % off`), ''),
  waitlistPriority: say(points => `${count(points, 'point')} more on the waitlist`, ''),
}
