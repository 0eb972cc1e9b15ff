import { actorKey, type Query } from '../command.ts'
import { sideOf } from './authority.ts'
import { allowsTransition, isConfirmed, isLive } from './transitions.ts'
import { undoUntil } from './undo.ts'
import type { BookingRow } from './view.ts'
import { isStanding } from './view-conversation.ts'

/** What this actor could do to a booking now, for the buttons of its page: the commands check for themselves. */
export function whatMayBeDone(row: BookingRow, actor: Query['actor'], now: Date) {
  const by = sideOf(actor, concerned(row))
  const isAhead = row.startsAt > now
  const confirmed = isConfirmed(row.status)
  const isPending = row.move?.status === 'pending'
  const suggested = row.proposals.filter(({ proposedBy }) => proposedBy === 'coach')
  const isSuggested = suggested.some(proposal => isStanding(proposal, now))
  const isAsked = row.questions.some(({ endedAt }) => endedAt === null)
  const answers = by === 'coach' && (row.status === 'REQUESTED' || (confirmed && isPending))
  return {
    approve: answers && isAhead,
    decline: answers,
    cancel:
      by !== null && allowsTransition(row.status, 'CANCELLED', by) && (isAhead || row.status === 'REQUESTED'),
    withdraw: by === 'client' && row.status === 'REQUESTED',
    withdrawMove: by === 'client' && isPending,
    reschedule: by !== null && isLive(row.status) && isAhead,
    propose: by === 'coach' && isLive(row.status) && isAhead && !isPending && row.session.terms === null,
    withdrawProposals: by === 'coach' && suggested.some(({ status }) => status === 'open'),
    acceptProposal: by === 'client' && isSuggested,
    declineProposals: by === 'client' && isSuggested,
    ask: by === 'coach' && row.status === 'REQUESTED' && isAhead && !isAsked,
    withdrawQuestion: by === 'coach' && isAsked,
    answerQuestion: by === 'client' && isAsked,
    undo: undoUntil(row, actorKey(actor), now) !== null && !isSessionGone(row),
    markAttendance: by === 'coach' && confirmed && !isAhead,
    giveFeedback: by === 'client' && confirmed && isOver(row, now) && row.attendance !== 'no_show',
    waiveFee: by === 'coach' && row.owed.feeMinor > 0,
    changeNotes: by === 'client' && isLive(row.status) && isAhead,
  }
}

/** Whom a booking concerns, for those who ask what one may see or do. */
export function concerned({ clientId, coach, coachIds }: BookingRow) {
  return { clientId, coachId: coach.id, coachIds }
}

/** A session with dates of its own doesn't come back with a booking; one made by booking does. */
function isSessionGone({ session: { terms, state } }: BookingRow): boolean {
  return terms !== null && state === 'CANCELLED'
}

function isOver({ session }: BookingRow, now: Date): boolean {
  return session.dates.every(({ endsAt }) => new Date(endsAt) <= now)
}
