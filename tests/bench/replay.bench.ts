import { createRandom } from '#server/cli/demo/random.ts'
import { type Replayable, replay } from '#server/domain/policies/replay.ts'
import type { Outcome } from '#server/domain/rules/default-rule.ts'
import { type DecisionFacts, STRANGER } from '#server/domain/rules/facts.ts'
import type { Policy, Rule } from '#server/domain/rules/policy.ts'
import { attempt } from '../server/domain/rules/attempt.ts'
import { referenceOf } from '../server/domain/rules/reference.ts'

const ATTEMPTS = 10_000
const RULES = 40
const STRICTNESS: Outcome[] = ['firm', 'request', 'refuse']

/**
 * The time of replaying 10,000 attempts under a draft of 40 rules, which nobody has compiled before, by that of asking
 * json-rules-engine of each of them, with its rules at hand.
 */
export default async function replayBench(): Promise<{ name: string; ratios: Record<string, number> }> {
  const attempts = drawAttempts()
  const policy: Policy = { version: 1, rules: drawRules(), cancellation: [] }
  await replay(attempts.slice(0, 500), { ...policy })

  const begun = performance.now()
  const replayed = await replay(attempts, policy)
  const between = performance.now()
  const answers = await answersOf(attempts, policy)
  const done = performance.now()
  replayed.forEach(({ outcome }, at) => {
    if (outcome !== answers[at]) throw new Error(`The answers to attempt ${at} differ`)
  })
  return {
    name: 'replay',
    ratios: { '10,000 attempts, 40 rules: replay ÷ engine': (between - begun) / (done - between) },
  }
}

async function answersOf(attempts: readonly Replayable[], policy: Policy): Promise<Outcome[]> {
  const ask = referenceOf(policy)
  const answers: Outcome[] = []
  for (const { facts } of attempts) {
    let strictest = 0
    for (const way of facts) strictest = Math.max(strictest, STRICTNESS.indexOf((await ask(way)).outcome))
    answers.push(STRICTNESS[strictest]!)
  }
  return answers
}

/** A third of them by clients who didn't prove their address, and so are judged in two ways. */
function drawAttempts(): Replayable[] {
  const random = createRandom(10)
  return Array.from({ length: ATTEMPTS }, () => {
    const proven = random.chance(0.67)
    const known: DecisionFacts = attempt({
      by: random.chance(0.05) ? 'staff' : 'client',
      offerId: `offer-${random.whole(1, 5)}`,
      coachId: `coach-${random.whole(1, 4)}`,
      viewer: { signedIn: proven, proven, connected: random.chance(0.4) },
      client: {
        ...{ id: `client-${random.whole(1, 200)}`, tags: random.chance(0.1) ? ['VIP'] : [] },
        ...{ bookings: random.whole(0, 30), bookingsLast30Days: random.whole(0, 4) },
        ...{
          cancellationPercent: random.whole(0, 40),
          noShowPercent: random.whole(0, 30),
          outstandingMinor: 0,
        },
      },
      ...{ leadMinutes: random.whole(30, 60 * 24 * 70), localWeekday: random.whole(1, 7) },
      ...{
        localMinute: random.whole(16, 40) * 30,
        sessionsThatDay: random.whole(0, 5),
        sessionsThatWeek: random.whole(0, 14),
      },
      ...{ gapBeforeMinutes: random.whole(0, 90), sessionsInARow: random.whole(1, 5) },
    })
    return { facts: proven ? [known] : [{ ...known, client: STRANGER }, known] }
  })
}

function drawRules(): Rule[] {
  const random = createRandom(40)
  return Array.from({ length: RULES }, (_, at) => ({
    ...{ id: `rule${at}`, title: `Rule ${at}`, active: true },
    ...random.pick<Pick<Rule, 'scope' | 'target'>>([
      { scope: 'tenant', target: null },
      { scope: 'coach', target: `coach-${random.whole(1, 4)}` },
      { scope: 'offer', target: `offer-${random.whole(1, 5)}` },
      { scope: 'tag', target: 'VIP' },
    ]),
    when: {
      all: [
        { fact: 'weekday', operator: 'oneOf', value: [random.whole(1, 7), random.whole(1, 7)] },
        random.pick([
          { fact: 'timeOfDay', operator: 'atLeast', value: random.whole(16, 40) * 30 },
          { fact: 'clientNew', operator: 'equals', value: random.chance(0.5) },
          { fact: 'noShowPercent', operator: 'moreThan', value: random.whole(5, 25) },
          { fact: 'leadDays', operator: 'lessThan', value: random.whole(1, 30) },
        ]),
      ],
    },
    does: random.pick<Rule['does']>([
      { restricts: { outcome: 'request', sentence: 'Your coach looks at it.' } },
      { restricts: { outcome: 'refuse', sentence: 'Choose another time.' } },
      { waives: ['threshold', 'limitDay'] },
      { sets: { minimumNoticeMinutes: random.whole(0, 48) * 60, bufferMinutes: random.whole(0, 6) * 5 } },
    ]),
  }))
}
