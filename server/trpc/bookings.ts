import { z } from 'zod'
import { lockOfBooking, lockOfOffer } from '#server/domain/availability/lock.ts'
import { approve } from '#server/domain/booking/approve.ts'
import { markAttendance } from '#server/domain/booking/attendance.ts'
import { type Book, type Booked, book, callerOf } from '#server/domain/booking/book.ts'
import { calendarFile } from '#server/domain/booking/calendar-file.ts'
import { cancel } from '#server/domain/booking/cancel.ts'
import { decline } from '#server/domain/booking/decline.ts'
import { giveFeedback } from '#server/domain/booking/feedback.ts'
import { foresee } from '#server/domain/booking/foresee.ts'
import { listBookings, listRequests } from '#server/domain/booking/list-bookings.ts'
import { readHoldToken } from '#server/domain/booking/manage-token.ts'
import { withdrawMove } from '#server/domain/booking/moves.ts'
import { saveNotes } from '#server/domain/booking/notes.ts'
import { reschedule } from '#server/domain/booking/reschedule.ts'
import { bookingTimeline } from '#server/domain/booking/timeline.ts'
import { undo } from '#server/domain/booking/undo.ts'
import { getBooking, getBookingAsClient } from '#server/domain/booking/view.ts'
import type { Actor, Command } from '#server/domain/command.ts'
import { once } from '#server/domain/idempotency.ts'
import { memberProcedure, publicProcedure, router, signedInProcedure } from './base.ts'
import {
  type BookingHandle,
  bookingHandle,
  findHandled,
  manageUrlOf,
  presentBooking,
} from './booking-handle.ts'
import { actorOf, command, query, type TenantRequest } from './context.ts'
import { email, id, idempotencyKey, instant, slugOrId, text, timeZone } from './inputs.ts'
import { inSingleFile } from './single-file.ts'
import { bookingActor, invitedBy, slotViewer, visitorHash } from './visitor.ts'
import { withAlternatives } from './with-alternatives.ts'

const bookInput = z.object({
  offer: slugOrId,
  coachId: id.optional(),
  startsAt: instant,
  hold: text(100).optional(),
  invite: text(200).optional(),
  client: z.object({ name: text(120, 1), email, timeZone: timeZone.optional() }),
  notes: text(4000).default(''),
  idempotencyKey,
})

const status = z.enum(['REQUESTED', 'FIRM_BOOKED', 'CONFIRMED', 'DECLINED', 'CANCELLED'])
const bookingType = z
  .enum(['FIRM_BOOKED', 'REQUESTED', 'firm', 'request'])
  .transform(type => (type === 'firm' ? 'FIRM_BOOKED' : type === 'request' ? 'REQUESTED' : type))
const reason = text(1000)
/** Why a request is declined by itself. */
const SYSTEM_CODES = new Set(['approval_timeout', 'competing_request'])
const handle = bookingHandle.shape
const answering = memberProcedure('bookings.answerOwn')

export const bookings = router({
  /** Books a slot, firm or as a request as the rules decide: see `book`. A member books as a client here. */
  book: publicProcedure.input(bookInput).mutation(({ ctx, input }) => bookAs(ctx, input, 'bookings.book')),

  /** The coach's side books for a client: confirmed at once, whatever the approval rules say; limits and hours only warn. */
  bookFor: answering.input(bookInput).mutation(({ ctx, input }) => bookAs(ctx, input, 'bookings.bookFor')),

  /** One booking, by id for those signed in, by the token of its manage address for its client. */
  get: publicProcedure.input(bookingHandle).query(async ({ ctx, input }) => {
    const { id, actor } = await findHandled(ctx, input)
    return presentBooking(ctx, await query(ctx, query => getBooking(query, id), actor), actor)
  }),

  /** A confirmed booking as an iCalendar file. */
  calendarFile: publicProcedure.input(bookingHandle).query(async ({ ctx, input }) => {
    const { house, tenant } = ctx
    const { id, actor } = await findHandled(ctx, input)
    const organizer = { name: tenant.name, email: house.env.mailFrom }
    const { manageVersion } = await query(ctx, query => getBooking(query, id), actor)
    const url =
      actor.as === 'member'
        ? house.urls.tenant(tenant.host, `/admin/bookings/${id}`)
        : manageUrlOf(ctx, { id, manageVersion })
    return query(ctx, query => calendarFile(query, { id, url, organizer }), actor)
  }),

  /** Bookings by start, the latest first or the soonest: staff see those their role covers, a client the own ones. */
  list: signedInProcedure
    .input(
      z
        .object({
          status: z.array(status).max(5),
          bookingType,
          from: instant,
          to: instant,
          coachId: id,
          query: text(120),
          cursor: z.string().max(80).nullable(),
          order: z.enum(['latest', 'soonest']),
          limit: z.number().int().min(1).max(100).default(50),
        })
        .partial({
          status: true,
          bookingType: true,
          from: true,
          to: true,
          coachId: true,
          query: true,
          cursor: true,
          order: true,
        })
        .default({ limit: 50 }),
    )
    .query(async ({ ctx, input }) => {
      const asked = { ...input, text: input.query, cursor: input.cursor ?? undefined }
      const page = await query(ctx, query => listBookings(query, asked))
      return {
        ...page,
        bookings: page.bookings.map(booking => presentBooking(ctx, booking, actorOf(ctx.viewer))),
      }
    }),

  /** What waits for an answer, the most urgent first. */
  requests: memberProcedure('bookings.seeOwn')
    .input(z.object({ coachId: id.optional() }).default({}))
    .query(async ({ ctx, input }) => {
      const { bookings, count } = await query(ctx, query => listRequests(query, input))
      return { bookings: bookings.map(booking => presentBooking(ctx, booking, actorOf(ctx.viewer))), count }
    }),

  /** The coach's yes to a request, or to a move that waits. `startsAt` is the time the coach saw: 409 `CHANGED` if it is another by now. */
  approve: answering
    .input(z.object({ id, startsAt: instant.optional(), idempotencyKey: idempotencyKey.optional() }))
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.approve', approve)),

  /** The coach's no, with a reason for the client. `code` is one of the common reasons. */
  decline: answering
    .input(
      z.object({
        id,
        reason: text(1000, 1),
        code: z
          .string()
          .regex(/^[a-z_]{1,40}$/)
          .refine(code => !SYSTEM_CODES.has(code), 'is for what Rapport declines by itself')
          .default('other'),
        startsAt: instant.optional(),
        idempotencyKey: idempotencyKey.optional(),
      }),
    )
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.decline', decline)),

  /** Either side cancels; a client's open request is withdrawn. */
  cancel: publicProcedure
    .input(bookingHandle.safeExtend({ reason: reason.optional() }))
    .mutation(({ ctx, input }) =>
      change(ctx, input, 'bookings.cancel', (command, { id }) =>
        cancel(command, { id, reason: input.reason || null }),
      ),
    ),

  /** Another time, by the rules of a new booking; `outcome` says whether it moved or waits for the coach. */
  reschedule: publicProcedure
    .input(
      bookingHandle.safeExtend({
        startsAt: instant,
        coachId: id.optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { id, actor } = await findHandled(ctx, input)
      const { offer, coach } = await query(ctx, query => getBooking(query, id), actor)
      const wanted = { offer: offer.id, coachId: input.coachId ?? coach.id, startsAt: input.startsAt }
      const { result, booking } = await withAlternatives(ctx, wanted, () =>
        change(ctx, input, 'bookings.reschedule', (command, { id }) =>
          reschedule(command, { ...wanted, id }),
        ),
      )
      return { ...result, booking }
    }),

  /** The client takes back a move that waits for the coach. */
  withdrawMove: publicProcedure
    .input(bookingHandle)
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.withdrawMove', withdrawMove)),

  /** Takes back one's own decline or cancellation within ten minutes. */
  undo: publicProcedure
    .input(bookingHandle)
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.undo', undo)),

  saveNotes: publicProcedure
    .input(
      bookingHandle.safeExtend({ clientNotes: text(4000).optional(), coachNotes: text(10_000).optional() }),
    )
    .mutation(({ ctx, input }) =>
      change(ctx, input, 'bookings.saveNotes', (command, { id }) => saveNotes(command, { ...input, id })),
    ),

  markAttendance: answering
    .input(z.object({ id, attendance: z.enum(['attended', 'no_show']).nullable() }))
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.markAttendance', markAttendance)),

  /** The client's answer to the question after the session, 1 to 5 and a text. */
  giveFeedback: publicProcedure
    .input(
      bookingHandle.safeExtend({ rating: z.number().int().min(1).max(5), comment: text(4000).default('') }),
    )
    .mutation(({ ctx, input }) =>
      change(ctx, input, 'bookings.giveFeedback', (command, { id }) =>
        giveFeedback(command, { ...input, id }),
      ),
    ),

  /** What happened to a booking, what was sent, how its workflow stands and why it was decided so (055, 061, 198–206). */
  timeline: memberProcedure('bookings.seeOwn')
    .input(z.object({ id: handle.id.unwrap() }))
    .query(({ ctx, input }) => query(ctx, query => bookingTimeline(query, input.id))),
})

async function bookAs(
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
async function change<I extends BookingHandle & { idempotencyKey?: string | undefined }, R>(
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
