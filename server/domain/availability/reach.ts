import type { DecisionFacts } from '../rules/facts.ts'
import { reaches } from '../rules/judge.ts'
import type { Policy } from '../rules/policy.ts'

/** How near and how far ahead somebody may book. */
export interface Reach {
  noticeMinutes: number
  /** Null is any day ahead. */
  horizonDays: number | null
}

/**
 * The widest reach that a policy could give to this client with this coach and offer: the offer's own, or what a rule
 * sets or waives, whatever its conditions. Times beyond it needn't be judged one by one.
 */
export function farthestReach(
  { rules }: Policy,
  own: Reach,
  asked: Pick<DecisionFacts, 'coachId' | 'kind' | 'offerId' | 'client'>,
): Reach {
  let { noticeMinutes, horizonDays } = own
  for (const rule of rules) {
    if (!rule.active || !reaches(rule, asked)) continue
    const { sets, waives } = rule.does
    const { minimumNoticeMinutes: notice, horizonDays: days } = sets ?? {}
    if (waives?.includes('notice')) noticeMinutes = 0
    if (notice != null) noticeMinutes = Math.min(noticeMinutes, notice)
    if (days === null || waives?.includes('horizon')) horizonDays = null
    if (days != null && horizonDays !== null) horizonDays = Math.max(horizonDays, days)
  }
  return { noticeMinutes, horizonDays }
}
