import type { SessionKind } from '@rapport/sdk'
import type { SlotViewer } from '../availability/list-slots.ts'
import { type KnownClient, requireClient } from '../clients/own-clients.ts'
import type { Query } from '../command.ts'
import { permitsFor } from '../people/roles.ts'
import { Refusal } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import type { Policy } from '../rules/policy.ts'
import { currentPolicy } from './current-policy.ts'
import { readDraft } from './drafts.ts'

export type Trying = Query & { kind(id: string): SessionKind }

/** As whom, and by which rules, an attempt is tried out. */
export interface TryIt {
  /** The member's own draft, where there is one, instead of what holds. */
  useDraft: boolean
  /** Nobody known, or a client, who need not be signed in. */
  client: { as: 'stranger' } | { as: 'client'; clientId: string; signedIn: boolean }
}

export interface Tried {
  decision: Decision
  /** Who would give it. */
  coach: { id: string; name: string; timeZone: string }
  startsAt: Date
  /** Of a slot, minor units; what seats cost is told by `sessions.quote`. */
  price: { amountMinor: number; depositMinor: number | null; currency: string } | null
  /** What would be confirmed at once, this one or the nearest within a month; null for none. */
  nearestFirm: { startsAt: Date; endsAt: Date; coachId: string; sessionId: string | null } | null
}

/** The one as whom it is tried, with the record that then counts: as in booking, by person where signed in, by address otherwise. */
export async function triedAs(
  query: Query,
  { client }: TryIt,
): Promise<{ viewer: SlotViewer; record: { personId: string } | { email: string } | undefined }> {
  const known = client.as === 'client' ? await requireClient(query, client.clientId) : null
  const proven = client.as === 'client' && client.signedIn
  return {
    viewer: viewerFor(known, proven),
    record: known ? (proven ? { personId: known.id } : { email: known.email }) : undefined,
  }
}

function viewerFor(client: KnownClient | null, proven: boolean): SlotViewer {
  return {
    personId: client?.id ?? null,
    proven,
    invitedBy: [],
    visitorHash: null,
    timeZone: client?.timeZone ?? undefined,
    seesBookingsOf: () => false,
  }
}

/** The rules by which it is tried. */
export async function triedUnder(query: Query, { useDraft }: Pick<TryIt, 'useDraft'>): Promise<Policy> {
  const draft = useDraft ? await readDraft(query) : null
  if (!draft) return currentPolicy(query)
  return { version: draft.basedOn, rules: draft.rules, cancellation: draft.cancellation }
}

/** Those of the coaches whose time the member may look at; 403 `ROLE` where there is none. */
export function requireOwn<Coach extends { id: string }>(query: Query, coaches: readonly Coach[]): Coach[] {
  const own = coaches.filter(coach => seesAny(query, [coach]))
  if (own.length > 0) return own
  throw new Refusal('forbidden', 'ROLE', 'You can try this for your own calendar only. Ask an owner.')
}

/** Whether the member may look at the time of any of these coaches. */
export function seesAny({ actor }: Query, coaches: readonly { id: string }[]): boolean {
  return actor.as === 'member' && coaches.some(({ id }) => permitsFor(actor, 'bookings.see', id))
}
