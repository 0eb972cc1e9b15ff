import { z } from 'zod'
import { notFound } from '#server/domain/refusal.ts'
import { apexProcedure, router } from './base.ts'

const MOST = 200

/** The mails a trial keeps instead of sending them: read on this machine only, on the apex host. */
const mailboxProcedure = apexProcedure.use(({ ctx, next }) => {
  const kept = ctx.house.plugins.keptMails
  if (!kept || !ctx.fromThisMachine) throw notFound('page')
  return next({ ctx: { ...ctx, kept } })
})

export const mailbox = router({
  /** The newest 200, newest first. */
  list: mailboxProcedure.query(async ({ ctx }) => {
    const mails = await ctx.kept.list(MOST)
    return { mails: mails.map(({ at, ...mail }) => ({ ...mail, at: at.toISOString() })) }
  }),

  /** One in full; its HTML is for a sandbox that runs no script. */
  get: mailboxProcedure.input(z.object({ id: z.string().max(64) })).query(async ({ ctx, input }) => {
    const mail = await ctx.kept.get(input.id)
    if (!mail) throw notFound('mail')
    const { at, calendar, ...rest } = mail
    return { ...rest, at: at.toISOString(), ics: calendar }
  }),
})
