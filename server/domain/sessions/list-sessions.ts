import { sql } from 'kysely'
import type { SlotViewer } from '../availability/list-slots.ts'
import type { Query } from '../command.ts'
import { notFound } from '../refusal.ts'
import { isGate } from '../rules/restrictions.ts'
import type { SeatAsker } from './judge-seats.ts'
import { loadSessions, type SessionFacts } from './load-sessions.ts'
import { judgeView, type Looking, type SessionView, viewSession } from './view.ts'

const DAY = 86_400_000

export interface ListSessions {
  /** A slug or an id. */
  offer: string
  /** Sessions whose first date starts in [from, to); now and the next 365 days unless told otherwise. */
  from?: Date | undefined
  to?: Date | undefined
}

/**
 * The sessions of an offer that this viewer may see, by start: public ones, those for connected clients where the
 * viewer is one, private ones with a coach's personal link (C35). Cancelled ones are left out. 404 for an unknown offer.
 */
export async function listSessions(
  query: Query & Looking,
  viewer: SlotViewer,
  { offer, from = query.now, to = new Date(from.getTime() + 365 * DAY) }: ListSessions,
): Promise<SessionView[]> {
  await requireOffer(query, offer)
  const sessions = await loadSessions(query, {
    condition: sql`(o.slug = ${offer} OR o.id::text = ${offer}) AND s.state <> 'CANCELLED'
      AND d.starts_at >= ${from} AND d.starts_at < ${to}`,
    ...viewing(viewer),
  })
  const views = await Promise.all(sessions.map(session => viewIfListed(session, query, viewer)))
  return views.filter(view => view !== null)
}

async function requireOffer({ trx, tenantId }: Query, offer: string): Promise<void> {
  const found = await trx
    .selectFrom('offers')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('active', '=', true)
    .where(where => where.or([where('slug', '=', offer), where(where.cast('id', 'text'), '=', offer)]))
    .executeTakeFirst()
  if (!found) throw notFound('offer')
}

/** Whose connections and holds count for a viewer. */
export function viewing({ personId, visitorHash }: SlotViewer) {
  return {
    client: personId === null ? undefined : { personId },
    own: { visitorHash, holdId: null },
  }
}

export function seatAsker({ proven, invitedBy, timeZone }: SlotViewer): SeatAsker {
  return { by: 'client', proven, invitedBy, timeZone }
}

/** A session as the viewer's list shows it; null where it isn't for this viewer, or in no list. */
export async function viewIfListed(
  session: SessionFacts,
  looking: Looking,
  viewer: SlotViewer,
): Promise<SessionView | null> {
  const asker = seatAsker(viewer)
  const judged = await judgeView(session, asker, looking)
  const isInvited = session.coaches.some(({ id }) => viewer.invitedBy.includes(id))
  const isHidden =
    judged.restrictions.some(({ code }) => isGate(code)) || (session.listing === 'unlisted' && !isInvited)
  return isHidden ? null : viewSession(session, judged, looking, asker)
}
