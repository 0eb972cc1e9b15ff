import type { Decision } from '#server/domain/rules/decide.ts'
import { type DecisionFacts, STRANGER } from '#server/domain/rules/facts.ts'

/** An attempt that nothing restricts: a stranger, 30 hours ahead, one session of four that day. */
export function attempt(
  change: Partial<Omit<DecisionFacts, 'viewer'>> & { viewer?: Partial<DecisionFacts['viewer']> } = {},
): DecisionFacts {
  return {
    by: 'client',
    kind: '1on1',
    offerId: '00000000-0000-7000-8000-000000000001',
    coachId: '00000000-0000-7000-8000-000000000002',
    priceMinor: 8000,
    client: STRANGER,
    calendarVisibility: 'public',
    offerListed: true,
    allowFirmBooking: true,
    firmBookingThresholdHours: 24,
    requireApprovalNonConnected: false,
    appliesApproval: true,
    leadMinutes: 30 * 60,
    localWeekday: 3,
    localMinute: 600,
    zoneDistanceHours: 0,
    minimumNoticeMinutes: 120,
    horizonDays: 60,
    sessionsThatDay: 2,
    maxSessionsPerDay: 4,
    sessionsThatWeek: 5,
    maxSessionsPerWeek: 12,
    limitOutcome: 'refuse',
    conflict: null,
    bufferMinutes: 15,
    approvalHours: 48,
    gapBeforeMinutes: null,
    gapAfterMinutes: null,
    sessionsInARow: 1,
    placeChanges: false,
    ...change,
    viewer: { ...stranger, ...change.viewer },
  }
}

const stranger = { signedIn: false, proven: false, connected: false, blocked: false, invited: false }

export const connected = { signedIn: true, proven: true, connected: true }

/** What the trace of a decision says of one rule. */
export function line(decision: Decision, rule: string) {
  const found = decision.trace.find(each => each.rule === rule)
  if (!found) throw new Error(`No line for ${rule}`)
  return found
}
