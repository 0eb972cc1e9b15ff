import { z } from 'zod'
import { findStanding } from '#server/domain/participation/standing.ts'
import { createPost } from '#server/domain/posts/create-post.ts'
import { listPosts } from '#server/domain/posts/list-posts.ts'
import { removePost } from '#server/domain/posts/remove-post.ts'
import { publicProcedure, router } from './base.ts'
import { bookingHandle, findHandled } from './booking-handle.ts'
import { actorOf, command, query } from './context.ts'
import { id, idempotencyKey, text } from './inputs.ts'
import { findPlace, oneOfBoth, place } from './place.ts'
import { plain } from './plain.ts'

export const posts = router({
  /** The chat and the updates of a session, newest first, 50 at a time; `before` is an earlier answer's `nextBefore`. */
  list: publicProcedure
    .input(place.extend({ before: id.optional() }).refine(...oneOfBoth))
    .query(async ({ ctx, input }) => {
      const { place, actor } = await findPlace(ctx, input)
      const page = await query(
        ctx,
        async asked => {
          const standing = await findStanding(asked, place, 'bookings.see')
          return listPosts(asked, { ...standing, before: input.before })
        },
        actor,
      )
      return plain(page)
    }),

  /**
   * Posts plain text into the chat; `isUpdate` is for staff, and goes to all participants by mail as well. 409
   * `NO_CHAT`, `SESSION_CANCELLED`; 429 for who posts too fast.
   */
  create: publicProcedure
    .input(
      place
        .extend({
          text: text(4000, 1),
          isUpdate: z.boolean().default(false),
          idempotencyKey: idempotencyKey.optional(),
        })
        .refine(...oneOfBoth),
    )
    .mutation(async ({ ctx, input }) => {
      const { place, actor } = await findPlace(ctx, input)
      const client = 'personId' in actor ? actor.personId : undefined
      await ctx.house.limits.consume('post', ctx.tenant.id, {
        address: ctx.address,
        ...(client && { client }),
      })
      const { text, isUpdate, idempotencyKey } = input
      return command(ctx, asked => createPost(asked, { place, text, isUpdate, idempotencyKey }), { actor })
    }),

  /** Takes a post away: one's own, named with `handle` unless signed in, or any of a session one leads. */
  remove: publicProcedure
    .input(z.object({ id, handle: bookingHandle.optional() }))
    .mutation(async ({ ctx, input }) => {
      const actor = input.handle ? (await findHandled(ctx, input.handle)).actor : actorOf(ctx.viewer)
      await command(ctx, asked => removePost(asked, input), { actor })
      return {}
    }),
})
