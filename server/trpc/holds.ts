import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { lockOfOffer } from '#server/domain/availability/lock.ts'
import { giveBackHold, placeHold } from '#server/domain/booking/holds.ts'
import { holdToken, readHoldToken } from '#server/domain/booking/manage-token.ts'
import { publicProcedure, router } from './base.ts'
import { command } from './context.ts'
import { id, instant, slugOrId, text } from './inputs.ts'
import { addressHash, invitedBy, lookingActor, visitorHash } from './visitor.ts'
import { withAlternatives } from './with-alternatives.ts'

export const holds = router({
  /** Sets a slot aside for ten minutes while the client types the details: see `placeHold`. */
  place: publicProcedure
    .input(
      z.object({ offer: slugOrId, coachId: id.optional(), startsAt: instant, invite: text(200).optional() }),
    )
    .mutation(async ({ ctx, input }) => {
      await ctx.house.limits.consume('hold', ctx.tenant.id, { address: ctx.address, offer: input.offer })
      const hold = await withAlternatives(ctx, input, () =>
        command(
          ctx,
          command =>
            placeHold(command, {
              ...input,
              // Without our cookie nobody can be recognised: each such hold is a visitor of its own.
              visitorHash: visitorHash(ctx) ?? randomUUID(),
              addressHash: addressHash(ctx),
              invitedBy: invitedBy(ctx, input.invite),
            }),
          {
            actor: lookingActor(ctx), // All of the offer's coaches: the visitor's earlier hold, which this one ends, may be with another.
            first: lockOfOffer(ctx.tenant.id, input.offer, undefined),
          },
        ),
      )
      return {
        hold: holdToken(ctx.house.secrets, ctx.tenant.id, hold.id),
        expiresAt: hold.expiresAt.toISOString(),
        coachId: hold.coachId,
        startsAt: hold.startsAt.toISOString(),
        endsAt: hold.endsAt.toISOString(),
        decision: { outcome: hold.decision.outcome, sentence: hold.decision.sentence },
      }
    }),

  /** Gives a hold back before it runs out. Unknown ones are nothing to complain about. */
  release: publicProcedure.input(z.object({ hold: text(100, 1) })).mutation(async ({ ctx, input }) => {
    const holdId = readHoldToken(ctx.house.secrets, ctx.tenant.id, input.hold)
    if (holdId) await command(ctx, command => giveBackHold(command, { holdId }), { actor: lookingActor(ctx) })
    return {}
  }),
})
