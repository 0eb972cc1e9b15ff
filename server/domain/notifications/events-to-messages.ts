import type { Audience, MessageType } from './message.ts'

/** What the table below reads of an event. */
export interface EventFacts {
  name: string
  actor: 'client' | 'member' | 'visitor' | 'system'
  data: Record<string, unknown>
}

interface Told {
  type: MessageType
  to: Audience
  /** Only for some of these events. */
  when?(event: EventFacts): boolean
}

const timedOut = ({ data }: EventFacts) => data.code === 'approval_timeout'
const acceptedByClient = ({ actor, data }: EventFacts) =>
  actor === 'client' && data.proposalId !== undefined && data.confirms !== true
const notAccepted = (event: EventFacts) => !acceptedByClient(event)
/** Moving is then a part of being confirmed, which says it. */
const ofItself = ({ data }: EventFacts) => data.confirms !== true
const bySystem = ({ actor }: EventFacts) => actor === 'system'
const ofRequest = ({ data }: EventFacts) => data.from === 'REQUESTED'
const withSession = ({ data }: EventFacts) => data.withSession === true
const ofConfirmed = (event: EventFacts) => !ofRequest(event) && !withSession(event)
const withdrawn = ({ data }: EventFacts) => data.withdrawn === true
const requestEndedByOthers = (event: EventFacts) =>
  ofRequest(event) && !withdrawn(event) && !withSession(event)

/** Who is told of which event, at once (025, 031, 037–039, 178–181, 260–263). */
export const messagesOfEvent: Record<string, readonly Told[]> = {
  'booking.requested': [
    { type: 'request_received', to: 'client' },
    { type: 'approval_required', to: 'coach' },
  ],
  'booking.answer_due': [{ type: 'approval_reminder', to: 'coach' }],
  'booking.firm_booked': [
    { type: 'booking_confirmed', to: 'client' },
    { type: 'new_booking', to: 'coach' },
  ],
  'booking.confirmed': [
    { type: 'booking_confirmed', to: 'client' },
    { type: 'booking_confirmed', to: 'coach', when: notAccepted },
    { type: 'proposal_accepted', to: 'coach', when: acceptedByClient },
  ],
  'booking.declined': [
    { type: 'booking_declined', to: 'client' },
    { type: 'booking_declined', to: 'coach', when: timedOut },
  ],
  'booking.times_proposed': [{ type: 'times_proposed', to: 'client' }],
  'booking.proposals_declined': [{ type: 'proposals_declined', to: 'coach' }],
  'booking.question_asked': [{ type: 'question_asked', to: 'client' }],
  'booking.question_answered': [{ type: 'question_answered', to: 'coach' }],
  'booking.not_answered': [{ type: 'not_answered', to: 'coach' }],
  'booking.cancelled': [
    { type: 'booking_cancelled', to: 'client', when: ofConfirmed },
    { type: 'booking_cancelled', to: 'coach', when: ofConfirmed },
    { type: 'request_withdrawn', to: 'client', when: withdrawn },
    { type: 'request_withdrawn', to: 'coach', when: withdrawn },
    { type: 'booking_cancelled', to: 'client', when: requestEndedByOthers },
    { type: 'session_cancelled', to: 'client', when: withSession },
  ],
  'booking.moved': [
    { type: 'booking_moved', to: 'client', when: ofItself },
    { type: 'booking_moved', to: 'coach', when: event => ofItself(event) && notAccepted(event) },
    { type: 'proposal_accepted', to: 'coach', when: acceptedByClient },
    { type: 'booking_handed_over', to: 'formerCoach' },
  ],
  'booking.move_requested': [{ type: 'move_requested', to: 'coach' }],
  'booking.move_declined': [{ type: 'move_declined', to: 'client' }],
  'booking.move_withdrawn': [{ type: 'move_withdrawn', to: 'coach' }],
  'booking.restored': [
    { type: 'booking_restored', to: 'client' },
    { type: 'booking_restored', to: 'coach' },
  ],
  'certificate.issued': [{ type: 'certificate_ready', to: 'client' }],
}

/** Events after which a session stands at a time of its own: its reminders are planned anew. */
export const planReminders: ReadonlySet<string> = new Set([
  'booking.firm_booked',
  'booking.confirmed',
  'booking.moved',
  'booking.restored',
])

/** Who of a session hears of what happens to it: those who lead it, those who have seats, those who also wait for one. */
export interface ToldOfSession {
  type: MessageType
  to: 'leaders' | 'confirmed' | 'live'
  when?(event: EventFacts): boolean
}

const isStep =
  (step: string) =>
  ({ data }: EventFacts) =>
    data.step === step
const ofNoSchedule = ({ data }: EventFacts) => !data.scheduleId
const byOthersOnly = ({ data }: EventFacts) => data.coachIds !== undefined && data.isMoved !== true

/**
 * Who is told of which event of a session with dates of its own, at once and once (294, 295, 313–316). What its
 * cancellation means for a booking is told by the booking's own event; who comes to lead it or no longer does is told
 * by `plan-session-messages`.
 */
export const messagesOfSessionEvent: Record<string, readonly ToldOfSession[]> = {
  'session.created': [{ type: 'session_scheduled', to: 'leaders', when: ofNoSchedule }],
  'session.moved': [
    { type: 'session_moved', to: 'live' },
    { type: 'session_moved', to: 'leaders' },
  ],
  'session.changed': [{ type: 'session_changed', to: 'live', when: byOthersOnly }],
  'session.cancelled': [{ type: 'session_cancelled', to: 'leaders' }],
  'session.confirmed': [
    { type: 'session_confirmed', to: 'confirmed' },
    { type: 'session_confirmed', to: 'leaders', when: bySystem },
  ],
  'session.extended': [
    { type: 'session_extended', to: 'confirmed' },
    { type: 'session_extended', to: 'leaders' },
  ],
  'session.decision_due': [
    { type: 'minimum_warning', to: 'leaders', when: isStep('warn') },
    { type: 'minimum_decision', to: 'leaders', when: isStep('ask') },
    { type: 'minimum_reminder', to: 'leaders', when: isStep('remind') },
  ],
  'session.update_posted': [{ type: 'session_update', to: 'confirmed' }],
  'material.released': [{ type: 'material_available', to: 'confirmed' }],
}

/** Events after which a session stands anew: the reminders of all who lead it and take part are planned again. */
export const planSessionReminders: ReadonlySet<string> = new Set([
  'session.created',
  'session.moved',
  'session.changed',
])
