import type { Outputs } from '../../api.ts'

export type ConversationOf = Pick<Outputs['bookings']['get'], 'proposals' | 'questions' | 'awaiting'>
export type Proposal = ConversationOf['proposals'][number]
export type Question = ConversationOf['questions'][number]

/** Times the coach suggests that can be taken now, in the coach's order. */
export function suggestedTimes({ proposals }: Pick<ConversationOf, 'proposals'>): Proposal[] {
  return proposals.filter(({ proposedBy, status }) => proposedBy === 'coach' && status === 'open')
}

/** The client's second and third choice, while the request is open. */
export function furtherChoices({ proposals }: Pick<ConversationOf, 'proposals'>): Proposal[] {
  return proposals.filter(({ proposedBy, status }) => proposedBy === 'client' && status === 'open')
}

/** When the first of these is no longer held. */
export function heldUntil(proposals: readonly Proposal[]): string | null {
  return proposals.flatMap(({ expiresAt }) => expiresAt ?? []).toSorted()[0] ?? null
}
