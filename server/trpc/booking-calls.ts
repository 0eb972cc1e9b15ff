import { z } from 'zod'
import { lockOfBooking, lockOfOffer } from '#server/domain/availability/lock.ts'
import { type Book, type Booked, book, callerOf } from '#server/domain/booking/book.ts'
import { foresee } from '#server/domain/booking/foresee.ts'
import { readHoldToken } from '#server/domain/booking/manage-token.ts'
import { reschedule } from '#server/domain/booking/reschedule.ts'
import { getBooking, getBookingAsClient } from '#server/domain/booking/view.ts'
import type { Actor, Command } from '#server/domain/command.ts'
import { once } from '#server/domain/idempotency.ts'
import { type BookSeats, bookSeats, foreseeSeats } from '#server/domain/sessions/book-seats.ts'
import { lockOfSeats } from '#server/domain/sessions/lock-seats.ts'
import { moveSeats } from '#server/domain/sessions/move-seats.ts'
import { type BookingHandle, findHandled, manageUrlOf, presentBooking } from './booking-handle.ts'
import { actorOf, command, query, type TenantRequest } from './context.ts'
import { email, idempotencyKey, instant, text, timeZone } from './inputs.ts'
import { keepingRefused } from './keep-refused.ts'
import { inSingleFile } from './single-file.ts'
import { bookingActor, invitedBy, slotViewer, visitorHash } from './visitor.ts'
import { slotOrSeats, whatToBook } from './what-to-book.ts'
import { withAlternatives, withOtherSessions } from './with-alternatives.ts'

export const bookInput = z
  .object({
    ...whatToBook,
    guests: z.array(text(120, 1)).max(99).optional(),
    /** Second and third choice of a slot, in order: kept where it becomes a request. */
    alternatives: z.array(instant).max(2).optional(),
    hold: text(100).optional(),
    client: z.object({ name: text(120, 1), email, timeZone: timeZone.optional() }),
    notes: text(4000).default(''),
    /** The price that was shown, minor units: 409 `PRICE_CHANGED` instead of a booking that costs more. */
    shownPriceMinor: z.int().min(0).optional(),
    idempotencyKey,
  })
  .transform(slotOrSeats)

type BookInput = z.output<typeof bookInput>
type Procedure = 'bookings.book' | 'bookings.bookFor'

/** Books a slot or seats for a client, as the client or for one as staff. */
export async function bookAs(ctx: TenantRequest, input: BookInput, procedure: Procedure) {
  const { house, tenant } = ctx
  const { client, hold, idempotencyKey: key } = input
  const isFor = procedure === 'bookings.bookFor'
  const actor = isFor ? actorOf(ctx.viewer) : bookingActor(ctx, client.email)
  if (!isFor) {
    const offer = input.sessionId ?? input.offer
    await house.limits.consume('booking', tenant.id, { address: ctx.address, client: client.email, offer })
  }
  const common = {
    client: { ...client, timeZone: client.timeZone ?? tenant.timeZone },
    notes: input.notes,
    hold: {
      holdId: hold ? readHoldToken(house.secrets, tenant.id, hold) : null,
      visitorHash: visitorHash(ctx),
    },
    invitedBy: invitedBy(ctx, input.invite),
    timeZone: client.timeZone,
    shownPriceMinor: input.shownPriceMinor,
    idempotency: { procedure, key, body: input },
  }
  const booked = await keepingRefused(ctx, actor, () =>
    input.sessionId === undefined
      ? bookSlotAs(ctx, actor, { ...common, ...pickSlot(input) }, input.invite)
      : bookSeatsAs(ctx, actor, { ...common, ...pickSeats(input) }, input.invite),
  )
  const view = await query(ctx, query =>
    isFor ? getBooking(query, booked.id) : getBookingAsClient(query, booked.id),
  )
  return answerOf(booked, presentBooking(ctx, view, actor), manageUrlOf(ctx, view))
}

function pickSlot({ offer, coachId, startsAt, alternatives }: Extract<BookInput, { sessionId?: undefined }>) {
  return { offer, coachId, startsAt, alternatives }
}

function pickSeats({ sessionId, seats, mode, guests = [] }: Extract<BookInput, { sessionId: string }>) {
  return { sessionId, seats, mode, guests }
}

/** In single file with all who want this offer. */
async function bookSlotAs(ctx: TenantRequest, actor: Actor, attempt: Book, invite: string | undefined) {
  const { tenant } = ctx
  // A hold may be on another coach's calendar, and ends with the booking: then all of the offer's are locked.
  const coachId = attempt.hold.holdId || attempt.hold.visitorHash ? undefined : attempt.coachId
  const first = lockOfOffer(tenant.id, attempt.offer, coachId)
  return inSingleFile(`${tenant.id}/${attempt.offer}`, async hasWaited => {
    if (hasWaited && actor.as !== 'member') await foreseeAs(ctx, actor, attempt, invite)
    return withAlternatives(ctx, { ...attempt, invite }, () =>
      command(ctx, command => book(command, attempt), { actor, first }),
    )
  })
}

/** In single file with all who want seats of this session. */
function bookSeatsAs(ctx: TenantRequest, actor: Actor, attempt: BookSeats, invite: string | undefined) {
  const { sessionId, hold } = attempt
  const first = lockOfSeats(ctx.tenant.id, sessionId, hold)
  return inSingleFile(`${ctx.tenant.id}/${sessionId}`, hasWaited =>
    withOtherSessions(ctx, { ...attempt, invite }, async () => {
      if (hasWaited)
        await query(ctx, query => foreseeSeats({ ...query, kind: ctx.house.kind }, attempt), actor)
      return command(ctx, command => bookSeats(command, attempt), { actor, first })
    }),
  )
}

function foreseeAs(ctx: TenantRequest, actor: Actor, attempt: Book, invite: string | undefined) {
  const { calendars, kind } = ctx.house
  const viewer = { ...slotViewer(ctx, invite, attempt.timeZone), proven: actor.as === 'client' }
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

interface ChangeOfBooking extends BookingHandle {
  /** Of a move: to whom, or to which session. */
  coachId?: string | undefined
  sessionId?: string | undefined
}

/** Runs a command on one booking under the lock of its coaches or seats, once for an idempotency key, and shows what became of it. */
export async function change<I extends ChangeOfBooking, R>(
  ctx: TenantRequest,
  input: I,
  procedure: string,
  work: (command: Command, input: I & { id: string }) => Promise<R>,
) {
  const { id, actor } = await findHandled(ctx, input)
  const repeatable = { procedure, caller: `booking:${id}`, key: input.idempotencyKey, body: input }
  const first = lockOfBooking(ctx.tenant.id, id, input)
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

interface Reschedule extends ChangeOfBooking {
  startsAt?: Date | undefined
  agreedFeeMinor?: number | undefined
}

/** Moves a booking to another time, or its seats to another session. */
export async function rescheduleAs(ctx: TenantRequest, input: Reschedule) {
  const { id, actor } = await findHandled(ctx, input)
  const { offer, coach, seats } = await query(ctx, query => getBooking(query, id), actor)
  const { sessionId, agreedFeeMinor } = input
  if (sessionId !== undefined) {
    return withOtherSessions(ctx, { sessionId, seats }, () =>
      change(ctx, input, 'bookings.reschedule', (command, { id }) =>
        moveSeats(command, { id, sessionId, agreedFeeMinor }),
      ),
    )
  }
  const wanted = { offer: offer.id, coachId: input.coachId ?? coach.id, startsAt: input.startsAt! }
  return withAlternatives(ctx, wanted, () =>
    change(ctx, input, 'bookings.reschedule', (command, { id }) =>
      reschedule(command, { ...wanted, id, agreedFeeMinor }),
    ),
  )
}
