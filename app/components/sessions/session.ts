import type { Outputs } from '../../api.ts'

/** A session as its visitors see it. */
export type SessionView = Outputs['sessions']['list']['sessions'][number]

export type SessionPrice = SessionView['price']

type Seats = SessionView['seats'][number]

/** The phase that follows the present one; null where none does. */
export function phaseAfter({ phase, phases }: SessionPrice): SessionPrice['phases'][number] | null {
  const at = phase ? phases.findIndex(({ name }) => name === phase.name) : -1
  return at < 0 ? null : (phases[at + 1] ?? null)
}

const phaseNames: Record<string, string> = {
  early_bird: 'Early bird',
  regular: 'Regular price',
  late: 'Late booking',
}

/** `Early bird` */
export function phaseInWords(name: string): string {
  return phaseNames[name] ?? name
}

/** `3 of 10 seats left`, or `Full`. */
export function seatsLeftInWords({ available, total }: { available: number; total: number }): string {
  if (available <= 0) return 'Full'
  return `${available} of ${total} ${total === 1 ? 'seat' : 'seats'} left`
}

/** `1 seat`, `3 seats` */
export function seatsInWords(seats: number): string {
  return seats === 1 ? '1 seat' : `${seats} seats`
}

/** How a seat of this quota takes part; null where there is but one way. */
export function modeInWords(mode: Seats['mode']): string | null {
  return mode === 'any' ? null : mode === 'online' ? 'Online' : 'In person'
}

/** Why nobody can book it just now, as a badge says it; null where they can. */
export function closedInWords(session: SessionView, now: number): string | null {
  if (session.canBook) return null
  if (session.state === 'CANCELLED') return 'Cancelled'
  if (session.capacity.available <= 0) return 'Full'
  if (Date.parse(session.endsAt) <= now) return 'Over'
  return 'Booking closed'
}
