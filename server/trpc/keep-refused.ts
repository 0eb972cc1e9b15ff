import { keepRefused, RefusedAttempt } from '#server/domain/booking/keep-attempt.ts'
import type { Actor } from '#server/domain/command.ts'
import { command, type TenantRequest } from './context.ts'
import { addressHash, visitorHash } from './visitor.ts'

/**
 * Keeps what a client tried and was refused, for the simulator: after the refusal, in a transaction of its own that
 * the answer doesn't wait for. Best effort: one that is lost changes nothing for anybody.
 */
export async function keepingRefused<T>(
  ctx: TenantRequest,
  actor: Actor,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RefusedAttempt && actor.as !== 'member') {
      const { tried } = error
      const visitor = visitorHash(ctx) ?? addressHash(ctx)
      command(ctx, command => keepRefused(command, tried, visitor), { actor }).catch(reason =>
        ctx.house.log.warn({ err: reason }, 'a refused attempt was not kept'),
      )
    }
    throw error
  }
}
