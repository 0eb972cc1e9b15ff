import { z } from 'zod'
import { literal } from '#server/db/in-tenant.ts'
import type { Command } from '#server/domain/command.ts'
import { once } from '#server/domain/idempotency.ts'
import { cancelSession } from '#server/domain/sessions/manage/cancel-session.ts'
import { createSession } from '#server/domain/sessions/manage/create-session.ts'
import { decideSession } from '#server/domain/sessions/manage/decide-session.ts'
import { getManagedSession } from '#server/domain/sessions/manage/get-managed.ts'
import { sessionHistory } from '#server/domain/sessions/manage/history.ts'
import { listManagedSessions } from '#server/domain/sessions/manage/list-managed.ts'
import { previewSessions } from '#server/domain/sessions/manage/preview.ts'
import { createSchedule, endSchedule } from '#server/domain/sessions/manage/schedule.ts'
import { setCapacity } from '#server/domain/sessions/manage/set-capacity.ts'
import { updateSession } from '#server/domain/sessions/manage/update-session.ts'
import { hashToken } from '#server/secrets.ts'
import { memberProcedure, router } from './base.ts'
import { command, query, type TenantRequest } from './context.ts'
import { id, idempotencyKey, instant, seatMode, text, timeZone } from './inputs.ts'

const seeing = memberProcedure('bookings.seeOwn')
const managing = memberProcedure('bookings.answerOwn')

const dates = z.array(z.object({ startsAt: instant, endsAt: instant.optional() })).max(100)
const listing = z.enum(['public', 'unlisted', 'connected', 'private'])
const coachIds = z.array(id).max(20)
/** Fields of the terms: each that isn't named stays. */
const terms = z.record(z.string().max(60), z.unknown())
const pattern = z.object({
  /** An RFC 5545 recurrence rule without its start. */
  pattern: text(500, 1),
  /** The first start on the wall clock of `timeZone`. */
  firstLocal: z
    .string()
    .regex(/^(19[7-9]\d|2[01]\d\d)-\d\d-\d\dT\d\d:\d\d$/, 'must be like 2027-03-08T18:00'),
  timeZone,
  durationMinutes: z.int().min(5).max(720),
})

/** Runs a command once for an idempotency key of this member; repeats at the same time wait for the first. */
function asOnce<R>(
  ctx: TenantRequest & { viewer: { personId: string } },
  procedure: string,
  input: { idempotencyKey: string },
  work: (command: Command) => Promise<R>,
): Promise<R> {
  const { idempotencyKey: key } = input
  const repeatable = { procedure, caller: `member:${ctx.viewer.personId}`, key, body: input }
  const first = `SELECT pg_advisory_xact_lock(hashtextextended(${literal(hashToken(`${ctx.tenant.id} ${key}`))}, 0))`
  return command(ctx, asked => once(asked, repeatable, () => work(asked)), { first })
}

/** Sessions with dates of their own, for the people who hold them: mounted as `sessions.manage`. */
export const sessionManagement = router({
  /** A page of those to come, or of those that are over. */
  list: seeing
    .input(
      z
        .object({
          from: instant.optional(),
          to: instant.optional(),
          offerId: id.optional(),
          coachId: id.optional(),
          past: z.boolean().default(false),
          cursor: z.string().max(80).nullable().optional(),
        })
        .default({ past: false }),
    )
    .query(({ ctx, input }) =>
      query(ctx, asked =>
        listManagedSessions(
          { ...asked, kind: ctx.house.kind },
          { ...input, cursor: input.cursor ?? undefined },
        ),
      ),
    ),

  /** One session with its terms, schedule, room and numbers. */
  get: seeing
    .input(z.object({ id }))
    .query(({ ctx, input }) =>
      query(ctx, asked => getManagedSession({ ...asked, kind: ctx.house.kind }, input)),
    ),

  /** What happened to it and to its bookings, the newest first. */
  history: seeing.input(z.object({ id })).query(async ({ ctx, input }) => ({
    entries: await query(ctx, asked => sessionHistory(asked, input)),
  })),

  /** The dates that would be made, or that a session would move to, each with what stands in its way. */
  preview: managing
    .input(
      z.object({
        offerId: id,
        coachIds,
        dates: dates.optional(),
        schedule: pattern.optional(),
        sessionId: id.optional(),
      }),
    )
    .query(async ({ ctx, input }) => ({
      dates: await query(ctx, asked => previewSessions({ ...asked, kind: ctx.house.kind }, input)),
    })),

  /** Makes one session, on one date or several. */
  create: managing
    .input(
      z.object({
        offerId: id,
        coachIds,
        dates,
        listing,
        terms: terms.optional(),
        timeZone: timeZone.optional(),
        idempotencyKey,
      }),
    )
    .mutation(({ ctx, input }) =>
      asOnce(ctx, 'sessions.manage.create', input, asked => createSession(asked, input)),
    ),

  /** Makes sessions by a pattern, twelve weeks ahead and on; says which dates were left out. */
  createSchedule: managing
    .input(pattern.extend({ offerId: id, coachIds, listing, terms: terms.optional(), idempotencyKey }))
    .mutation(({ ctx, input }) =>
      asOnce(ctx, 'sessions.manage.createSchedule', input, asked => createSchedule(asked, input)),
    ),

  /** No more sessions by this pattern; those there are stay. */
  endSchedule: managing.input(z.object({ scheduleId: id })).mutation(async ({ ctx, input }) => {
    await command(ctx, asked => endSchedule(asked, input))
    return {}
  }),

  /** Changes what is given; other dates move it, and everybody who takes part is told. */
  update: managing
    .input(
      z.object({
        id,
        listing: listing.optional(),
        coachIds: coachIds.optional(),
        terms: terms.optional(),
        dates: dates.optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await command(ctx, asked => updateSession(asked, input))
      return {}
    }),

  /** More seats, or fewer where they are free. */
  setCapacity: managing
    .input(z.object({ id, mode: seatMode.optional(), capacity: z.int().min(1).max(1000) }))
    .mutation(async ({ ctx, input }) => {
      await command(ctx, asked => setCapacity(asked, input))
      return {}
    }),

  /** Cancels it with all its bookings; the reason is for those who booked. */
  cancel: managing.input(z.object({ id, reason: text(1000).optional() })).mutation(async ({ ctx, input }) => {
    await command(ctx, asked => cancelSession(asked, { id: input.id, reason: input.reason || null }))
    return {}
  }),

  /** Says for certain that it takes place, or that it doesn't for want of participants. */
  decide: managing.input(z.object({ id, go: z.boolean() })).mutation(async ({ ctx, input }) => {
    await command(ctx, asked => decideSession(asked, input))
    return {}
  }),
})
