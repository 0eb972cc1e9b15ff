import type { ColumnType, Generated } from 'kysely'
import type { Jsonb } from './columns.ts'

/** A version is never changed once written; what stands is the highest. */
export interface PoliciesTable {
  tenant_id: string
  version: number
  rules: Jsonb<unknown[]>
  cancellation: Jsonb<unknown[]>
  note: Generated<string>
  author_id: string | null
  restored_from: number | null
  created_at: Date
}

/** What a member is working on; one for each. */
export interface PolicyDraftsTable {
  tenant_id: string
  author_id: string
  /** The version it began as; 0 where there was none. */
  based_on: number
  rules: Jsonb<unknown[]>
  cancellation: Jsonb<unknown[]>
  changed_at: Date
}

/** What somebody tried to book, with the facts it was decided by, so that it can be decided again. */
export interface AttemptsTable {
  tenant_id: string
  id: string
  at: Date
  offer_id: string
  coach_id: string
  client_id: string | null
  /** Of what wasn't refused. */
  booking_id: string | null
  starts_at: Date
  facts: Jsonb<unknown>
  outcome: 'firm' | 'request' | 'refuse'
  code: string | null
  policy_version: Generated<number>
  price_minor: number
  currency: string
  /** Of a refused one: equal for the same visitor asking for the same again, who is kept once. */
  sameness: string | null
}

/** Another time for a booking: suggested by its coach and held, or named by its client as second or third choice. */
export interface ProposalsTable {
  tenant_id: string
  id: string
  booking_id: string
  /** Of a coach's proposal: what keeps the time until it is answered. */
  hold_id: string | null
  coach_id: string
  starts_at: Date
  ends_at: Date
  /** The end plus the session's own buffer. */
  blocked_until: Date
  proposed_by: 'client' | 'coach'
  /** The order of preference, from 1; what a client asked for in the first place is 1, so that alternatives begin at 2. */
  position: number
  status: 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn'
  /** Of a coach's proposal. */
  expires_at: Date | null
  /** What the one who proposed wrote, the same for all of one round. */
  message: string | null
  /** What the client wrote who can take none of a round. */
  answer: string | null
  created_at: Date
  answered_at: Date | null
}

/** What a coach wants to know before answering a request (035). */
export interface QuestionsTable {
  tenant_id: string
  id: string
  booking_id: string
  question: string
  asked_by: string
  asked_at: Date
  answer_by: Date
  answer: string | null
  /** When it was answered, withdrawn or ran out. */
  ended_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
