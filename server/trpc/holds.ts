import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { lockOfOffer } from '#server/domain/availability/lock.ts'
import { giveBackHold } from '#server/domain/booking/give-back-hold.ts'
import { type PlacedHold, placeHold } from '#server/domain/booking/holds.ts'
import { holdToken, readHoldToken } from '#server/domain/booking/manage-token.ts'
import { holdSeats } from '#server/domain/sessions/hold-seats.ts'
import { lockOfNewHold } from '#server/domain/sessions/lock-seats.ts'
import { viewPrice } from '#server/domain/sessions/view.ts'
import { publicProcedure, router } from './base.ts'
import { command, type TenantRequest } from './context.ts'
import { text, timeZone } from './inputs.ts'
import { addressHash, invitedBy, lookingActor, visitorHash } from './visitor.ts'
import { slotOrSeats, whatToBook } from './what-to-book.ts'
import { withAlternatives, withOtherSessions } from './with-alternatives.ts'

const holdInput = z.object({ ...whatToBook, timeZone: timeZone.optional() }).transform(slotOrSeats)
type HoldInput = z.output<typeof holdInput>

export const holds = router({
  /** Sets a slot or seats aside for ten minutes while the client types the details: see `placeHold` and `holdSeats`. */
  place: publicProcedure.input(holdInput).mutation(async ({ ctx, input }) => {
    const offer = input.sessionId ?? input.offer
    await ctx.house.limits.consume('hold', ctx.tenant.id, { address: ctx.address, offer })
    return input.sessionId === undefined ? placeOnSlot(ctx, input) : placeOnSeats(ctx, input)
  }),

  /** Gives a hold back before it runs out. Unknown ones are nothing to complain about. */
  release: publicProcedure.input(z.object({ hold: text(100, 1) })).mutation(async ({ ctx, input }) => {
    const holdId = readHoldToken(ctx.house.secrets, ctx.tenant.id, input.hold)
    if (holdId) await command(ctx, command => giveBackHold(command, { holdId }), { actor: lookingActor(ctx) })
    return {}
  }),
})

async function placeOnSlot(ctx: TenantRequest, input: Extract<HoldInput, { sessionId?: undefined }>) {
  const { offer, coachId, startsAt } = input
  const hold = await withAlternatives(ctx, input, () =>
    command(ctx, command => placeHold(command, { offer, coachId, startsAt, ...visitor(ctx, input) }), {
      actor: lookingActor(ctx),
      // All of the offer's coaches: the visitor's earlier hold, which this one ends, may be with another.
      first: lockOfOffer(ctx.tenant.id, offer, undefined),
    }),
  )
  return {
    hold: holdToken(ctx.house.secrets, ctx.tenant.id, hold.id),
    expiresAt: hold.expiresAt.toISOString(),
    coachId: hold.coachId,
    startsAt: hold.startsAt.toISOString(),
    endsAt: hold.endsAt.toISOString(),
    decision: { outcome: hold.decision.outcome, sentence: hold.decision.sentence },
    price: viewSlotPrice(hold),
  }
}

/** What booking the time with the hold costs, in the shape of a session's price. */
function viewSlotPrice({ price, startsAt }: PlacedHold) {
  const { amountMinor, currency, lines, depositMinor } = price
  return {
    ...{ amountMinor, currency, lines, depositMinor },
    balanceMinor: depositMinor === null ? 0 : amountMinor - depositMinor,
    balanceDueAt: depositMinor === null ? null : startsAt.toISOString(),
    phase: null,
    phases: [],
  }
}

async function placeOnSeats(ctx: TenantRequest, input: Extract<HoldInput, { sessionId: string }>) {
  const { sessionId, seats, mode } = input
  const who = visitor(ctx, input)
  const hold = await withOtherSessions(ctx, input, () =>
    command(ctx, command => holdSeats(command, { sessionId, seats, mode, ...who }), {
      actor: lookingActor(ctx),
      first: lockOfNewHold(ctx.tenant.id, sessionId, who.visitorHash),
    }),
  )
  const { session, decision, price } = hold
  return {
    hold: holdToken(ctx.house.secrets, ctx.tenant.id, hold.id),
    expiresAt: hold.expiresAt.toISOString(),
    coachId: session.coaches[0]!.id,
    startsAt: session.dates[0]!.startsAt.toISOString(),
    endsAt: session.dates.at(-1)!.endsAt.toISOString(),
    decision: { outcome: decision.outcome, sentence: decision.sentence },
    /** What booking these seats with the hold costs at most. */
    price: viewPrice(session, price),
  }
}

function visitor(ctx: TenantRequest, { invite, timeZone }: Pick<HoldInput, 'invite' | 'timeZone'>) {
  return {
    // Without our cookie nobody can be recognised: each such hold is a visitor of its own.
    visitorHash: visitorHash(ctx) ?? randomUUID(),
    addressHash: addressHash(ctx),
    invitedBy: invitedBy(ctx, invite),
    timeZone,
  }
}
