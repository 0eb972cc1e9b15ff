import { initTRPC, TRPCError } from '@trpc/server'
import { type Permission, permits } from '#server/domain/people/roles.ts'
import { Refusal, type RefusalFamily } from '#server/domain/refusal.ts'
import { answerError } from './answer-error.ts'
import type { Context } from './context.ts'

const trpc = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error, ctx }) => answerError(shape, error, ctx?.requestId),
})

const codes: Record<RefusalFamily, TRPCError['code']> = {
  input: 'BAD_REQUEST',
  unauthorized: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  too_many: 'TOO_MANY_REQUESTS',
}

export const router = trpc.router
export const createCaller = trpc.createCallerFactory

/** Any host, anybody. Turns the domain's refusals into answers of their HTTP status. */
export const anyProcedure = trpc.procedure.use(async ({ next }) => {
  const result = await next()
  if (!result.ok && result.error.cause instanceof Refusal) {
    const { cause } = result.error
    throw new TRPCError({ code: codes[cause.family], message: cause.message, cause })
  }
  return result
})

/** The apex host only: sign-up and finding a business. */
export const apexProcedure = anyProcedure.use(({ ctx, next }) => {
  if (ctx.tenant)
    throw new Refusal('not_found', 'NOT_FOUND', 'This is done on Rapport’s own address, not on a business’s.')
  return next()
})

/** A tenant's host, anybody. */
export const publicProcedure = anyProcedure.use(({ ctx, next }) => {
  const { tenant } = ctx
  if (!tenant) throw new Refusal('not_found', 'NOT_FOUND', 'This is done on a business’s own address.')
  return next({ ctx: { ...ctx, tenant } })
})

/** Somebody signed in. */
export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  const { viewer } = ctx
  if (!viewer) throw new Refusal('unauthorized', 'SIGN_IN', 'Please sign in first.')
  return next({ ctx: { ...ctx, viewer } })
})

/** A member whose role has the permission. */
export function memberProcedure(permission: Permission) {
  return signedInProcedure.use(({ ctx, next }) => {
    const { member } = ctx.viewer
    if (!member) throw new Refusal('forbidden', 'STAFF_ONLY', 'Only people who work here can do this.')
    if (!permits(member.role, permission)) {
      throw new Refusal(
        'forbidden',
        'ROLE',
        `Your role here (${member.role}) doesn’t include this. Ask an owner.`,
      )
    }
    return next({ ctx: { ...ctx, viewer: { ...ctx.viewer, member } } })
  })
}
