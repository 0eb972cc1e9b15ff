import { z } from 'zod'
import { cancellationBeforeBooking } from '#server/domain/cancellation/before-booking.ts'
import { createOffer } from '#server/domain/offers/create-offer.ts'
import {
  getOffer,
  listManagedOffers,
  listOffers,
  type OfferQuery,
} from '#server/domain/offers/read-offers.ts'
import { reorderOffers } from '#server/domain/offers/reorder-offers.ts'
import { updateOffer } from '#server/domain/offers/update-offer.ts'
import { memberProcedure, publicProcedure, router } from './base.ts'
import { command, query, type TenantRequest } from './context.ts'
import { id, instant, slug, slugOrId, text } from './inputs.ts'
import { plain } from './plain.ts'
import { slotViewer } from './visitor.ts'

const whole = (least: number, most: number) => z.int().min(least).max(most)

const fields = z.object({
  title: text(120, 1),
  slug: slug.optional(),
  description: text(4000),
  location: text(300),
  kind: text(60, 1),
  /** The kind's own settings, see `offers.kinds`. */
  kindSettings: z.record(z.string().max(60), z.unknown()).optional(),
  /** What new sessions start out with, for kinds that have sessions: each field that isn't named stays. */
  terms: z.record(z.string().max(60), z.unknown()).optional(),
  durationMinutes: whole(5, 720),
  stepMinutes: whole(5, 240),
  bufferMinutes: whole(0, 240),
  noticeMinutes: whole(0, 43_200),
  horizonDays: whole(1, 730).nullable(),
  priceMinor: whole(0, 100_000_000),
  listing: z.enum(['public', 'unlisted']),
  active: z.boolean(),
  coachIds: z.array(id).max(50),
})

const newOffer = fields.extend({
  description: fields.shape.description.default(''),
  location: fields.shape.location.default(''),
  bufferMinutes: fields.shape.bufferMinutes.default(0),
  noticeMinutes: fields.shape.noticeMinutes.default(0),
  horizonDays: fields.shape.horizonDays.default(null),
  priceMinor: fields.shape.priceMinor.default(0),
  listing: fields.shape.listing.default('public'),
  active: fields.shape.active.default(true),
})

export const changedOffer = fields.partial().extend({ id })

/** Reads offers, with the behaviour of their kinds at hand. */
function ask<T>(ctx: TenantRequest, work: (query: OfferQuery) => Promise<T>): Promise<T> {
  return query(ctx, query => work({ ...query, kind: ctx.house.kind }))
}

export const offers = router({
  /** What this business offers to the public, in its order. */
  list: publicProcedure.query(async ({ ctx }) => ({ offers: await ask(ctx, listOffers) })),

  /** One offer by slug or id, an unlisted one too; 404 where it isn't active. */
  get: publicProcedure
    .input(z.object({ offer: slugOrId }))
    .query(({ ctx, input }) => ask(ctx, asked => getOffer(asked, input))),

  /** What cancelling an offer would cost, before it is booked: in words, and for a slot or a session by when. */
  cancellation: publicProcedure
    .input(
      z.object({
        offer: slugOrId,
        startsAt: instant.optional(),
        sessionId: id.optional(),
        priceMinor: whole(0, 100_000_000).optional(),
        depositMinor: whole(0, 100_000_000).optional(),
        invite: text(200).optional(),
      }),
    )
    .query(({ ctx, input }) =>
      ask(ctx, asked => cancellationBeforeBooking(asked, slotViewer(ctx, input.invite), input)),
    ),

  /** The kinds an offer may be of, with the fields of their settings and the parts of their terms. */
  kinds: memberProcedure('bookings.seeOwn').query(({ ctx }) => ({ kinds: plain(ctx.house.kinds) })),

  manage: router({
    /** All offers with all their fields, inactive ones too. */
    list: memberProcedure('bookings.seeOwn').query(async ({ ctx }) => ({
      offers: await ask(ctx, listManagedOffers),
    })),

    /** Makes an offer; its slug comes from the title unless given. 409 `SLUG_TAKEN`, 400 with the fields of terms at fault. */
    create: memberProcedure('offers.edit')
      .input(newOffer)
      .mutation(({ ctx, input }) => command(ctx, asked => createOffer(asked, input))),

    /** Changes what is given; slots change at once. */
    update: memberProcedure('offers.edit')
      .input(changedOffer)
      .mutation(({ ctx, input }) => command(ctx, asked => updateOffer(asked, input))),

    /** Puts the offers in this order. */
    reorder: memberProcedure('offers.edit')
      .input(z.object({ ids: z.array(id).max(1000) }))
      .mutation(async ({ ctx, input }) => {
        await command(ctx, asked => reorderOffers(asked, input))
        return {}
      }),
  }),
})
