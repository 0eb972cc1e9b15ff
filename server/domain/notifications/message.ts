import type { BookingFacts } from './booking-facts.ts'
import type { Intruder } from './notices/breaches.ts'
import type { Level, Stretch } from './notices/fullness.ts'
import type { SessionMessageFacts } from './session-facts.ts'

/** Who is told: the client, the session's coach, or the coach who led it before a move. */
export type Audience = 'client' | 'coach' | 'formerCoach'

export type MessageType =
  | 'request_received'
  | 'approval_required'
  | 'approval_reminder'
  | 'booking_confirmed'
  | 'new_booking'
  | 'booking_declined'
  | 'booking_cancelled'
  | 'request_withdrawn'
  | 'booking_moved'
  | 'booking_handed_over'
  | 'times_proposed'
  | 'proposal_accepted'
  | 'proposals_declined'
  | 'question_asked'
  | 'question_answered'
  | 'not_answered'
  | 'move_requested'
  | 'move_declined'
  | 'move_withdrawn'
  | 'booking_restored'
  | 'reminder_24h'
  | 'reminder_1h'
  | 'reminder_days'
  | 'feedback_request'
  | 'certificate_ready'
  | 'session_scheduled'
  | 'schedule_round'
  | 'session_moved'
  | 'session_changed'
  | 'session_handed_over'
  | 'session_cancelled'
  | 'session_confirmed'
  | 'session_extended'
  | 'minimum_warning'
  | 'minimum_decision'
  | 'minimum_reminder'
  | 'session_update'
  | 'material_available'
  | 'limit_warning'
  | 'break_cut_short'
  | 'connection_invited'
  | 'connection_requested'
  | 'connection_accepted'
  | 'sign_in_link'
  | 'password_reset'
  | 'business_found'

/** What a message carries of its cause: ids, instants and codes, never text. */
export interface MessageData {
  audience?: Audience
  /** The session's sequence when it was planned. */
  sequence?: number
  /** Of a session with dates of its own, which one it was planned for: a booking may move to another. */
  sessionId?: string
  /** Which of its dates, from 0. */
  position?: number
  /** Of a reminder that the session's terms ask for: the instant they asked for. */
  remindAt?: string
  /** How many dates it had before a move. */
  formerDates?: number
  /** The deadline it tells of. */
  decideBy?: string
  postId?: string
  materialId?: string
  /** The start before a move. */
  from?: string
  moveId?: string
  /** When the times were suggested that it tells of. */
  proposedAt?: string
  /** A proposal, or a question, that the client answered or didn't. */
  proposalId?: string
  questionId?: string
  linkId?: string
  /** A round of a schedule: the sessions it made, and the dates it left out since a coach's time was taken. */
  scheduleId?: string
  sessionIds?: string[]
  skipped?: { startsAt: string; coachId: string }[]
  /** The two of a connection; the coach alone of a notice about the own calendar. */
  clientId?: string
  coachId?: string
  /** A day or week that fills up, and how far it was (042). */
  fullness?: Stretch & { level: Level }
  /** A session, as of its start, and what lies in its break (041). */
  breach?: { sessionId: string; startsAt: string; by: Intruder }
}

/** What is fixed for a type of message. */
export interface TypeRules {
  /** Of the seed's names (178–187), the one it stands for; its own in capitals where the seed has none (C24). */
  seedName: string
  /** Whether people may switch it off. */
  essential: boolean
  /** The calendar object it brings, where the session is or was confirmed. */
  calendar: 'REQUEST' | 'CANCEL' | null
  /** Whether the booking's present state, at this instant, still calls for it: asked again when it is sent. */
  wanted(booking: BookingFacts, data: MessageData, now: Date): boolean
  /** The same of a message about a session as a whole, to one who leads it; of no such message where it is left out. */
  wantedOfSession?(session: SessionMessageFacts, data: MessageData, now: Date): boolean
}
