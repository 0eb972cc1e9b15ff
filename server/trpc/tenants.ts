import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { loginPath, loginToken } from '#server/domain/people/login-token.ts'
import { hashPassword, requireGoodPassword } from '#server/domain/people/passwords.ts'
import { runCommand } from '#server/domain/run-command.ts'
import { changeTenant, finishSetUp } from '#server/domain/tenants/change-tenant.ts'
import { findBusinesses, mailBusiness } from '#server/domain/tenants/find-businesses.ts'
import { lookOf } from '#server/domain/tenants/look.ts'
import { signUp, slugTaken } from '#server/domain/tenants/sign-up.ts'
import { checkSlug } from '#server/domain/tenants/slugs.ts'
import { apexProcedure, memberProcedure, publicProcedure, router } from './base.ts'
import { command } from './context.ts'
import { currency, email, id, password, slug, text, timeZone } from './inputs.ts'
import { inSameTime } from './same-time.ts'

const signUpInput = z.object({
  businessName: text(120, 1),
  slug,
  ownerName: text(120, 1),
  email,
  password,
  timeZone,
  currency,
})

const changeInput = z.object({
  name: text(120, 1).optional(),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #3f51b5')
    .transform(value => value.toLowerCase())
    .optional(),
  tagline: text(300).optional(),
  timeZone: timeZone.optional(),
  weekStartsOn: z.int().min(1).max(7).optional(),
  /** The id of a file that was sent to `/files` for it; null takes the logo away. */
  logo: id.nullable().optional(),
})

export const tenants = router({
  /** Makes a business with its owner, who is also its first coach. 409 SLUG_TAKEN comes with `suggestion`. */
  signUp: apexProcedure.input(signUpInput).mutation(async ({ ctx, input }) => {
    const { house, now, requestId } = ctx
    await house.limits.consume('sign_up', 'apex', { address: ctx.address, client: input.email })
    requireGoodPassword(input.password, [input.email, input.ownerName, input.businessName, input.slug])
    const { available, suggestion } = await checkSlug(house.db, input.slug, house.urls.hostOf)
    if (!available) throw slugTaken(suggestion)

    const host = house.urls.hostOf(input.slug)
    const passwordHash = await hashPassword(input.password)
    const tenantId = uuidv7()
    const { linkId } = await runCommand(
      house,
      { tenantId, actor: { as: 'visitor' }, now, requestId },
      command => signUp(command, { ...input, host, passwordHash }),
    )
    const handover = loginPath('handover', loginToken(house.secrets, tenantId, linkId))
    return {
      tenantId,
      slug: input.slug,
      url: house.urls.tenant(host),
      handoverUrl: house.urls.tenant(host, handover),
    }
  }),

  /** Whether an address is free, and the nearest that is. */
  checkSlug: apexProcedure
    .input(z.object({ slug }))
    .query(({ ctx, input }) => checkSlug(ctx.house.db, input.slug, ctx.house.urls.hostOf)),

  /** Mails the addresses of the businesses where somebody works. The answer says nothing. */
  findMine: apexProcedure.input(z.object({ email })).mutation(async ({ ctx, input }) => {
    const { house, now, requestId } = ctx
    await house.limits.consume('login_link', 'apex', { address: ctx.address, client: input.email })
    await inSameTime(async () => {
      for (const { tenantId, personId } of await findBusinesses(house.db, input.email)) {
        await runCommand(house, { tenantId, actor: { as: 'visitor' }, now, requestId }, command =>
          mailBusiness(command, personId),
        )
      }
    })
    return {}
  }),

  /** The business of this host: its name and look. */
  current: publicProcedure.query(({ ctx }) => {
    const { host, accent, ...tenant } = ctx.tenant
    return { ...tenant, ...lookOf(accent) }
  }),

  update: memberProcedure('business.edit')
    .input(changeInput)
    .mutation(async ({ ctx, input }) => {
      await command(ctx, command => changeTenant(command, input))
      await ctx.house.tenants.forget(ctx.tenant.id)
      return {}
    }),

  finishSetUp: memberProcedure('business.edit').mutation(async ({ ctx }) => {
    await command(ctx, finishSetUp)
    await ctx.house.tenants.forget(ctx.tenant.id)
    return {}
  }),
})
