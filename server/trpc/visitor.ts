import type { SlotViewer } from '#server/domain/availability/list-slots.ts'
import { readInvitation } from '#server/domain/booking/manage-token.ts'
import type { Actor } from '#server/domain/command.ts'
import { permitsFor } from '#server/domain/people/roles.ts'
import { networkOf } from '#server/network.ts'
import { actorOf, type TenantRequest } from './context.ts'

/** What the slot list knows of a caller; `invite` is the token of a coach's personal link (015), `timeZone` the caller's. */
export function slotViewer(ctx: TenantRequest, invite?: string, timeZone?: string): SlotViewer {
  const { viewer } = ctx
  const member = viewer?.member
  return {
    personId: viewer?.personId ?? null,
    proven: viewer !== null,
    invitedBy: invitedBy(ctx, invite),
    visitorHash: visitorHash(ctx),
    timeZone,
    seesBookingsOf: coachId => !!member && permitsFor(member, 'bookings.see', coachId),
  }
}

/** The coaches whose personal link this is: one, or none when it isn't one of this business's. */
export function invitedBy({ house, tenant }: TenantRequest, invite: string | undefined): string[] {
  const coachId = invite ? readInvitation(house.secrets, tenant.id, invite) : null
  return coachId ? [coachId] : []
}

/** A browser, as holds remember it; null for callers without our cookie. */
export function visitorHash({ house, tenant, visitorId }: TenantRequest): string | null {
  return visitorId && house.secrets.blind('visitor', `${tenant.id}\n${visitorId}`)
}

/** The network a caller comes from, as holds remember it. */
export function addressHash({ house, tenant, address }: TenantRequest): string {
  return house.secrets.blind('address', `${tenant.id}\n${networkOf(address)}`)
}

/**
 * Who books with this address: signed in with it, its owner (also a member who tries the own site as a client);
 * everybody else is a visitor, whose claim to the address nobody has checked.
 */
export function bookingActor({ viewer }: TenantRequest, email: string): Actor {
  if (viewer?.email !== email) return { as: 'visitor' }
  return { as: 'client', personId: viewer.personId, signedIn: true }
}

/** Who looks at slots or holds one: as for booking, but no address is known yet. */
export function lookingActor({ viewer }: TenantRequest): Actor {
  return viewer ? { as: 'client', personId: viewer.personId, signedIn: true } : actorOf(null)
}
