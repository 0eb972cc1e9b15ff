import type { DecidedSlot } from '../rules/decide.ts'
import { decideSlotsStrictest } from '../rules/decide-strictest.ts'
import type { DecisionFacts } from '../rules/facts.ts'
import type { Policy } from '../rules/policy.ts'
import type { CoachSettings } from '../rules/settings.ts'

/** What somebody tried to book: one set of facts for each way in which they were judged. */
export interface Replayable {
  facts: readonly DecisionFacts[]
}

/** Settings of one coach in place of those the attempts were made under. */
export interface SettingsInstead {
  coachId: string
  settings: CoachSettings
  /** The break each offer asks for by itself; the larger of the two counts. */
  bufferOf(offerId: string): number
}

/**
 * Decides attempts again, each by the facts it had then and by itself: what another one would have left free isn't
 * looked at. In their order; pure, by the same rules as the slot list.
 */
export function replay(
  attempts: readonly Replayable[],
  policy: Policy,
  instead: SettingsInstead | null = null,
): Promise<DecidedSlot[]> {
  return decideSlotsStrictest(
    attempts.map(({ facts }) => (instead ? facts.map(each => withSettings(each, instead)) : facts)),
    policy,
  )
}

/** The same attempt under other settings of its coach; of another coach as it was. */
export function withSettings(
  facts: DecisionFacts,
  { coachId, settings, bufferOf }: SettingsInstead,
): DecisionFacts {
  if (facts.coachId !== coachId) return facts
  return {
    ...facts,
    calendarVisibility: settings.calendarVisibility,
    allowFirmBooking: settings.allowFirmBooking,
    firmBookingThresholdHours: settings.firmBookingThresholdHours,
    requireApprovalNonConnected: settings.requireApprovalNonConnected,
    maxSessionsPerDay: settings.maxSessionsPerDay,
    maxSessionsPerWeek: settings.maxSessionsPerWeek,
    limitOutcome: settings.limitOutcome,
    bufferMinutes: Math.max(settings.bufferMinutes, bufferOf(facts.offerId)),
    approvalHours: settings.approvalHours,
  }
}
