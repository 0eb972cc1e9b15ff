import fc from 'fast-check'
import { OBSERVED_NAMES } from '#server/domain/rules/catalogue.ts'
import type { Comparison, Condition } from '#server/domain/rules/conditions.ts'
import type { DefaultRule, DefaultRules } from '#server/domain/rules/default-rule.ts'
import { CONFLICT_CODES, type DecisionFacts } from '#server/domain/rules/facts.ts'
import { FACT_NAMES, type FactName, factNamed } from '#server/domain/rules/named-facts.ts'
import { RESTRICTION_CODES } from '#server/domain/rules/restrictions.ts'

const truth = fc.boolean()
/** Few numbers, so that equality and the edges come up often. */
const number = fc.constantFrom(-60, 0, 1, 2, 3, 4, 24, 59.5, 60, 1439.999, 1440, 1440.001, 2880, 86_400)

/** Any attempt, likely or not. */
export const anyFacts: fc.Arbitrary<DecisionFacts> = fc.record({
  by: fc.constantFrom('client', 'client', 'client', 'staff'),
  kind: fc.constantFrom('1on1', 'group', 'workshop'),
  offerId: fc.constantFrom('offer-1', 'offer-2'),
  coachId: fc.constantFrom('coach-1', 'coach-2'),
  priceMinor: fc.constantFrom(0, 8000),
  client: fc.record({
    id: fc.constantFrom(null, 'client-1', 'client-2'),
    tags: fc.subarray(['vip', 'late']),
    bookings: fc.nat(3),
    cancellationPercent: fc.constantFrom(0, 50, 100),
    noShowPercent: fc.constantFrom(0, 50, 100),
    bookingsLast30Days: fc.nat(3),
    outstandingMinor: fc.constantFrom(0, 500),
  }),
  viewer: fc.record({
    signedIn: truth,
    proven: truth,
    connected: truth,
    blocked: fc.constantFrom(false, false, false, true),
    invited: truth,
  }),
  calendarVisibility: fc.constantFrom('public', 'public', 'connected', 'private'),
  offerListed: fc.constantFrom(true, true, false),
  allowFirmBooking: truth,
  firmBookingThresholdHours: fc.constantFrom(0, 1, 24, 48, 168),
  requireApprovalNonConnected: truth,
  appliesApproval: truth,
  leadMinutes: fc.oneof(number, fc.double({ min: -100, max: 100_000, noNaN: true })),
  localWeekday: fc.integer({ min: 1, max: 7 }),
  localMinute: fc.constantFrom(0, 540, 600, 1439),
  zoneDistanceHours: fc.constantFrom(0, 3, 5.5),
  minimumNoticeMinutes: fc.constantFrom(0, 60, 1440),
  horizonDays: fc.constantFrom(null, 1, 60),
  sessionsThatDay: fc.nat(4),
  maxSessionsPerDay: fc.constantFrom(null, 1, 3),
  sessionsThatWeek: fc.nat(4),
  maxSessionsPerWeek: fc.constantFrom(null, 1, 3),
  limitOutcome: fc.constantFrom('refuse', 'request'),
  bufferMinutes: fc.constantFrom(0, 15, 60),
  approvalHours: fc.constantFrom(1, 48),
  gapBeforeMinutes: fc.constantFrom(null, 0, 15, 30),
  gapAfterMinutes: fc.constantFrom(null, 0, 15, 30),
  sessionsInARow: fc.integer({ min: 1, max: 4 }),
  placeChanges: truth,
  conflict: fc.option(fc.record({ code: fc.constantFrom(...CONFLICT_CODES) }), { freq: 2 }),
})

/** Seats of a session with dates of its own, likely or not. */
export const anySeats: fc.Arbitrary<DecisionFacts> = fc
  .record({
    facts: anyFacts,
    session: fc.record({
      id: fc.constantFrom('session-1', 'session-2'),
      listing: fc.constantFrom('public', 'unlisted', 'connected', 'private'),
      cancelled: fc.constantFrom(false, false, true),
      over: fc.constantFrom(false, false, true),
      minutesToClose: fc.constantFrom(-1, 0, 60),
      seatsAsked: fc.integer({ min: 1, max: 3 }),
      seatsLeft: fc.nat(3),
      maxSeatsPerBooking: fc.integer({ min: 1, max: 3 }),
      approval: truth,
    }),
  })
  .map(({ facts, session }) => ({ ...facts, session }))

/** Few ids, so that rules and attempts meet. */
const IDS: Partial<Record<FactName, readonly string[]>> = {
  offer: ['offer-1', 'offer-2'],
  coach: ['coach-1', 'coach-2'],
  kind: ['1on1', 'group', 'workshop'],
  tags: ['vip', 'VIP', 'late', 'never'],
}

function literalFor(name: FactName): fc.Arbitrary<string | number | boolean> {
  const fact = factNamed(name)
  if (fact.type === 'number') return number
  if (fact.type === 'truth') return truth
  return fc.constantFrom(...(fact.values ?? IDS[name] ?? []))
}

/** Any comparison of one of these facts, with another of them where `besides` says so. */
function comparisonOf(names: readonly FactName[], besides: boolean): fc.Arbitrary<Comparison> {
  return fc.constantFrom(...names).chain((fact): fc.Arbitrary<Comparison> => {
    const { type, nullable } = factNamed(fact)
    const value = literalFor(fact)
    const alike = names.filter(name => factNamed(name).type === type)
    const other = besides ? [fc.record({ fact: fc.constantFrom(...alike) })] : []
    const with_ = (operators: Comparison['operator'][], compared: fc.Arbitrary<Comparison['value']>) =>
      fc.record({ fact: fc.constant(fact), operator: fc.constantFrom(...operators), value: compared })

    if (type === 'list') return with_(['contains', 'containsNone'], value)
    const none = nullable ? [fc.constant(null)] : []
    const equality = with_(['equals', 'notEquals'], fc.oneof(value, ...other, ...none))
    const size = with_(['lessThan', 'atMost', 'moreThan', 'atLeast'], fc.oneof(value, ...other))
    const several = fc.array(value as fc.Arbitrary<string | number>, { minLength: 1, maxLength: 3 })
    const membership = with_(['oneOf', 'noneOf'], several)
    if (type === 'number') return fc.oneof(equality, size, size, membership)
    return type === 'text' ? fc.oneof(equality, membership) : equality
  })
}

function conditionOf(comparison: fc.Arbitrary<Comparison>): fc.Arbitrary<Condition> {
  return fc.letrec<{ node: Condition }>(tie => ({
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      comparison,
      fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('node') }),
    ),
  })).node
}

const condition = conditionOf(comparisonOf(FACT_NAMES, true))
/** What a business's own rules may ask. */
export const anyWhen = conditionOf(comparisonOf(OBSERVED_NAMES, false))

const sentences = fc.constantFrom(
  { client: 'Starts: {startVersusThreshold}. {dayIsFull}', coach: 'Lead {lead}, {dayCount}.' },
  { client: 'As it is.', coach: '{weekCount}; {connectionState}' },
)

/** Any rule of our vocabulary. */
export const anyRule: fc.Arbitrary<DefaultRule> = fc.record({
  name: fc.stringMatching(/^[a-z][A-Za-z0-9]{1,9}$/),
  scope: fc.constantFrom('tenant', 'coach', 'offer'),
  applies: fc.option(condition, { nil: undefined }),
  restricts: condition,
  outcome: fc.constantFrom<DefaultRule['outcome'][]>('request', 'refuse', { fact: 'limitOutcome' }),
  forStaff: fc.constantFrom('same', 'warn', 'skip'),
  code: fc.constantFrom(...RESTRICTION_CODES),
  sentences: fc.record({ restricts: sentences, passes: sentences }),
})

export const anyPolicy: fc.Arbitrary<DefaultRules> = fc.record({
  rules: fc.uniqueArray(anyRule, { selector: rule => rule.name, maxLength: 6 }),
})
