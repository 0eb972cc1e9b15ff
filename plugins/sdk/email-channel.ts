export interface Mailbox {
  name: string
  address: string
}

/** A mail as composed by the host: both bodies, headers checked. */
export interface Email {
  /** The same on every try, so that a provider or a mailbox can tell a repeat. Without angle brackets. */
  messageId: string
  date: Date
  from: Mailbox
  to: Mailbox
  replyTo?: Mailbox
  subject: string
  html: string
  text: string
  /** An iCalendar object sent as an alternative part, so that mail programs offer to accept it. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string }
  headers?: Record<string, string>
}

/** What a channel says of a mail it took. */
export interface Delivery {
  /** The provider's own id for it, where it has one. */
  providerId?: string
}

/** Thrown by `deliver` where trying again can't help, such as for an address that doesn't exist. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable'
}

/** A mail that was kept, as a list shows it. */
export interface KeptMail {
  id: string
  to: string
  from: string
  subject: string
  at: Date
  hasCalendar: boolean
}

/** A mail that was kept, in full. `html` is as it was written: show it only where it can't run script. */
export interface KeptMailInFull extends KeptMail {
  html: string | null
  text: string | null
  /** The iCalendar object it carries. */
  calendar: string | null
}

/** The mails of a channel that keeps them instead of sending them. */
export interface KeptMails {
  /** Newest first, at most `limit`. */
  list(limit: number): Promise<KeptMail[]>
  get(id: string): Promise<KeptMailInFull | null>
}

/**
 * A way to deliver mail: an adapter, called from a job and never inside a transaction.
 * `deliver` may be called again with the same `messageId`; it throws when the mail was not taken, and the
 * host tries again later, unless it throws `Undeliverable`.
 */
export interface Channel {
  deliver(email: Email, context: { signal: AbortSignal }): Promise<Delivery>
  /** What a channel for trials kept. */
  kept?: KeptMails
  /** Frees connections at shutdown. */
  close?(): Promise<void>
}
