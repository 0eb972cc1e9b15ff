import type { Tie } from './clients.ts'
import { namedClients } from './people.ts'
import type { DemoCoach, DemoOffer } from './place-sessions.ts'
import type { HiredCoach } from './set-up-business.ts'

/**
 * Who books with whom: Aurora's clients with its three coaches, everybody else in equal parts with the coaches
 * hired beyond. Nobody books with a coach who blocked them or, where only connected clients may, isn't connected.
 */
export function circlesOf(
  hired: readonly HiredCoach[],
  offers: readonly DemoOffer[],
  clientCount: number,
): { coaches: DemoCoach[]; ties: Tie[] } {
  const ours = Array.from({ length: namedClients }, (_, at) => at)
  const more = hired.filter(({ part }) => part.share === 0)
  const each = Math.max(1, Math.floor((clientCount - namedClients) / Math.max(1, more.length)))
  const ties: Tie[] = []
  const coaches = hired.map(coach => {
    const at = more.indexOf(coach)
    const others = Array.from({ length: each }, (_, step) => namedClients + at * each + step)
    const circle = at === -1 ? circleOf(coach, ours) : { clients: others, ties: [] }
    ties.push(...circle.ties)
    return asDemoCoach(coach, offers, circle)
  })
  return { coaches, ties }
}

interface Circle {
  clients: number[]
  ties: Tie[]
}

/** How many book more often than the demo client, whom all coaches know. */
const DEMO_CLIENT_AT = 6

/** Each coach begins at another place of the list. */
function circleOf(coach: HiredCoach, ours: number[]): Circle {
  const { part } = coach
  const [demo, ...others] = ours as [number, ...number[]]
  const shift = part.key.length * 7
  const inOrder = [...others.slice(shift), ...others.slice(0, shift)]
  const faithful = inOrder.slice(0, -4)
  const [first, second, invited, blocked] = inOrder.slice(-4) as [number, number, number, number]
  const accepted = faithful
    .filter((_, at) => at % (part.connectedOnly ? 3 : 2) === 0)
    .toSpliced(DEMO_CLIENT_AT, 0, demo)
  const everybody = [...faithful, first, second].toSpliced(DEMO_CLIENT_AT, 0, demo)
  const tie = (client: number, status: Tie['status']): Tie => ({ coach, client, status })
  return {
    clients: part.connectedOnly ? accepted : everybody,
    ties: [
      ...accepted.map(client => tie(client, 'accepted')),
      tie(first, 'requested'),
      tie(second, 'requested'),
      tie(invited, 'invited'),
      tie(blocked, 'blocked'),
    ],
  }
}

function asDemoCoach(
  { part, id, personId, calendar }: HiredCoach,
  offers: readonly DemoOffer[],
  { clients, ties }: Circle,
): DemoCoach {
  return {
    id,
    personId,
    settings: part.settings,
    calendar,
    offers: offers.filter(offer => offer.coaches.includes(part.key)),
    mostAhead: part.mostAhead,
    clients,
    connected: new Set(ties.filter(({ status }) => status === 'accepted').map(({ client }) => client)),
  }
}
