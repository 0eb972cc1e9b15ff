import type { DecisionFacts } from '../rules/facts.ts'
import { reaches } from '../rules/judge.ts'
import { mayHold } from '../rules/may-hold.ts'
import type { Policy } from '../rules/policy.ts'
import { isStricter } from '../rules/settle.ts'

/** How near and how far ahead somebody may book. */
export interface Reach {
  noticeMinutes: number
  /** Null is any day ahead. */
  horizonDays: number | null
}

/**
 * The widest reach that a policy could give to whoever asks, at any time: the offer's own, or what a rule sets or waives
 * that may hold for them; where they are judged in several ways, the shortest. Times beyond it needn't be judged one by
 * one, and tell nobody that others reach farther.
 */
export function farthestReach(policy: Policy, own: Reach, ways: readonly DecisionFacts[]): Reach {
  return ways.map(facts => reachOf(policy, own, facts)).reduce(shorter)
}

function reachOf({ rules }: Policy, own: Reach, facts: DecisionFacts): Reach {
  let { noticeMinutes, horizonDays } = own
  for (const rule of rules) {
    if (!rule.active || !reaches(rule, facts) || !(rule.when === null || mayHold(rule.when, facts))) continue
    const { sets, waives } = rule.does
    const { minimumNoticeMinutes: notice, horizonDays: days } = sets ?? {}
    if (waives?.includes('notice')) noticeMinutes = 0
    if (notice != null) noticeMinutes = Math.min(noticeMinutes, notice)
    if (days === null || waives?.includes('horizon')) horizonDays = null
    if (days != null && horizonDays !== null) horizonDays = Math.max(horizonDays, days)
  }
  return { noticeMinutes, horizonDays }
}

function shorter(one: Reach, other: Reach): Reach {
  const isNearer = isStricter('horizonDays', one.horizonDays, other.horizonDays)
  return {
    noticeMinutes: Math.max(one.noticeMinutes, other.noticeMinutes),
    horizonDays: isNearer ? one.horizonDays : other.horizonDays,
  }
}
