import { nearestAlternatives } from '#server/domain/availability/alternatives.ts'
import { Refusal } from '#server/domain/refusal.ts'
import { otherSessions } from '#server/domain/sessions/other-sessions.ts'
import { query, type TenantRequest } from './context.ts'
import { slotViewer } from './visitor.ts'

/** What a client wanted, and could not have. */
interface Wanted {
  offer: string
  coachId?: string | undefined
  startsAt: Date
  invite?: string | undefined
  timeZone?: string | undefined
}

interface WantedSeats {
  sessionId: string
  seats: number
  invite?: string | undefined
  timeZone?: string | undefined
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

const ABOUT_THE_SESSION = new Set([
  'SESSION_FULL',
  'SESSION_PAST',
  'SESSION_CANCELLED',
  'REGISTRATION_CLOSED',
])

/** Adds to a refusal that is about the time the three nearest slots that would do, read after the transaction is over (Q5). */
export function withAlternatives<T>(ctx: TenantRequest, wanted: Wanted, work: () => Promise<T>): Promise<T> {
  const { calendars, kind } = ctx.house
  return adding(ABOUT_THE_TIME, work, async () => ({
    alternatives: await query(ctx, query =>
      nearestAlternatives(
        { ...query, kind },
        calendars,
        slotViewer(ctx, wanted.invite, wanted.timeZone),
        wanted,
      ),
    ),
  }))
}

/** Adds to a refusal that is about a session up to three others of its offer that would do. */
export function withOtherSessions<T>(
  ctx: TenantRequest,
  wanted: WantedSeats,
  work: () => Promise<T>,
): Promise<T> {
  const { kind } = ctx.house
  return adding(ABOUT_THE_SESSION, work, async () => ({
    sessions: await query(ctx, query =>
      otherSessions({ ...query, kind }, slotViewer(ctx, wanted.invite, wanted.timeZone), wanted),
    ),
  }))
}

async function adding<T>(
  codes: ReadonlySet<string>,
  work: () => Promise<T>,
  find: () => Promise<Record<string, unknown>>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) || !codes.has(error.code)) throw error
    throw error.adding(await find())
  }
}
