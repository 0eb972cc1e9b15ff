import { z } from 'zod'
import { manageToken, readManageToken } from '#server/domain/booking/manage-token.ts'
import type { BookingView } from '#server/domain/booking/view.ts'
import type { Actor } from '#server/domain/command.ts'
import { notFound } from '#server/domain/refusal.ts'
import { actorOf, query, type TenantRequest } from './context.ts'
import { id, text } from './inputs.ts'

/** How a caller names a booking: by id when signed in, by the token of its manage address otherwise. */
export const bookingHandle = z
  .object({ id: id.optional(), token: text(100).optional() })
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

/** A booking as the API shows it: with the addresses of its manage page and its calendar file. */
export function presentBooking({ house, tenant }: TenantRequest, view: BookingView) {
  const { manageVersion, ...booking } = view
  const token = manageToken(house.secrets, tenant.id, { id: view.id, manageVersion })
  const manageUrl = house.urls.tenant(tenant.host, `/b/${token}`)
  return { ...booking, manageUrl, calendar: { ...booking.calendar, ics: `${manageUrl}/calendar.ics` } }
}
