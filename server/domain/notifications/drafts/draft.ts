import type { Email } from '@rapport/sdk'
import type { Secrets } from '#server/secrets.ts'
import type { Urls } from '#server/urls.ts'
import type { Alternative } from '../../availability/alternatives.ts'
import type { Command, Query } from '../../command.ts'
import type { BookingFacts } from '../booking-facts.ts'
import type { MailContent } from '../mails/content.ts'
import type { MessageData, MessageType } from '../message.ts'
import type { Notice } from '../notices/find-notice.ts'
import type { ScheduleFacts } from '../schedule-facts.ts'
import type { SessionMessageFacts } from '../session-facts.ts'

/** What composing needs of the house. */
export interface MailRoom {
  urls: Urls
  secrets: Secrets
  /** The platform's address, from which all mail comes. */
  mailFrom: string
}

/** A message that is due, and the person it goes to. */
export interface DueMessage {
  type: MessageType
  messageId: string
  data: MessageData
  person: { id: string; name: string; email: string }
  booking: BookingFacts | null
  /** What it is about where it concerns a session as a whole. */
  session: SessionMessageFacts | null
  /** What it is about where it concerns a round of a schedule. */
  schedule: ScheduleFacts | undefined
  /** What it is about where it concerns a coach's calendar. */
  notice: Notice | undefined
  about: { author: string; text: string } | undefined
  /** Free times in place of one that could not be had. */
  freeInstead: Alternative[]
}

/** Composing takes the behaviour of kinds: how one meets. */
export type Composing = Query & Pick<Command, 'kind'>

export interface Business {
  name: string
  host: string
  accent: string
  logoHash: string | null
}

/** A mail before it is given a look. */
export interface Draft {
  content: MailContent
  to: { name: string; email: string }
  replyTo?: { name: string; email: string }
  calendar?: Email['calendar']
  headers?: Record<string, string>
}
