import type { Outputs } from '../../../api.ts'

/** A session as those see it who hold it. */
export type Session = Outputs['sessions']['manage']['get']

export type Participant = Outputs['sessions']['participants'][number]

/** `1 seat`, `3 seats`; any noun that takes an s. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

const modes: Record<string, string> = { any: 'Seats', in_person: 'In the room', online: 'Online' }

/** What a quota of seats is called. */
export function modeInWords(mode: string): string {
  return modes[mode] ?? mode
}

/** Seats that are taken by live bookings. */
export function seatsOf(participants: readonly Participant[]): number {
  return participants.reduce((sum, { seats }) => sum + seats, 0)
}

/** Those who have a seat for certain: who is told of updates and may be checked in. */
export function confirmedOf(participants: readonly Participant[]): Participant[] {
  return participants.filter(({ status }) => status === 'FIRM_BOOKED' || status === 'CONFIRMED')
}

/** Who sits in a seat, from 1 on; guests without a name are numbered. */
export function seatName({ name, guests }: Pick<Participant, 'name' | 'guests'>, seat: number): string {
  if (seat === 1) return name
  return guests[seat - 2]?.trim() || `Guest ${seat - 1} of ${name}`
}
