import type { HeldSession } from '../participation/held-session.ts'
import type { Standing } from '../participation/standing.ts'
import { Refusal } from '../refusal.ts'

/**
 * Refuses a post that its place doesn't take: 403 `STAFF_ONLY` an update by a participant, 409 `NO_CHAT` and
 * `SESSION_CANCELLED`.
 */
export function requireMayPost({ as, session }: Standing, isUpdate: boolean): void {
  if (isUpdate && as !== 'staff') {
    throw new Refusal('forbidden', 'STAFF_ONLY', 'Only those who lead the session write to all.', {
      field: 'isUpdate',
    })
  }
  if (session.state === 'CANCELLED') {
    throw new Refusal('conflict', 'SESSION_CANCELLED', 'This session was cancelled, and its chat has ended.')
  }
  if (!isUpdate && !session.terms.chat) {
    throw new Refusal('conflict', 'NO_CHAT', 'This session has no chat.')
  }
}

export function mayChat({ state, terms }: HeldSession): boolean {
  return terms.chat && state !== 'CANCELLED'
}
