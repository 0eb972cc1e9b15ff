import { z } from 'zod'
import { approve } from '#server/domain/booking/approve.ts'
import { markAttendance } from '#server/domain/booking/attendance.ts'
import { calendarFile } from '#server/domain/booking/calendar-file.ts'
import { cancel } from '#server/domain/booking/cancel.ts'
import { decline } from '#server/domain/booking/decline.ts'
import { giveFeedback } from '#server/domain/booking/feedback.ts'
import { listBookings, listRequests } from '#server/domain/booking/list-bookings.ts'
import { withdrawMove } from '#server/domain/booking/moves.ts'
import { saveNotes } from '#server/domain/booking/notes.ts'
import { bookingTimeline } from '#server/domain/booking/timeline.ts'
import { undo } from '#server/domain/booking/undo.ts'
import { getBooking } from '#server/domain/booking/view.ts'
import { waiveFee } from '#server/domain/booking/waive-fee.ts'
import { memberProcedure, publicProcedure, router, signedInProcedure } from './base.ts'
import { bookAs, bookInput, change, rescheduleAs } from './booking-calls.ts'
import { bookingHandle, findHandled, presentBooking } from './booking-handle.ts'
import { conversation } from './bookings-conversation.ts'
import { actorOf, query } from './context.ts'
import { declineCode, id, idempotencyKey, instant, text } from './inputs.ts'

const status = z.enum(['REQUESTED', 'FIRM_BOOKED', 'CONFIRMED', 'DECLINED', 'CANCELLED'])
const bookingType = z
  .enum(['FIRM_BOOKED', 'REQUESTED', 'firm', 'request'])
  .transform(type => (type === 'firm' ? 'FIRM_BOOKED' : type === 'request' ? 'REQUESTED' : type))
const reason = text(1000)
/** What the caller was told it costs, minor units. */
const agreedFee = z.int().min(0).optional()
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
    const { manageUrl, session } = presentBooking(
      ctx,
      await query(ctx, query => getBooking(query, id), actor),
      actor,
    )
    const url = manageUrl ?? house.urls.tenant(tenant.host, `/admin/bookings/${id}`)
    const { joinUrl } = session
    return query(ctx, query => calendarFile(query, { id, url, joinUrl, organizer }), actor)
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

  /**
   * The coach's yes to a request, or to a move that waits. `startsAt` is the time the coach saw: 409 `CHANGED` if it is
   * another by now. `proposalId` is the client's second or third choice, in place of the first.
   */
  approve: answering
    .input(
      z.object({
        id,
        startsAt: instant.optional(),
        proposalId: id.optional(),
        idempotencyKey: idempotencyKey.optional(),
      }),
    )
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.approve', approve)),

  /** The coach's no, with a reason for the client. `code` is one of the common reasons. */
  decline: answering
    .input(
      z.object({
        id,
        reason: text(1000, 1),
        code: declineCode.default('other'),
        startsAt: instant.optional(),
        idempotencyKey: idempotencyKey.optional(),
      }),
    )
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.decline', decline)),

  /** Either side cancels; a client's open request is withdrawn. `agreedFeeMinor`: 409 `FEE_CHANGED` if it costs more by now. */
  cancel: publicProcedure
    .input(bookingHandle.safeExtend({ reason: reason.optional(), agreedFeeMinor: agreedFee }))
    .mutation(({ ctx, input }) =>
      change(ctx, input, 'bookings.cancel', (command, { id }) =>
        cancel(command, { id, reason: input.reason || null, agreedFeeMinor: input.agreedFeeMinor }),
      ),
    ),

  /** The coach's side lets a client off what the booking owes. 409 `NO_FEE`. */
  waiveFee: answering
    .input(z.object({ id, reason: text(1000, 1), idempotencyKey: idempotencyKey.optional() }))
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.waiveFee', waiveFee)),

  /**
   * Another time, or another session of the same offer, by the rules of a new booking; `outcome` says whether it moved
   * or waits for the coach.
   */
  reschedule: publicProcedure
    .input(
      bookingHandle
        .safeExtend({
          startsAt: instant.optional(),
          coachId: id.optional(),
          sessionId: id.optional(),
          agreedFeeMinor: agreedFee,
        })
        .refine(({ startsAt, sessionId }) => (startsAt === undefined) !== (sessionId === undefined), {
          message: 'name a start, or else a session',
          path: ['startsAt'],
        }),
    )
    .mutation(async ({ ctx, input }) => {
      const { result, booking } = await rescheduleAs(ctx, input)
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

  ...conversation,

  /** What happened to a booking, what was sent, how its workflow stands and why it was decided so (055, 061, 198–206). */
  timeline: memberProcedure('bookings.seeOwn')
    .input(z.object({ id: handle.id.unwrap() }))
    .query(({ ctx, input }) => query(ctx, query => bookingTimeline(query, input.id))),
})
