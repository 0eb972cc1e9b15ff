import { z } from 'zod'
import type { Actor } from '#server/domain/command.ts'
import type { Place } from '#server/domain/participation/standing.ts'
import { bookingHandle, findHandled } from './booking-handle.ts'
import { actorOf, type TenantRequest } from './context.ts'
import { id } from './inputs.ts'

/** Where: a participant names the booking by `handle`, staff name the session. */
export const place = z.object({ handle: bookingHandle.optional(), sessionId: id.optional() })
export const oneOfBoth = [
  ({ handle, sessionId }: z.infer<typeof place>) => (handle === undefined) !== (sessionId === undefined),
  { message: 'give either `handle` or `sessionId`', path: ['handle'] },
] satisfies Parameters<typeof place.refine>

/** The place in the domain's terms, and who acts there. */
export async function findPlace(
  ctx: TenantRequest,
  { handle, sessionId }: z.infer<typeof place>,
): Promise<{ place: Place; actor: Actor }> {
  if (!handle) return { place: { sessionId: sessionId! }, actor: actorOf(ctx.viewer) }
  const { id, actor } = await findHandled(ctx, handle)
  return { place: { bookingId: id }, actor }
}
