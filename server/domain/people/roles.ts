import type { Role } from '#server/db/tables.ts'

/** What a member may do, in one table; `own` permissions cover the member's own calendar and bookings only. */
const permissions = {
  'business.edit': ['owner', 'admin'],
  'members.edit': ['owner', 'admin'],
  'offers.edit': ['owner', 'admin'],
  'coaches.edit': ['owner', 'admin'],
  'coaches.editOwn': ['owner', 'admin', 'coach'],
  'bookings.see': ['owner', 'admin'],
  'bookings.seeOwn': ['owner', 'admin', 'coach'],
  'bookings.answer': ['owner', 'admin'],
  'bookings.answerOwn': ['owner', 'admin', 'coach'],
  'plugins.edit': ['owner', 'admin'],
  'connections.edit': ['owner', 'admin'],
  'connections.editOwn': ['owner', 'admin', 'coach'],
  'policies.see': ['owner', 'admin', 'coach'],
  'policies.edit': ['owner', 'admin'],
  /** What of it the role covers is looked at line by line: see `whyNotPublish`. */
  'policies.editOwn': ['owner', 'admin', 'coach'],
  'clients.see': ['owner', 'admin'],
  'clients.seeOwn': ['owner', 'admin', 'coach'],
  'clients.edit': ['owner', 'admin'],
  'clients.editOwn': ['owner', 'admin', 'coach'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export function permits(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role)
}

/** Whether a member may do something to this coach: to all with the wide permission, to oneself with the `Own` one. */
export function permitsFor(
  member: { role: Role; coachId: string | null },
  permission: 'coaches.edit' | 'bookings.see' | 'bookings.answer' | 'connections.edit',
  coachId: string,
): boolean {
  return (
    permits(member.role, permission) ||
    (permits(member.role, `${permission}Own`) && member.coachId === coachId)
  )
}
