import type { Email } from '@rapport/sdk'
import { manageToken } from '../../booking/manage-token.ts'
import type { BookingFacts } from '../booking-facts.ts'
import { bookingCalendar, type CalendarEntry } from '../calendar.ts'
import { clientMails } from '../mails/client-mails.ts'
import { coachMails } from '../mails/coach-mails.ts'
import type { BookingMail, MailContent } from '../mails/content.ts'
import { seatCoachMails } from '../mails/seat-coach-mails.ts'
import { seatMails } from '../mails/seat-mails.ts'
import type { MessageType } from '../message.ts'
import { messageTypes } from '../message-types.ts'
import type { Business, Composing, Draft, DueMessage, MailRoom } from './draft.ts'

/** To client or coach, about one booking. */
export function bookingDraft(
  query: Composing,
  message: DueMessage & { booking: BookingFacts },
  room: MailRoom,
  { name, host }: Business,
): Draft {
  const { type, data, person } = message
  const { client, coach } = message.booking
  const isClient = data.audience === 'client'
  const reader = isClient ? client : data.audience === 'coach' ? coach : person
  const booking = isClient ? message.booking : { ...message.booking, coach: { ...coach, ...reader } }
  const page = isClient
    ? room.urls.tenant(host, `/b/${manageToken(room.secrets, query.tenantId, booking)}`)
    : room.urls.tenant(host, `/admin/bookings/${booking.id}`)
  const noMoreQuestions = `${page}/mails`
  const entrance = isClient ? page : room.urls.tenant(host, `/admin/sessions/${booking.session.id}`)
  const join = isMetOnline(query, message.booking) ? `${entrance}/join` : null
  return {
    content: write(type, isClient, {
      booking: message.booking,
      data,
      now: query.now,
      links: { page, offer: room.urls.tenant(host, `/${booking.offer.slug}`), join, noMoreQuestions },
      about: message.about,
      freeInstead: message.freeInstead,
    }),
    to: reader,
    replyTo: isClient ? coach : client,
    calendar: entryOf(type, {
      booking,
      formerDates: data.formerDates,
      joinUrl: join,
      audience: isClient ? 'client' : 'coach',
      url: page,
      organizer: { name, email: room.mailFrom },
      now: query.now,
    }),
    headers: messageTypes[type].essential ? {} : { 'List-Unsubscribe': `<${noMoreQuestions}>` },
  }
}

function write(type: MessageType, isClient: boolean, mail: BookingMail): MailContent {
  const { held } = mail.booking
  const ofSeat = held && (isClient ? seatMails[type] : seatCoachMails[type])
  if (ofSeat) return ofSeat({ ...mail, held })
  const ofBooking = isClient ? clientMails[type] : coachMails[type]
  if (!ofBooking) throw new Error(`no text of ${type} for ${isClient ? 'a client' : 'a coach'}`)
  return ofBooking(mail)
}

/** Whether the booking's people meet by video, as far as anybody knows. */
function isMetOnline({ kind }: Composing, { status, mode, offer, held }: BookingFacts): boolean {
  if (status !== 'FIRM_BOOKED' && status !== 'CONFIRMED') return false
  const format = kind(offer.kind).format({ settings: offer.kindSettings, terms: held?.terms ?? null })
  return format !== 'in_person' && mode !== 'in_person'
}

/**
 * A request has no calendar entry yet, and one that was never confirmed none to cancel. Those who lead a session with
 * dates of its own have its entry already.
 */
function entryOf(
  type: MessageType,
  entry: Omit<CalendarEntry, 'method'> & { booking: BookingFacts },
): Email['calendar'] {
  const { calendar: method } = messageTypes[type]
  const { confirmedAt, status, held } = entry.booking
  if (held && entry.audience === 'coach') return undefined
  if (!method || !confirmedAt || status === 'REQUESTED') return undefined
  return { method, content: bookingCalendar({ ...entry, method }) }
}
