import { DateTime } from 'luxon'
import type { HeldSession } from '../participation/held-session.ts'

export type Phase = 'before' | 'after' | 'shared' | 'recording'

export interface Released {
  phase: Phase
  /** Null where the phase says when. */
  releaseAt: Date | null
  createdAt: Date
}

type Course = Pick<HeldSession, 'dates' | 'timeZone' | 'terms'>

/** When its last date ends. */
export function endOf({ dates }: Pick<Course, 'dates'>): Date {
  return new Date(Math.max(...dates.map(({ endsAt }) => endsAt.getTime())))
}

/** When participants may have a material: from its own date, else from the session's end or at once, by its phase (289, 290, 317). */
export function releaseOf({ phase, releaseAt, createdAt }: Released, session: Pick<Course, 'dates'>): Date {
  if (releaseAt) return releaseAt
  return phase === 'after' || phase === 'recording' ? endOf(session) : createdAt
}

/** Until when a recording can be had: so many days after the session's end, on its wall clock; null for ever (322). */
export function expiryOf(
  { phase }: Pick<Released, 'phase'>,
  session: Pick<Course, 'dates' | 'timeZone' | 'terms'>,
): Date | null {
  const days = session.terms.recordingDays
  if (phase !== 'recording' || days === null) return null
  return DateTime.fromJSDate(endOf(session), { zone: session.timeZone }).plus({ days }).toJSDate()
}

/** `locked` until its release, `ended` for a recording whose days are over. */
export type MaterialState = 'locked' | 'open' | 'ended'

export function stateOf(material: Released, session: Course, now: Date): MaterialState {
  const expiry = expiryOf(material, session)
  if (expiry && expiry <= now) return 'ended'
  return releaseOf(material, session) <= now ? 'open' : 'locked'
}
