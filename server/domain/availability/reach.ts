import type { Policy } from '../rules/policy.ts'

/** How near and how far ahead an offer may be booked. */
interface Reach {
  noticeMinutes: number
  /** Null is any day ahead. */
  horizonDays: number | null
}

/**
 * The widest reach that a policy could give anybody: the offer's own, or what a rule sets or waives. Times beyond it
 * needn't be judged one by one.
 */
export function farthestReach({ rules }: Policy, own: Reach): Reach {
  let { noticeMinutes, horizonDays } = own
  for (const { active, does } of rules) {
    if (!active) continue
    const { minimumNoticeMinutes, horizonDays: days } = does.sets ?? {}
    if (does.waives?.includes('notice')) noticeMinutes = 0
    if (minimumNoticeMinutes != null) noticeMinutes = Math.min(noticeMinutes, minimumNoticeMinutes)
    if (days === null || does.waives?.includes('horizon')) horizonDays = null
    if (days != null && horizonDays !== null) horizonDays = Math.max(horizonDays, days)
  }
  return { noticeMinutes, horizonDays }
}
