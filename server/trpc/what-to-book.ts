import { z } from 'zod'
import { id, instant, seatMode, seats, slugOrId, text } from './inputs.ts'

/**
 * What to book or to hold: a slot of an offer, or seats of a session. One object instead of a union, so that an error
 * names the field at fault.
 */
export const whatToBook = {
  offer: slugOrId.optional(),
  coachId: id.optional(),
  startsAt: instant.optional(),
  sessionId: id.optional(),
  seats: seats.optional(),
  mode: seatMode.optional(),
  invite: text(200).optional(),
}

interface WhatToBook {
  offer?: string | undefined
  startsAt?: Date | undefined
  sessionId?: string | undefined
  seats?: number | undefined
}

/** An input that names a slot, or else a session. */
export type SlotOrSeats<T extends WhatToBook> =
  | (Omit<T, 'offer' | 'startsAt' | 'sessionId'> & { offer: string; startsAt: Date; sessionId?: undefined })
  | (Omit<T, 'sessionId' | 'seats'> & { sessionId: string; seats: number })

/** For `transform`: refuses an input that names neither a slot nor a session. */
export function slotOrSeats<T extends WhatToBook>(input: T, issues: z.RefinementCtx): SlotOrSeats<T> {
  const { offer, startsAt, sessionId } = input
  if (sessionId !== undefined) return { ...input, sessionId, seats: input.seats ?? 1 }
  if (offer !== undefined && startsAt !== undefined) return { ...input, offer, startsAt, sessionId }
  issues.addIssue({
    code: 'custom',
    path: [offer === undefined ? 'offer' : 'startsAt'],
    message: 'name an offer and a start, or a session',
  })
  return z.NEVER
}
