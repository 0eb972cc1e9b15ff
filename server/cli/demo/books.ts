import type { SessionKind } from '@rapport/sdk'
import { prepareAttempt } from '#server/domain/availability/attempt.ts'
import type { BookableCoach, BookableOffer, CalendarFacts } from '#server/domain/availability/load.ts'
import { waysToJudge } from '#server/domain/availability/ways.ts'
import type { Decision } from '#server/domain/rules/decide.ts'
import { decideStrictest } from '#server/domain/rules/decide-strictest.ts'
import type { DecisionFacts } from '#server/domain/rules/facts.ts'
import type { Policy } from '#server/domain/rules/policy.ts'
import { type Asked, startOf } from './asked.ts'
import { keepHistories } from './client-history.ts'
import type { Life } from './live-through.ts'
import type { DemoCoach } from './place-sessions.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY

/** A client as the rules see them. */
export interface KnownAsker {
  id: string
  timeZone: string
  tags: readonly string[]
}

export interface Circumstances {
  policy: Policy
  kind: SessionKind
  currency: string
  clients: readonly KnownAsker[]
}

export interface Judged {
  ways: readonly DecisionFacts[]
  decision: Decision
}

export type Books = ReturnType<typeof openBooks>

/**
 * Keeps what happened so far, and decides what is asked next as the product would have decided it at that moment: by
 * what stood in the coach's calendar and was known of the client. Times that are asked for are free and within hours.
 */
export function openBooks(circumstances: Circumstances) {
  const { policy, kind, currency, clients } = circumstances
  const histories = keepHistories()
  const weeks = new Map<string, Set<Life>>()

  return {
    add(life: Life) {
      histories.add(life)
      for (const startsAt of [life.startsAt, life.movedFrom ?? life.startsAt]) {
        const key = weekOf(life.coach, startsAt)
        weeks.set(key, (weeks.get(key) ?? new Set()).add(life))
      }
    },
    async judge(asked: Asked): Promise<Judged> {
      const { offer, by, createdAt } = asked
      const client = clients[asked.client]!
      const bookable: BookableOffer = {
        ...{ ...offer, kind: '1on1', currency, policy, active: true, kindSettings: {}, weekStartsOn: 1 },
        client: { id: client.id, tags: client.tags, ...histories.at(asked.client, createdAt) },
        ...{ clientBlocked: false, coaches: [], beside: null },
      }
      const asker = {
        ...{ by, proven: by === 'client' && asked.signedIn, invited: false, ownHoldId: null },
        timeZone: client.timeZone,
      }
      const attempt = prepareAttempt(bookable, bookableCoach(asked), asker, kind, createdAt)
      const ways = waysToJudge(attempt.facts(startOf(asked), null))
      return { ways, decision: await decideStrictest(ways, policy) }
    },
  }

  function bookableCoach(asked: Asked): BookableCoach {
    const { coach, client } = asked
    return {
      ...{
        id: coach.id,
        name: '',
        slug: '',
        timeZone: coach.calendar.timeZone,
        version: 0,
        ...coach.settings,
      },
      connection: coach.connected.has(client) ? 'accepted' : null,
      calendar: { ...coach.calendar, claims: claimsNear(asked), competing: [] },
    }
  }

  /** Of the weeks around: limits count one, and gaps look a day far. */
  function claimsNear({ coach, createdAt, ...asked }: Asked): CalendarFacts['claims'] {
    const near = new Set(
      [-1, 0, 1].flatMap(step => [...(weeks.get(weekOf(coach, startOf(asked) + step * WEEK)) ?? [])]),
    )
    return [...near]
      .filter(({ ended }) => ended === null || ended.at > createdAt)
      .map(life => claimOf(life, createdAt))
  }
}

function weekOf(coach: DemoCoach, instant: number): string {
  return `${coach.id} ${Math.floor(instant / WEEK)}`
}

function claimOf(life: Life, instant: number): CalendarFacts['claims'][number] {
  const moved = life.events.find(({ name }) => name === 'booking.moved')
  const startsAt = life.movedFrom !== null && !(moved && moved.at <= instant) ? life.movedFrom : life.startsAt
  return {
    startsAt,
    endsAt: startsAt + life.endsAt - life.startsAt,
    bufferMinutes: life.bufferMinutes,
    sessionId: 'a session',
    place: life.offer.location,
    ...{ holdId: null, expiresAt: null, bookingId: null, visitorHash: null, offerId: null },
    status: 'booked',
  }
}
