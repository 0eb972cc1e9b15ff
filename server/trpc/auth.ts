import { z } from 'zod'
import type { Command } from '#server/domain/command.ts'
import { findPerson } from '#server/domain/people/find-person.ts'
import type { Browser } from '#server/domain/people/login-sessions.ts'
import { readLoginToken } from '#server/domain/people/login-token.ts'
import { type MailedLink, mailLink } from '#server/domain/people/mail-links.ts'
import { hashPassword, requireGoodPassword } from '#server/domain/people/passwords.ts'
import {
  requirePassword,
  resetPassword,
  type SignedIn,
  signIn,
  signInByLink,
} from '#server/domain/people/sign-in.ts'
import { signOut } from '#server/domain/people/sign-out.ts'
import { publicProcedure, router } from './base.ts'
import { command, query, type TenantRequest } from './context.ts'
import { email, password, path, text } from './inputs.ts'
import { inSameTime } from './same-time.ts'
import { isSecure } from './viewer.ts'

const token = z.string().regex(/^[\w-]{1,100}$/, 'is not a link of ours')

export const auth = router({
  /** By password; a new login session takes the place of the browser's old one. */
  signIn: publicProcedure.input(z.object({ email, password })).mutation(async ({ ctx, input }) => {
    const { limits } = ctx.house
    const counted = ['sign_in', ctx.tenant.id, { address: ctx.address, client: input.email }] as const
    await limits.consume(...counted)
    const found = await query(ctx, query => findPerson(query, input.email))
    const { personId } = await requirePassword(found, input.password)
    await limits.giveBack(...counted)
    return signedIn(ctx, command => signIn(command, { personId, browser: browserOf(ctx) }))
  }),

  signOut: publicProcedure.mutation(async ({ ctx }) => {
    const login = { token: ctx.loginToken, secure: isSecure(ctx.house) }
    ctx.setCookie(await command(ctx, command => signOut(command, login)))
    return {}
  }),

  /** Mails a link that signs in. A stranger gets one only with a `name`, and is a client from then on; the answer never tells. */
  requestLink: publicProcedure
    .input(z.object({ email, name: text(120, 1).optional(), next: path.optional() }))
    .mutation(async ({ ctx, input }) => {
      await mailTo(ctx, { ...input, purpose: 'sign_in' })
      return {}
    }),

  /** Signs in by a link: one that was mailed, which proves the address, or the handover after sign-up. */
  useLink: publicProcedure.input(z.object({ token })).mutation(async ({ ctx, input }) => {
    await ctx.house.limits.consume('login_link', ctx.tenant.id, { address: ctx.address })
    const linkId = readLoginToken(ctx.house.secrets, ctx.tenant.id, input.token)
    return signedIn(ctx, command => signInByLink(command, { linkId, browser: browserOf(ctx) }))
  }),

  /** Mails a link to choose a new password. The answer is the same whether the address is known or not. */
  requestPasswordReset: publicProcedure.input(z.object({ email })).mutation(async ({ ctx, input }) => {
    await mailTo(ctx, { ...input, purpose: 'password_reset' })
    return {}
  }),

  /** Sets a new password, signs this browser in and every other one out. */
  resetPassword: publicProcedure.input(z.object({ token, password })).mutation(async ({ ctx, input }) => {
    await ctx.house.limits.consume('login_link', ctx.tenant.id, { address: ctx.address })
    const linkId = readLoginToken(ctx.house.secrets, ctx.tenant.id, input.token)
    requireGoodPassword(input.password, [ctx.tenant.name, ctx.tenant.slug])
    const passwordHash = await hashPassword(input.password)
    return signedIn(ctx, command => resetPassword(command, { linkId, passwordHash, browser: browserOf(ctx) }))
  }),

  me: publicProcedure.query(({ ctx }) => ({ viewer: ctx.viewer })),
})

function browserOf(ctx: TenantRequest): Browser {
  return { replaces: ctx.loginToken, secure: isSecure(ctx.house) }
}

/** Runs a command that signs in, and gives the browser its cookie. */
async function signedIn<T extends SignedIn>(
  ctx: TenantRequest,
  work: (command: Command) => Promise<T>,
): Promise<Omit<T, 'cookie'>> {
  const { cookie, ...answer } = await command(ctx, work)
  ctx.setCookie(cookie)
  return answer
}

async function mailTo(ctx: TenantRequest, wanted: MailedLink) {
  await ctx.house.limits.consume('login_link', ctx.tenant.id, { address: ctx.address, client: wanted.email })
  await inSameTime(() => command(ctx, command => mailLink(command, wanted)))
}
