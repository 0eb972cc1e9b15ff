import type { Alternative } from '../../availability/alternatives.ts'
import type { BookingFacts } from '../booking-facts.ts'
import type { MessageData } from '../message.ts'
import { joinRow } from './join-row.ts'
import { formatPrice } from './money.ts'
import { seatDetails } from './seat-details.ts'
import { formatTime } from './when.ts'

/** A fact of a mail; of an address, the words that stand for it where it can be a link. */
export type Detail = { label: string; value: string; link?: string }

/** What a mail says, before it is given a look: plain text throughout. */
export interface MailContent {
  subject: string
  title: string
  paragraphs: string[]
  /** Words of the other person, set apart from ours. */
  quote?: { from: string; text: string }
  details?: Detail[]
  actions?: { label: string; url: string }[]
  smallPrint?: string
}

/** What the texts about a booking are written from. */
export interface BookingMail {
  booking: BookingFacts
  data: MessageData
  /** When it is sent. */
  now: Date
  links: {
    /** The booking's page: the client's own, or the one in the admin. */
    page: string
    /** The offer's page, with its free times. */
    offer: string
    /** Our own address of the session's video room; null where it has none, or it isn't certain that one meets. */
    join: string | null
    /** Where a client says that they don't want to be asked for feedback. */
    noMoreQuestions: string
  }
  /** What somebody posted, or the title of a material, where it tells of that. */
  about?: { author: string; text: string } | undefined
  /** Free times in place of one that could not be had. */
  freeInstead: Alternative[]
}

/** When, in the reader's zone, and in the other person's where that is another one; where; what it costs. */
export function sessionDetails(
  mail: BookingMail,
  reader: 'client' | 'coach',
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date } = mail.booking.session,
): Detail[] {
  const { booking, links } = mail
  if (booking.held) return seatDetails(mail, booking.held, reader)
  const { client, coach, offer } = booking
  const [own, other] = reader === 'client' ? [client, coach] : [coach, client]
  return [
    { label: 'What', value: offer.title },
    { label: 'When', value: formatTime(startsAt, endsAt, own.timeZone) },
    ...(own.timeZone === other.timeZone
      ? []
      : [{ label: `For ${other.name}`, value: formatTime(startsAt, endsAt, other.timeZone) }]),
    ...(offer.location ? [{ label: 'Where', value: offer.location }] : []),
    ...(links.join ? [joinRow(links.join)] : []),
    {
      label: reader === 'client' ? 'Coach' : 'Client',
      value: reader === 'client' ? coach.name : `${client.name}, ${client.email}`,
    },
    { label: 'Price', value: formatPrice(booking.priceMinor, booking.currency) },
  ]
}

/** What becomes of a request that its coach doesn't answer (259). */
export function unanswered({ booking: { coach } }: Pick<BookingMail, 'booking'>): string {
  return `Unanswered, it is ${coach.approvalTimeout === 'approve' ? 'approved' : 'declined'} by itself.`
}

/** A client's second and third choice, in the reader's zone. */
export function otherChoices({ booking }: BookingMail, zone: string): Detail[] {
  return booking.proposals
    .filter(({ proposedBy }) => proposedBy === 'client')
    .map(({ startsAt, endsAt }) => ({ label: 'Or else', value: formatTime(startsAt, endsAt, zone) }))
}

/** What the other one wrote, where they wrote something. */
export function quoted(
  from: string,
  text: string | null,
): { quote: { from: string; text: string } } | Record<never, never> {
  return text?.trim() ? { quote: { from, text: text.trim() } } : {}
}
