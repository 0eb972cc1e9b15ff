/**
 * Every code a restriction can carry, the one to be told first in front: a client who may not see the calendar
 * learns only that (C2), and of several others the one that leaves the least to do.
 */
export const RESTRICTION_CODES = [
  'CALENDAR_PRIVATE',
  'SESSION_PRIVATE',
  'CONNECTED_ONLY',
  'OFFER_CLOSED',
  'SESSION_CANCELLED',
  'SESSION_PAST',
  'REGISTRATION_CLOSED',
  'SEATS_TOO_MANY',
  'SESSION_FULL',
  'SLOT_TAKEN',
  'OUTSIDE_HOURS',
  'OFF_STEP',
  'BUFFER',
  'NOTICE',
  'HORIZON',
  'LIMIT_DAY',
  'LIMIT_WEEK',
  'RULE',
  'APPROVAL',
  'CONNECTION',
  'THRESHOLD',
] as const
export type RestrictionCode = (typeof RESTRICTION_CODES)[number]

/** A refusal at the gate says nothing of what lies behind: limits, hours, other clients' sessions. */
export function isGate(code: RestrictionCode): boolean {
  return code === 'CALENDAR_PRIVATE' || code === 'SESSION_PRIVATE' || code === 'CONNECTED_ONLY'
}
