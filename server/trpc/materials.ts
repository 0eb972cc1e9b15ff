import { z } from 'zod'
import { addMaterial } from '#server/domain/materials/add-material.ts'
import { changeMaterial, removeMaterial } from '#server/domain/materials/change-material.ts'
import { listMaterials } from '#server/domain/materials/list-materials.ts'
import { memberProcedure, publicProcedure, router } from './base.ts'
import { bookingHandle, findHandled } from './booking-handle.ts'
import { actorOf, command, query } from './context.ts'
import { id, idempotencyKey, instant, text } from './inputs.ts'
import { findPlace, oneOfBoth, place } from './place.ts'
import { plain } from './plain.ts'

const phase = z.enum(['before', 'after', 'shared', 'recording'])
const format = z.enum(['video', 'audio', 'link'])
const link = z.url({ protocol: /^https$/, error: 'must be a link that begins with https://' }).max(2000)
const title = text(200, 1)
const source = { url: link.optional(), fileId: id.optional() }

export const materials = router({
  /** A session's materials: all of them for staff; for a participant those released, and of the others title and date. */
  list: publicProcedure.input(place.refine(...oneOfBoth)).query(async ({ ctx, input }) => {
    const { place, actor } = await findPlace(ctx, input)
    return { materials: plain(await query(ctx, asked => listMaterials(asked, place), actor)) }
  }),

  /**
   * Adds a link, or a file that was sent to `/files` before. Participants add to the phase `shared`, by `handle`.
   * 409 `NOT_SHARED`, `SESSION_CANCELLED`, `MATERIALS_FULL`; 400 `FILE_MISSING`.
   */
  add: publicProcedure
    .input(
      place
        .extend({
          ...source,
          phase,
          title,
          releaseAt: instant.nullable().optional(),
          format: format.optional(),
          allOfSchedule: z.boolean().default(false),
          idempotencyKey: idempotencyKey.optional(),
        })
        .refine(...oneOfBoth)
        .refine(({ url, fileId }) => (url === undefined) !== (fileId === undefined), {
          message: 'give either `url` or `fileId`',
          path: ['url'],
        }),
    )
    .mutation(async ({ ctx, input }) => {
      const { place, actor } = await findPlace(ctx, input)
      const { handle: _handle, sessionId: _sessionId, url, fileId, releaseAt, format, ...rest } = input
      const source = url === undefined ? { fileId: fileId! } : { url }
      const material = { ...rest, place, source, releaseAt: releaseAt ?? null, format: format ?? null }
      const { ids } = await command(ctx, asked => addMaterial(asked, material), { actor })
      return { id: ids[0]!, ids }
    }),

  /** Changes title, date, link or file; `releaseAt` null lets it come out as its phase says. */
  update: memberProcedure('bookings.answerOwn')
    .input(
      z
        .object({
          ...source,
          id,
          title: title.optional(),
          releaseAt: instant.nullable().optional(),
          format: format.optional(),
        })
        .refine(({ url, fileId }) => url === undefined || fileId === undefined, {
          message: 'give either `url` or `fileId`',
          path: ['url'],
        }),
    )
    .mutation(async ({ ctx, input }) => {
      const { url, fileId, ...rest } = input
      const source = url !== undefined ? { url } : fileId !== undefined ? { fileId } : undefined
      await command(ctx, asked => changeMaterial(asked, { ...rest, source }))
      return {}
    }),

  /** Takes a material away: staff any of a session they lead, a participant what they shared, by `handle` unless signed in. */
  remove: publicProcedure
    .input(z.object({ id, handle: bookingHandle.optional() }))
    .mutation(async ({ ctx, input }) => {
      const actor = input.handle ? (await findHandled(ctx, input.handle)).actor : actorOf(ctx.viewer)
      await command(ctx, asked => removeMaterial(asked, input), { actor })
      return {}
    }),
})
