import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { GivenTerms } from '../sessions/terms.ts'
import { isReservedForPages } from './slugs.ts'

/** An offer as staff write it; the procedure bounds each number as the database does. */
export interface OfferInput {
  title: string
  /** Made from the title where there is none. */
  slug?: string | undefined
  description: string
  location: string
  /** Provided by a plugin, and never changed. */
  kind: string
  /** The kind's own settings; each that isn't named stays, or is the kind's default. */
  kindSettings?: Record<string, unknown> | undefined
  /** What new sessions of it start out with, for kinds that have sessions; each that isn't named stays. */
  terms?: GivenTerms | undefined
  /** Of a kind with sessions of its own, the length of a date unless told otherwise. */
  durationMinutes: number
  stepMinutes: number
  bufferMinutes: number
  noticeMinutes: number
  horizonDays: number | null
  priceMinor: number
  listing: 'public' | 'unlisted'
  active: boolean
  /** The coaches who give it, in the order in which ties between them are broken. */
  coachIds: string[]
}

/** 400 with the field: `SLUG_RESERVED`, `COACH_MISSING`, `NEVER_BOOKABLE`. */
export function requireSensible({
  slug,
  coachIds,
  noticeMinutes,
  horizonDays,
}: Pick<OfferInput, 'slug' | 'coachIds' | 'noticeMinutes' | 'horizonDays'>): void {
  const refuse = (field: string, code: string, sentence: string) => {
    throw new Refusal('input', code, sentence, { field })
  }
  if (slug !== undefined && isReservedForPages(slug)) {
    refuse('slug', 'SLUG_RESERVED', `“${slug}” is the address of another page. Choose another one.`)
  }
  if (coachIds.length === 0) refuse('coachIds', 'COACH_MISSING', 'Choose at least one coach.')
  if (horizonDays !== null && noticeMinutes >= horizonDays * 1440) {
    const why = 'bookings would close before they open. Shorten the notice or look further ahead.'
    refuse('horizonDays', 'NEVER_BOOKABLE', `Nobody could book this: ${why}`)
  }
}

/** 400 `COACH_UNKNOWN` unless all of them are different coaches who work here. */
export async function requireCoaches({ trx, tenantId }: Command, coachIds: string[]): Promise<void> {
  const found = await trx
    .selectFrom('coaches as c')
    .innerJoin('members as m', join =>
      join.onRef('m.tenant_id', '=', 'c.tenant_id').onRef('m.person_id', '=', 'c.person_id'),
    )
    .select('c.id')
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', 'in', coachIds)
    .where('m.active', '=', true)
    .execute()
  if (found.length === coachIds.length) return
  const why = 'One of these coaches doesn’t work here, or is named twice.'
  throw new Refusal('input', 'COACH_UNKNOWN', why, { field: 'coachIds' })
}
