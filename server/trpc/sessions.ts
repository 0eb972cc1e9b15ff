import { z } from 'zod'
import { getSession } from '#server/domain/sessions/get-session.ts'
import { listSessions } from '#server/domain/sessions/list-sessions.ts'
import { nextSessions } from '#server/domain/sessions/next-sessions.ts'
import { quote } from '#server/domain/sessions/quote.ts'
import { publicProcedure, router } from './base.ts'
import { query } from './context.ts'
import { id, instant, seatMode, seats, slugOrId, text, timeZone } from './inputs.ts'
import { participation } from './participation.ts'
import { sessionManagement } from './session-management.ts'
import { slotViewer } from './visitor.ts'

/** Who looks: by a personal link, from a zone. */
const looking = { invite: text(200).optional(), timeZone: timeZone.optional() }

export const sessions = router({
  ...participation,

  manage: sessionManagement,

  /** The sessions of an offer that this caller may see, by start (C35); now and the next 365 days unless told otherwise. */
  list: publicProcedure
    .input(z.object({ offer: slugOrId, from: instant.optional(), to: instant.optional(), ...looking }))
    .query(async ({ ctx, input }) => ({
      sessions: await query(ctx, asked =>
        listSessions(
          { ...asked, kind: ctx.house.kind },
          slotViewer(ctx, input.invite, input.timeZone),
          input,
        ),
      ),
      timeZone: ctx.tenant.timeZone,
    })),

  /** Of each listed offer that is booked by session, the next one with room, for the offers' cards. */
  next: publicProcedure.query(({ ctx }) =>
    query(ctx, asked => nextSessions({ ...asked, kind: ctx.house.kind }, slotViewer(ctx, undefined))),
  ),

  /** One session with its offer, also one that is in no list. 404 for one that this caller may not see. */
  get: publicProcedure
    .input(z.object({ session: id, ...looking }))
    .query(({ ctx, input }) =>
      query(ctx, asked =>
        getSession({ ...asked, kind: ctx.house.kind }, slotViewer(ctx, input.invite, input.timeZone), input),
      ),
    ),

  /** What so many seats would cost this caller now, in lines that explain it. */
  quote: publicProcedure
    .input(z.object({ session: id, seats, mode: seatMode.optional(), ...looking }))
    .query(({ ctx, input }) =>
      query(ctx, asked =>
        quote({ ...asked, kind: ctx.house.kind }, slotViewer(ctx, input.invite, input.timeZone), input),
      ),
    ),
})
