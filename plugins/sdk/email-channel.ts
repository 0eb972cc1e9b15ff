export interface EmailAttachment {
  filename: string
  /** For example `text/calendar; method=REQUEST; charset=utf-8`. */
  contentType: string
  content: string | Uint8Array
}

/** A mail as composed by the host: both bodies, headers checked. */
export interface Email {
  /** The same on every try, so that a provider or a mailbox can tell a repeat. Without angle brackets. */
  messageId: string
  from: { name: string; address: string }
  to: { name: string; address: string }
  replyTo?: { name: string; address: string }
  subject: string
  html: string
  text: string
  /** An iCalendar object sent as an alternative part, so that mail programs offer to accept it. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string }
  attachments?: EmailAttachment[]
  headers?: Record<string, string>
}

/** What a channel says of a mail it took. */
export interface Delivery {
  /** The provider's own id for it, where it has one. */
  providerId?: string
}

/**
 * A way to deliver mail: an adapter, called from a job and never inside a transaction.
 * `deliver` may be called again with the same `messageId`; it throws when the mail was not taken, and the
 * host tries again later.
 */
export interface Channel {
  deliver(email: Email, context: { signal: AbortSignal }): Promise<Delivery>
  /** Frees connections at shutdown. */
  close?(): Promise<void>
}
