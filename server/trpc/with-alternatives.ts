import { nearestAlternatives } from '#server/domain/availability/alternatives.ts'
import { Refusal } from '#server/domain/refusal.ts'
import { query, type TenantRequest } from './context.ts'
import { slotViewer } from './visitor.ts'

/** What a client wanted, and could not have. */
interface Wanted {
  offer: string
  coachId?: string | undefined
  startsAt: Date
  invite?: string | undefined
}

const ABOUT_THE_TIME = new Set([
  'SLOT_TAKEN',
  'BUFFER',
  'OUTSIDE_HOURS',
  'OFF_STEP',
  'NOTICE',
  'HORIZON',
  'LIMIT_DAY',
  'LIMIT_WEEK',
  'SESSION_PAST',
  'HOLDS',
])

/** Adds to a refusal that is about the time the three nearest slots that would do, read after the transaction is over (Q5). */
export async function withAlternatives<T>(
  ctx: TenantRequest,
  wanted: Wanted,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) || !ABOUT_THE_TIME.has(error.code)) throw error
    const { calendars, kind } = ctx.house
    const alternatives = await query(ctx, query =>
      nearestAlternatives({ ...query, kind }, calendars, slotViewer(ctx, wanted.invite), wanted),
    )
    throw new Refusal(error.family, error.code, error.message, {
      ...(error.field && { field: error.field }),
      data: { ...error.data, alternatives },
    })
  }
}
