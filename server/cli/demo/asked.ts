import type { DemoCoach, DemoOffer } from './place-sessions.ts'
import type { Random } from './random.ts'

/** Somebody asks for a time that is free. Epoch milliseconds. */
export interface Asked {
  coach: DemoCoach
  offer: DemoOffer
  client: number
  startsAt: number
  createdAt: number
  by: 'client' | 'staff'
  signedIn: boolean
  /** Where it was before it moved, and thus what was asked for. */
  movedFrom: number | null
}

/** Where it was asked to be, though it may have moved since. */
export function startOf({ movedFrom, startsAt }: Pick<Asked, 'movedFrom' | 'startsAt'>): number {
  return movedFrom ?? startsAt
}

/** One of those who book with a coach, the faithful more often, and whether signed in. */
export function drawClient(coach: DemoCoach, random: Random): Pick<Asked, 'client' | 'signedIn'> {
  const client = coach.clients[Math.floor(coach.clients.length * random.next() ** 1.4)]!
  const onlyConnected = coach.settings.calendarVisibility === 'connected'
  return { client, signedIn: random.chance(onlyConnected ? 1 : coach.connected.has(client) ? 0.75 : 0.2) }
}
