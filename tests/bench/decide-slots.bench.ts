import { isDeepStrictEqual } from 'node:util'
import { decideSlots } from '#server/domain/rules/decide.ts'
import { type DecisionFacts, STRANGER } from '#server/domain/rules/facts.ts'
import type { Policy, Rule } from '#server/domain/rules/policy.ts'
import { referenceOf } from '../server/domain/rules/reference.ts'
import type { Measured } from './run.ts'

const SLOTS = 300
const RULES = 40
const RUNS = 15

/**
 * A slot list's decisions under a large policy, by those of json-rules-engine run with all conditions for each slot:
 * for a policy that was just published, of which nothing is remembered, and for one that was asked before.
 */
export default async function decideSlotsBench(): Promise<Measured> {
  const slots = fourWeeks()
  const warm = policy()
  const reference = referenceOf(warm)
  const decided = await decideSlots(slots, warm)
  for (const [at, facts] of slots.entries()) {
    const { outcome, values } = await reference(facts)
    if (decided[at]!.outcome !== outcome || !isDeepStrictEqual(decided[at]!.values, values))
      throw new Error(`The answers differ for slot ${at}`)
  }

  const times = { reference: [] as number[], cold: [] as number[], warm: [] as number[] }
  for (let turn = 0; turn < RUNS; turn++) {
    times.reference.push(
      await timed(async () => {
        for (const facts of slots) await reference(facts)
      }),
    )
    const fresh = policy()
    times.cold.push(await timed(() => decideSlots(slots, fresh)))
    times.warm.push(await timed(() => decideSlots(slots, warm)))
  }
  const median = (all: number[]) => all.sort((one, other) => one - other)[RUNS >> 1]!
  return {
    name: 'decide-slots',
    ratios: {
      '300 slots × 40 rules, new policy ÷ engine per slot': median(times.cold) / median(times.reference),
      '300 slots × 40 rules, known policy ÷ engine per slot': median(times.warm) / median(times.reference),
    },
  }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await run()
  return performance.now() - begun
}

/** Fifteen starts on each of twenty days, among a coach's other sessions. */
function fourWeeks(): DecisionFacts[] {
  return Array.from({ length: SLOTS }, (_, at) => {
    const [day, start] = [Math.floor(at / 15), at % 15]
    return {
      ...{ by: 'client', kind: '1on1', offerId: 'offer-1', coachId: 'coach-1', priceMinor: 8000 },
      viewer: { signedIn: true, proven: true, connected: true, blocked: false, invited: false },
      client: { ...STRANGER, id: 'client-1', tags: ['vip'], bookings: 12, bookingsLast30Days: 3 },
      ...{ calendarVisibility: 'public', offerListed: true, appliesApproval: true },
      ...{ allowFirmBooking: true, firmBookingThresholdHours: 24, requireApprovalNonConnected: true },
      leadMinutes: (day + 0.3) * 1440 + start * 30,
      localWeekday: (day % 7) + 1,
      localMinute: 540 + start * 30,
      ...{ zoneDistanceHours: 3, minimumNoticeMinutes: 120, horizonDays: 60 },
      ...{ sessionsThatDay: day % 5, maxSessionsPerDay: 4, sessionsThatWeek: 8, maxSessionsPerWeek: 16 },
      ...{ limitOutcome: 'request', conflict: null, bufferMinutes: 15, approvalHours: 48 },
      gapBeforeMinutes: start % 4 === 0 ? null : (start % 4) * 15,
      gapAfterMinutes: start % 3 === 0 ? null : (start % 3) * 20,
      sessionsInARow: 1 + (start % 4),
      placeChanges: start % 5 === 0,
    }
  })
}

/** Five sorts of rules, eight of each with numbers of their own; a new object each time, of which nothing is known. */
function policy(): Policy {
  const sorts = [
    (at: number): Partial<Rule> => ({
      when: {
        all: [
          { fact: 'weekday', operator: 'oneOf', value: [1 + (at % 5), 6] },
          { fact: 'timeOfDay', operator: 'atLeast', value: 540 + at * 30 },
        ],
      },
      does: { sets: { minimumNoticeMinutes: 60 * (at + 1) } },
    }),
    (at: number): Partial<Rule> => ({
      ...{ scope: 'coach', target: 'coach-1' },
      when: {
        any: [
          { fact: 'sessionsInARow', operator: 'atLeast', value: 4 },
          { fact: 'gapBeforeMinutes', operator: 'lessThan', value: at * 10 },
        ],
      },
      does: { sets: { bufferMinutes: at } },
    }),
    (at: number): Partial<Rule> => ({
      ...{ scope: 'tag', target: 'VIP' },
      when: { not: { fact: 'leadHours', operator: 'lessThan', value: 12 + at } },
      does: { waives: ['threshold', 'connection'], sets: { discountPercent: at } },
    }),
    (at: number): Partial<Rule> => ({
      when: {
        all: [
          { fact: 'noShowPercent', operator: 'atLeast', value: 20 + at },
          {
            any: [
              { fact: 'leadDays', operator: 'lessThan', value: at },
              { fact: 'clientNew', operator: 'equals', value: true },
            ],
          },
        ],
      },
      does: { restricts: { outcome: 'request', sentence: 'Your coach confirms this in person.' } },
    }),
    (at: number): Partial<Rule> => ({
      ...{ scope: 'offer', target: 'offer-1' },
      when: {
        all: [
          { fact: 'timeOfDay', operator: 'moreThan', value: 900 - at * 10 },
          { fact: 'sessionsThatDay', operator: 'atLeast', value: 3 },
        ],
      },
      does: { restricts: { outcome: 'refuse', sentence: 'Late sessions are full that day.' } },
    }),
  ]
  const base = { scope: 'tenant', target: null, active: true, does: {}, when: null } as const
  return {
    version: 1,
    rules: Array.from({ length: RULES }, (_, at) => ({
      ...base,
      id: `rule${at}`,
      title: `Rule ${at}`,
      ...sorts[at % sorts.length]!(Math.floor(at / sorts.length)),
    })),
    cancellation: [],
  }
}
