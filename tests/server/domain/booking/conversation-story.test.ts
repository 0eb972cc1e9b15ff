import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { lockOfBooking, lockOfOffer } from '#server/domain/availability/lock.ts'
import { acceptProposal } from '#server/domain/booking/accept-proposal.ts'
import { answerQuestion } from '#server/domain/booking/answer-question.ts'
import { approve } from '#server/domain/booking/approve.ts'
import { ask } from '#server/domain/booking/ask.ts'
import { book } from '#server/domain/booking/book.ts'
import { cancel } from '#server/domain/booking/cancel.ts'
import { decline } from '#server/domain/booking/decline.ts'
import { declineProposals } from '#server/domain/booking/decline-proposals.ts'
import { propose } from '#server/domain/booking/propose.ts'
import { reschedule } from '#server/domain/booking/reschedule.ts'
import { timers } from '#server/domain/booking/ring-timers.ts'
import { undo } from '#server/domain/booking/undo.ts'
import { withdrawProposals } from '#server/domain/booking/withdraw-proposals.ts'
import { withdrawQuestion } from '#server/domain/booking/withdraw-question.ts'
import type { Actor, Command } from '#server/domain/command.ts'
import { Refusal } from '#server/domain/refusal.ts'
import { type Ground, runCommand } from '#server/domain/run-command.ts'
import { brokenInvariants } from '#tests/faults/invariants.ts'
import { makeBookable } from '#tests/support/bookable.ts'
import { type Business, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

/*
 * Any sequence of what coach, clients and time can do to requests. Times are half hours of two days, so that they get in
 * each other's way; jobs are kept as they are made, and worked on when their instant has passed.
 */

const MORNING = new Date('2027-03-01T06:00:00Z')
const HOUR = 3_600_000
const time = fc.nat({ max: 14 })
/** Of two days. */
const anyTime = fc.nat({ max: 29 })
const which = fc.nat({ max: 2 })

type Step =
  | { do: 'book'; at: number; alternatives: number[]; forClient: boolean }
  | { do: 'propose'; which: number; times: number[] }
  | { do: 'reschedule'; which: number; at: number; by: 'coach' | 'client' }
  | { do: 'accept' | 'approveChoice'; which: number; choice: number }
  | { do: 'undo'; which: number; by: 'coach' | 'client' }
  | { do: 'wait'; hours: number }
  | { do: 'compete'; allowed: boolean }
  | { do: (typeof plain)[number]; which: number }

const plain = [
  'approve',
  'decline',
  'withdraw',
  'ask',
  'answer',
  'withdrawQuestion',
  'declineProposals',
  'withdrawProposals',
] as const

const side = fc.constantFrom('coach' as const, 'client' as const)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('book' as const),
      at: time,
      alternatives: fc.array(time, { maxLength: 2 }),
      forClient: fc.nat({ max: 4 }).map(one => one === 0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('propose' as const),
      which,
      times: fc.uniqueArray(anyTime, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 7, arbitrary: fc.record({ do: fc.constantFrom(...plain), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('accept' as const, 'approveChoice' as const),
      which,
      choice: fc.nat({ max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reschedule' as const), which, at: time, by: side }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which, by: side }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(0.1, 5, 24, 31, 49) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('compete' as const), allowed: fc.boolean() }) },
)

let house: TestHouse
beforeAll(async () => {
  house = await createHouse({ clock: () => MORNING })
})
afterAll(() => house.stop())

it('any sequence of asking, suggesting, answering and waiting keeps times apart and everyone’s turn clear', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30, size: 'max' }), async steps => {
      const story = await beginStory()
      for (const at of [0, 5, 10])
        await story.take({ do: 'book', at, alternatives: [at + 1], forClient: false })
      for (const next of steps) {
        await story.take(next)
        expect(await brokenInvariants(house.ownerUrl)).toEqual({})
      }
      // Whatever waits is answered in the end, by the timers alone.
      for (let waits = 0; waits < 8; waits++) await story.take({ do: 'wait', hours: 49 })
      expect(await story.openRequests()).toEqual([])
      expect(await brokenInvariants(house.ownerUrl)).toEqual({})
    }),
    { numRuns: 4 },
  )
}, 120_000)

interface Told {
  queue: string
  payload: Record<string, string>
  at: Date
}

async function beginStory() {
  const business = await signUpBusiness(house)
  const { slug } = await makeBookable(house, business, {
    coach: { allow_firm_booking: false, approval_hours: 30, buffer_minutes: 10 },
    offer: { step: 30 },
  })
  return createStory(business, slug)
}

function createStory({ tenantId, personId, coachId }: Business, offer: string) {
  const coach: Actor = { as: 'member', personId, role: 'owner', coachId }
  const bookings: { id: string; client: Actor }[] = []
  let now = MORNING
  let jobs: Told[] = []

  const keep = (queue: string, payload: object, startAfter = now) =>
    jobs.push({ queue, payload: payload as Record<string, string>, at: startAfter })
  const ground: Ground = {
    ...house.house,
    jobs: {
      send: async (_, queue, payload, options) => void keep(queue, payload, options?.startAfter),
      sendMany: async (_, queue, many) => {
        for (const { payload, options } of many) keep(queue, payload, options?.startAfter)
      },
      wake: () => {},
    },
  }
  const run = async <T>(actor: Actor, work: (command: Command) => Promise<T>, first: string) => {
    try {
      return await runCommand(ground, { tenantId, actor, now, requestId: 'story' }, work, first)
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }
  const startAt = (half: number) =>
    new Date(
      Date.parse('2027-03-09T08:00:00Z') + Math.floor(half / 15) * 24 * HOUR + (half % 15) * (HOUR / 2),
    )

  async function bookOne({ at, alternatives, forClient }: Extract<Step, { do: 'book' }>) {
    const email = `client-${bookings.length}@client.example`
    const booked = await run(
      forClient ? coach : { as: 'visitor' },
      command =>
        book(command, {
          offer,
          startsAt: startAt(at),
          alternatives: alternatives.map(startAt),
          client: { name: email, email, timeZone: 'UTC' },
          notes: '',
          hold: { holdId: null, visitorHash: null },
          invitedBy: [],
          idempotency: { procedure: 'story', key: crypto.randomUUID(), body: {} },
        }),
      lockOfOffer(tenantId, offer, undefined),
    )
    if (!booked) return
    const { client_id } = await inTenant(house.house.db, tenantId, trx =>
      trx.selectFrom('bookings').select('client_id').where('id', '=', booked.id).executeTakeFirstOrThrow(),
    )
    bookings.push({ id: booked.id, client: { as: 'client', personId: client_id, signedIn: false } })
  }

  async function standingBookings() {
    const live = await inTenant(house.house.db, tenantId, trx =>
      trx
        .selectFrom('bookings')
        .select('id')
        .where('status', 'in', ['REQUESTED', 'FIRM_BOOKED', 'CONFIRMED'])
        .execute(),
    )
    return bookings.filter(booking => live.some(({ id }) => id === booking.id))
  }

  async function proposalsOf(id: string, by: 'coach' | 'client') {
    return inTenant(house.house.db, tenantId, trx =>
      trx
        .selectFrom('proposals')
        .select('id')
        .where('booking_id', '=', id)
        .where('proposed_by', '=', by)
        .where('status', '=', 'open')
        .orderBy('created_at', 'desc')
        .orderBy('position')
        .execute(),
    )
  }

  const choose = <T>(from: readonly T[], choice: number) => from[choice % from.length]

  async function wait(hours: number) {
    now = new Date(now.getTime() + hours * HOUR)
    const due = jobs.filter(({ at }) => at <= now).sort((a, b) => a.at.getTime() - b.at.getTime())
    jobs = jobs.filter(({ at }) => at > now)
    for (const { queue, payload } of due) {
      // A job may run twice.
      for (const _ of [1, 2]) {
        if (queue === 'approval') await timers.approval(ground, payload as never, now)
        if (queue === 'answer') await timers.answer(ground, payload as never, now)
        if (queue === 'move') await timers.move(ground, payload as never, now)
      }
    }
  }

  async function takeWithBooking(next: Extract<Step, { which: number }>) {
    const standing = await standingBookings()
    const booking = choose(next.do === 'undo' ? bookings : standing, next.which)
    if (!booking) return
    const { id, client } = booking
    const lock = lockOfBooking(tenantId, id)
    const by = (actor: Actor, work: (command: Command) => Promise<unknown>) => run(actor, work, lock)
    switch (next.do) {
      case 'propose':
        return by(coach, command => propose(command, { id, times: next.times.map(startAt) }))
      case 'accept': {
        const proposal = choose(await proposalsOf(id, 'coach'), next.choice)
        return proposal && by(client, command => acceptProposal(command, { id, proposalId: proposal.id }))
      }
      case 'approveChoice': {
        const proposal = choose(await proposalsOf(id, 'client'), next.choice)
        return proposal && by(coach, command => approve(command, { id, proposalId: proposal.id }))
      }
      case 'reschedule':
        return by(next.by === 'coach' ? coach : client, command =>
          reschedule(command, { id, startsAt: startAt(next.at) }),
        )
      case 'undo':
        return by(next.by === 'coach' ? coach : client, command => undo(command, { id }))
      case 'approve':
        return by(coach, command => approve(command, { id }))
      case 'decline':
        return by(coach, command => decline(command, { id, reason: 'No', code: 'other' }))
      case 'withdraw':
        return by(client, command => cancel(command, { id, reason: null }))
      case 'ask':
        return by(coach, command => ask(command, { id, question: 'What is it about?' }))
      case 'answer':
        return by(client, command => answerQuestion(command, { id, answer: 'This and that' }))
      case 'withdrawQuestion':
        return by(coach, command => withdrawQuestion(command, { id }))
      case 'declineProposals':
        return by(client, command => declineProposals(command, { id }))
      case 'withdrawProposals':
        return by(coach, command => withdrawProposals(command, { id }))
    }
  }

  return {
    async take(next: Step): Promise<void> {
      // Nobody does two things in the same instant.
      now = new Date(now.getTime() + 1)
      if (next.do === 'book') await bookOne(next)
      else if (next.do === 'wait') await wait(next.hours)
      else if (next.do === 'compete')
        await inTenant(house.house.db, tenantId, trx =>
          trx
            .updateTable('coaches')
            .set({ competing_requests: next.allowed })
            .where('id', '=', coachId)
            .execute(),
        )
      else await takeWithBooking(next)
    },
    openRequests: () =>
      inTenant(house.house.db, tenantId, trx =>
        trx.selectFrom('bookings').select(['id', 'awaiting']).where('status', '=', 'REQUESTED').execute(),
      ),
  }
}
