import { z } from 'zod'
import { manageToken, readManageToken } from '#server/domain/booking/manage-token.ts'
import type { BookingView } from '#server/domain/booking/view.ts'
import type { Actor } from '#server/domain/command.ts'
import { notFound } from '#server/domain/refusal.ts'
import { actorOf, query, type TenantRequest } from './context.ts'
import { id, idempotencyKey, text } from './inputs.ts'

/** How a caller names a booking: by id when signed in, by the token of its manage address otherwise. */
export const bookingHandle = z
  .object({
    id: id.optional(),
    token: text(100).optional(),
    /** For commands: a repeat with the same key gets the first answer. */
    idempotencyKey: idempotencyKey.optional(),
  })
  .refine(({ id, token }) => (id === undefined) !== (token === undefined), {
    message: 'give either `id` or `token`',
    path: ['id'],
  })

export type BookingHandle = z.infer<typeof bookingHandle>

/** The booking's id and who acts on it: with a token, its client. Refuses with 404 a token that isn't valid (any more). */
export async function findHandled(
  ctx: TenantRequest,
  { id, token }: BookingHandle,
): Promise<{ id: string; actor: Actor }> {
  if (token === undefined) return { id: id!, actor: actorOf(ctx.viewer) }
  const read = readManageToken(ctx.house.secrets, ctx.tenant.id, token)
  if (!read) throw notFound('booking')
  const booking = await query(ctx, ({ trx, tenantId }) =>
    trx
      .selectFrom('bookings')
      .select(['client_id', 'manage_version'])
      .where('tenant_id', '=', tenantId)
      .where('id', '=', read.id)
      .executeTakeFirst(),
  )
  if (booking?.manage_version !== read.manageVersion) throw notFound('booking')
  const isSignedIn = ctx.viewer?.personId === booking.client_id
  return { id: read.id, actor: { as: 'client', personId: booking.client_id, signedIn: isSignedIn } }
}

/**
 * A booking as the API shows it to `actor`. Its client also gets the addresses of the manage page and the calendar
 * file; staff don't, since who has them acts as the client.
 */
export function presentBooking(ctx: TenantRequest, view: BookingView, actor: Actor) {
  const { manageVersion, ...booking } = view
  const manageUrl = actor.as === 'member' ? null : manageUrlOf(ctx, { id: view.id, manageVersion })
  return {
    ...booking,
    session: presentSession(ctx, view, manageUrl),
    manageUrl,
    calendar: { ...booking.calendar, ics: manageUrl && `${manageUrl}/calendar.ics` },
  }
}

/** A booking's session with how it is met and, where that is online for this booking, our own address of the room. */
function presentSession(
  { house, tenant }: TenantRequest,
  { session: { terms, kindSettings, ...session }, offer, mode }: BookingView,
  manageUrl: string | null,
) {
  const kind = house.kind(offer.kind)
  const format = kind.format({ settings: kindSettings, terms })
  const isOnline = format !== 'in_person' && mode !== 'in_person'
  const entrance = manageUrl ?? house.urls.tenant(tenant.host, `/admin/sessions/${session.id}`)
  return { ...session, bookedBy: kind.bookedBy, format, joinUrl: isOnline ? `${entrance}/join` : null }
}

/** The address at which a client manages a booking without signing in. */
export function manageUrlOf(
  { house, tenant }: TenantRequest,
  booking: { id: string; manageVersion: number },
): string {
  return house.urls.tenant(tenant.host, `/b/${manageToken(house.secrets, tenant.id, booking)}`)
}
