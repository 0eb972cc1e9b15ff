import { type RawBuilder, sql } from 'kysely'
import type { ProposalsTable } from '#server/db/tables.ts'

/** What was proposed, asked and competes, as the statement of bookings reads it. Instants inside JSON come as text. */
export interface ConversationRow {
  proposals: ProposalRow[]
  questions: QuestionRow[]
  competing: CompetingRow[]
}

interface ProposalRow {
  id: string
  startsAt: string
  endsAt: string
  proposedBy: 'client' | 'coach'
  position: number
  status: ProposalsTable['status']
  expiresAt: string | null
  message: string | null
  answer: string | null
  isTaken: boolean
  /** Until when something holds this time, where nothing takes it for good. */
  heldUntil: string | null
}

interface QuestionRow {
  id: string
  question: string
  askedAt: string
  answerBy: string
  answer: string | null
  endedAt: string | null
}

interface CompetingRow {
  id: string
  clientName: string
  startsAt: string
  endsAt: string
}

const others = sql`FROM claims x WHERE x.tenant_id = r.tenant_id AND x.coach_id = r.coach_id AND x.released_at IS NULL
  AND x.exclusive AND x.session_id IS DISTINCT FROM b.session_id AND x.starts_at > r.starts_at - interval '24 hours'
  AND x.starts_at < r.blocked_until AND x.blocked_until > r.starts_at
  AND NOT EXISTS (SELECT FROM holds h WHERE h.tenant_id = x.tenant_id AND h.id = x.hold_id AND h.booking_id = b.id)`

const busy = sql`EXISTS (SELECT FROM external_busy e WHERE e.tenant_id = r.tenant_id AND e.coach_id = r.coach_id
  AND e.starts_at < r.ends_at AND e.ends_at > r.starts_at)`

/** Three columns of a statement where `b` is the booking and `sc` the coach who leads its session. */
export const conversationOfBooking: RawBuilder<unknown> = sql`
  (SELECT coalesce(json_agg(json_build_object('id', r.id, 'startsAt', r.starts_at, 'endsAt', r.ends_at,
      'proposedBy', r.proposed_by, 'position', r.position, 'status', r.status, 'expiresAt', r.expires_at,
      'message', r.message, 'answer', r.answer,
      'isTaken', r.status = 'open' AND (${busy} OR EXISTS (SELECT ${others} AND x.expires_at IS NULL)),
      'heldUntil', CASE WHEN r.status = 'open' THEN (SELECT max(x.expires_at) ${others}) END)
      ORDER BY r.created_at, r.proposed_by, r.position), '[]')
    FROM proposals r WHERE r.tenant_id = b.tenant_id AND r.booking_id = b.id) AS proposals,
  (SELECT coalesce(json_agg(json_build_object('id', q.id, 'question', q.question, 'askedAt', q.asked_at,
      'answerBy', q.answer_by, 'answer', q.answer, 'endedAt', q.ended_at) ORDER BY q.asked_at, q.id), '[]')
    FROM questions q WHERE q.tenant_id = b.tenant_id AND q.booking_id = b.id) AS questions,
  CASE WHEN b.status = 'REQUESTED' THEN (
    SELECT coalesce(json_agg(json_build_object('id', ob.id, 'clientName', ob.client_name, 'startsAt', x.starts_at,
        'endsAt', x.ends_at) ORDER BY ob.created_at, ob.id), '[]')
      FROM claims own
      JOIN claims x ON x.tenant_id = own.tenant_id AND x.coach_id = own.coach_id AND x.released_at IS NULL
        AND x.session_id <> own.session_id AND x.starts_at > own.starts_at - interval '48 hours'
        AND x.starts_at < own.ends_at + greatest(own.blocked_until - own.ends_at, x.blocked_until - x.ends_at)
        AND x.ends_at + greatest(own.blocked_until - own.ends_at, x.blocked_until - x.ends_at) > own.starts_at
      JOIN bookings ob ON ob.tenant_id = x.tenant_id AND ob.session_id = x.session_id AND ob.status = 'REQUESTED'
      WHERE own.tenant_id = b.tenant_id AND own.session_id = b.session_id AND own.released_at IS NULL
        AND s.terms IS NULL)
    ELSE '[]' END AS competing`

/** What a booking's page shows of the conversation about it (034, 035, 052): what competes is for staff. */
export function viewConversation(
  { proposals, questions, competing }: ConversationRow,
  { isStaff, now }: { isStaff: boolean; now: Date },
) {
  return {
    proposals: proposals.map(proposal => viewProposal(proposal, { isStaff, now })),
    questions: questions.map(({ askedAt, answerBy, endedAt, ...question }) => ({
      ...question,
      askedAt: iso(askedAt),
      answerBy: iso(answerBy),
      endedAt: endedAt && iso(endedAt),
    })),
    ...(isStaff && {
      competing: competing.map(({ startsAt, endsAt, ...request }) => ({
        ...request,
        startsAt: iso(startsAt),
        endsAt: iso(endsAt),
      })),
    }),
  }
}

function viewProposal(
  { isTaken, heldUntil, startsAt, endsAt, expiresAt, ...proposal }: ProposalRow,
  { isStaff, now }: { isStaff: boolean; now: Date },
) {
  const ranOut = proposal.status === 'open' && !isStanding({ ...proposal, startsAt, expiresAt }, now)
  return {
    ...proposal,
    status: ranOut ? ('expired' as const) : proposal.status,
    startsAt: iso(startsAt),
    endsAt: iso(endsAt),
    expiresAt: expiresAt && iso(expiresAt),
    /** Of the client's choices, whether the coach is free then. */
    ...(isStaff && { isFree: !isTaken && !(heldUntil && new Date(heldUntil) > now) }),
  }
}

/** Whether a proposal may still be taken: not answered, not run out, and ahead. */
export function isStanding(
  { status, startsAt, expiresAt }: Pick<ProposalRow, 'status' | 'startsAt' | 'expiresAt'>,
  now: Date,
): boolean {
  return status === 'open' && new Date(startsAt) > now && (expiresAt === null || new Date(expiresAt) > now)
}

function iso(instant: string): string {
  return new Date(instant).toISOString()
}
