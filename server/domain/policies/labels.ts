import type { RuleNames } from '../rules/condition-sentence.ts'
import type { RuleName } from '../rules/default-rule.ts'
import { count, sayDuration } from '../rules/durations.ts'
import { VALUES, type ValueName } from '../rules/values.ts'

/** What the values that rules set are called. */
export const VALUE_LABELS: Record<ValueName, string> = {
  firmBookingThresholdHours: 'Confirmed at once from',
  minimumNoticeMinutes: 'Bookings close before the start',
  horizonDays: 'Bookings open ahead',
  bufferMinutes: 'Break between sessions',
  maxSessionsPerDay: 'Most sessions a day',
  maxSessionsPerWeek: 'Most sessions a week',
  approvalHours: 'Time to answer a request',
  depositPercent: 'Deposit',
  discountPercent: 'Discount',
  waitlistPriority: 'Priority on the waitlist',
}

const WITHOUT: Partial<Record<ValueName, string>> = {
  horizonDays: 'Any day ahead',
  maxSessionsPerDay: 'No limit',
  maxSessionsPerWeek: 'No limit',
  depositPercent: 'The whole price at once',
}

/** A value as people read it: "120 days", "2 hours", "No limit". */
export function sayValue(name: ValueName, value: number | null): string {
  if (value === null) return WITHOUT[name] ?? 'None'
  const { unit } = VALUES[name]
  switch (unit) {
    case 'minutes':
      return sayDuration(value)
    case 'hours':
      return sayDuration(value * 60)
    case 'percent':
      return `${value} %`
    case 'days':
      return count(value, 'day')
    case 'sessions':
      return count(value, 'session')
    case 'points':
      return count(value, 'point')
  }
}

/** The default rules that rules may waive, by what they are for. */
export const WAIVABLE_LABELS: Record<string, { label: string; isApproval: boolean }> = {
  allowFirmBooking: { label: 'Every booking needs approval', isApproval: true },
  connection: { label: 'Clients who aren’t connected need approval', isApproval: true },
  threshold: { label: 'Bookings at short notice need approval', isApproval: true },
  sessionApproval: { label: 'Bookings of this session need approval', isApproval: true },
  notice: { label: 'Bookings close before the start', isApproval: false },
  horizon: { label: 'Bookings open only so far ahead', isApproval: false },
  limitDay: { label: 'Most sessions a day', isApproval: false },
  limitWeek: { label: 'Most sessions a week', isApproval: false },
  buffer: { label: 'Break between sessions', isApproval: false },
  registration: { label: 'Registration closes', isApproval: false },
  seatsPerBooking: { label: 'Most seats of one booking', isApproval: false },
}

/** A rule by its name: a default one, or one of the business's own by its title. */
export function nameOfRule(rule: RuleName, names: RuleNames): string {
  return WAIVABLE_LABELS[rule]?.label ?? names.get(rule) ?? rule
}

/** The default rule that a value is for. */
export const RULE_OF_VALUE: Partial<Record<ValueName, RuleName>> = {
  firmBookingThresholdHours: 'threshold',
  minimumNoticeMinutes: 'notice',
  horizonDays: 'horizon',
  bufferMinutes: 'buffer',
  maxSessionsPerDay: 'limitDay',
  maxSessionsPerWeek: 'limitWeek',
}
