import { z } from 'zod'
import { lockOfBooking, lockOfOffer } from '#server/domain/availability/lock.ts'
import { type Book, type Booked, book, callerOf } from '#server/domain/booking/book.ts'
import { foresee } from '#server/domain/booking/foresee.ts'
import { readHoldToken } from '#server/domain/booking/manage-token.ts'
import { getBooking, getBookingAsClient } from '#server/domain/booking/view.ts'
import type { Actor, Command } from '#server/domain/command.ts'
import { once } from '#server/domain/idempotency.ts'
import { type BookingHandle, findHandled, manageUrlOf, presentBooking } from './booking-handle.ts'
import { actorOf, command, query, type TenantRequest } from './context.ts'
import { email, id, idempotencyKey, instant, slugOrId, text, timeZone } from './inputs.ts'
import { inSingleFile } from './single-file.ts'
import { bookingActor, invitedBy, slotViewer, visitorHash } from './visitor.ts'
import { withAlternatives } from './with-alternatives.ts'

export const bookInput = z.object({
  offer: slugOrId,
  coachId: id.optional(),
  startsAt: instant,
  hold: text(100).optional(),
  invite: text(200).optional(),
  client: z.object({ name: text(120, 1), email, timeZone: timeZone.optional() }),
  notes: text(4000).default(''),
  idempotencyKey,
})

/** Books for a client, as the client or for one as staff, in single file with all who want this offer. */
export async function bookAs(
  ctx: TenantRequest,
  input: z.infer<typeof bookInput>,
  procedure: 'bookings.book' | 'bookings.bookFor',
) {
  const { house, tenant } = ctx
  const { client, hold, idempotencyKey: key } = input
  const isFor = procedure === 'bookings.bookFor'
  const actor = isFor ? actorOf(ctx.viewer) : bookingActor(ctx, client.email)
  if (!isFor)
    await house.limits.consume('booking', tenant.id, {
      address: ctx.address,
      client: client.email,
      offer: input.offer,
    })
  const attempt: Book = {
    ...input,
    client: { ...client, timeZone: client.timeZone ?? tenant.timeZone },
    hold: {
      holdId: hold ? readHoldToken(house.secrets, tenant.id, hold) : null,
      visitorHash: visitorHash(ctx),
    },
    invitedBy: invitedBy(ctx, input.invite),
    idempotency: { procedure, key, body: input },
  }
  // A hold may be on another coach's calendar, and ends with the booking: then all of the offer's are locked.
  const coachId = attempt.hold.holdId || attempt.hold.visitorHash ? undefined : input.coachId
  const first = lockOfOffer(tenant.id, input.offer, coachId)
  const booked = await inSingleFile(`${tenant.id}/${input.offer}`, async hasWaited => {
    if (hasWaited && !isFor) await foreseeAs(ctx, actor, attempt, input.invite)
    return withAlternatives(ctx, input, () =>
      command(ctx, command => book(command, attempt), { actor, first }),
    )
  })
  const view = await query(ctx, query =>
    isFor ? getBooking(query, booked.id) : getBookingAsClient(query, booked.id),
  )
  return answerOf(booked, presentBooking(ctx, view, actor), manageUrlOf(ctx, view))
}

function foreseeAs(ctx: TenantRequest, actor: Actor, attempt: Book, invite: string | undefined) {
  const { calendars, kind } = ctx.house
  const viewer = { ...slotViewer(ctx, invite), proven: actor.as === 'client' }
  const caller = callerOf(actor, attempt)
  return query(ctx, query => foresee({ ...query, kind }, calendars, viewer, { ...attempt, caller }), actor)
}

function answerOf(
  { id, status, bookingType }: Booked,
  booking: ReturnType<typeof presentBooking>,
  manageUrl: string,
) {
  return { id, status, bookingType, decision: booking.decision, manageUrl, booking }
}

/** Runs a command on one booking under the lock of its coaches, once for an idempotency key, and shows what became of it. */
export async function change<I extends BookingHandle & { idempotencyKey?: string | undefined }, R>(
  ctx: TenantRequest,
  input: I,
  procedure: string,
  work: (command: Command, input: I & { id: string }) => Promise<R>,
) {
  const { id, actor } = await findHandled(ctx, input)
  const repeatable = { procedure, caller: `booking:${id}`, key: input.idempotencyKey, body: input }
  const first = lockOfBooking(
    ctx.tenant.id,
    id,
    'coachId' in input ? (input.coachId as string | undefined) : undefined,
  )
  const result = await command(
    ctx,
    command => once(command, repeatable, async () => (await work(command, { ...input, id })) ?? null),
    { actor, first },
  )
  return {
    result,
    booking: presentBooking(ctx, await query(ctx, query => getBooking(query, id), actor), actor),
  }
}
