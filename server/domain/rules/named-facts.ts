import { type Fact, OBSERVED } from './catalogue.ts'
import { CONFLICT_CODES } from './facts.ts'

const open = { nullable: false, forClient: true }
const ofCoach = { nullable: false, forClient: false }
/** Null where a slot is booked. */
const ofSession = { nullable: true, forClient: true }

/** All facts a condition may name: what can be seen of an attempt, and what only the default rules judge by. */
export const FACTS = {
  ...OBSERVED,
  blocked: { ...ofCoach, type: 'truth', read: f => f.viewer.blocked },
  calendarVisibility: {
    ...open,
    type: 'text',
    values: ['public', 'connected', 'private'],
    read: f => f.calendarVisibility,
  },
  offerListed: { ...open, type: 'truth', read: f => f.offerListed },
  allowFirmBooking: { ...open, type: 'truth', read: f => f.allowFirmBooking },
  firmBookingThresholdHours: { ...open, type: 'number', read: f => f.firmBookingThresholdHours },
  requireApprovalNonConnected: { ...open, type: 'truth', read: f => f.requireApprovalNonConnected },
  appliesApproval: { ...open, type: 'truth', read: f => f.appliesApproval },
  minimumNoticeMinutes: { ...open, type: 'number', read: f => f.minimumNoticeMinutes },
  horizonDays: { ...open, type: 'number', nullable: true, read: f => f.horizonDays },
  bufferMinutes: { ...ofCoach, type: 'number', read: f => f.bufferMinutes },
  maxSessionsPerDay: { ...ofCoach, type: 'number', nullable: true, read: f => f.maxSessionsPerDay },
  maxSessionsPerWeek: { ...ofCoach, type: 'number', nullable: true, read: f => f.maxSessionsPerWeek },
  limitOutcome: { ...ofCoach, type: 'text', values: ['refuse', 'request'], read: f => f.limitOutcome },
  conflict: {
    ...open,
    type: 'text',
    nullable: true,
    values: CONFLICT_CODES,
    read: f => f.conflict?.code ?? null,
  },
  sessionListing: {
    ...ofSession,
    type: 'text',
    values: ['public', 'unlisted', 'connected', 'private'],
    read: f => f.session?.listing ?? null,
  },
  sessionCancelled: { ...ofSession, type: 'truth', read: f => f.session?.cancelled ?? null },
  sessionOver: { ...ofSession, type: 'truth', read: f => f.session?.over ?? null },
  minutesToClose: { ...ofSession, type: 'number', read: f => f.session?.minutesToClose ?? null },
  seatsLeft: { ...ofSession, type: 'number', read: f => f.session?.seatsLeft ?? null },
  maxSeatsPerBooking: { ...ofSession, type: 'number', read: f => f.session?.maxSeatsPerBooking ?? null },
  sessionApproval: { ...ofSession, type: 'truth', read: f => f.session?.approval ?? null },
} as const satisfies Record<string, Fact>

export type FactName = keyof typeof FACTS
export const FACT_NAMES = Object.keys(FACTS) as FactName[]

export function isFactName(name: string): name is FactName {
  return Object.hasOwn(FACTS, name)
}

export function factNamed(name: FactName): Fact {
  return FACTS[name]
}
