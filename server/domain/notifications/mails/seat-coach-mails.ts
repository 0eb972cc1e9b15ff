import type { MessageType } from '../message.ts'
import { lateMoveRows, refundRows } from './cancellation-words.ts'
import { type MailContent, quoted, sessionDetails, unanswered } from './content.ts'
import type { SeatMail } from './seat-mails.ts'
import { occupancy } from './session-words.ts'
import { formatInstant, formatShort } from './when.ts'

/** What coaches are told of single bookings of their sessions, whose calendar entry they have already. */
export const seatCoachMails: Partial<Record<MessageType, (mail: SeatMail) => MailContent>> = {
  approval_required: mail => ({
    subject: `Please decide: ${mail.booking.client.name} asks for ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.booking.client.name} asks to take part`,
    paragraphs: [
      `The seats are kept until you answer${answerBy(mail)}. ${unanswered(mail)} ${occupancy(mail.held)}`,
    ],
    ...quoted(mail.booking.client.name, mail.booking.clientNotes),
    details: sessionDetails(mail, 'coach'),
    actions: [{ label: 'Approve or decline', url: mail.links.page }],
  }),

  new_booking: mail => ({
    subject: `New booking: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.booking.client.name} takes part`,
    paragraphs: [occupancy(mail.held)],
    ...quoted(mail.booking.client.name, mail.booking.clientNotes),
    details: sessionDetails(mail, 'coach'),
    actions: open(mail),
  }),

  booking_confirmed: mail => ({
    subject: `Confirmed: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.booking.client.name} takes part`,
    paragraphs: [`${mail.booking.client.name} has been told. ${occupancy(mail.held)}`],
    details: sessionDetails(mail, 'coach'),
    actions: open(mail),
  }),

  booking_cancelled(mail) {
    const { client, offer, cancelledBy, cancelReason } = mail.booking
    const byClient = cancelledBy === 'client'
    return {
      subject: `Cancelled: ${client.name}, ${offer.title}, ${short(mail)}`,
      title: byClient ? `${client.name} has cancelled` : `${client.name} no longer takes part`,
      paragraphs: [`The session stays. ${occupancy(mail.held)}`],
      ...(byClient ? quoted(client.name, cancelReason) : {}),
      details: [...sessionDetails(mail, 'coach'), ...refundRows(mail)],
      actions: open(mail),
    }
  },

  booking_moved: mail => ({
    subject: `Moved: ${mail.booking.client.name}, ${mail.booking.offer.title}, now ${short(mail)}`,
    title: `${mail.booking.client.name} takes part on another date`,
    paragraphs: [occupancy(mail.held)],
    details: [...sessionDetails(mail, 'coach'), ...lateMoveRows(mail)],
    actions: open(mail),
  }),

  booking_handed_over: mail => ({
    subject: `Moved: ${mail.booking.client.name}, ${mail.booking.offer.title}`,
    title: `${mail.booking.client.name} takes part in another session`,
    paragraphs: [
      `Your session stays as it is, with ${mail.booking.seats === 1 ? 'a seat' : `${mail.booking.seats} seats`} more to give.`,
    ],
    details: sessionDetails(mail, 'coach'),
    actions: open(mail),
  }),

  booking_restored: mail => ({
    subject: `Back again: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.booking.client.name} takes part after all`,
    paragraphs: [`What was ended a moment ago was taken back. ${occupancy(mail.held)}`],
    details: sessionDetails(mail, 'coach'),
    actions: open(mail),
  }),
}

function answerBy({ booking }: SeatMail): string {
  return booking.answerBy ? `, at the latest ${formatInstant(booking.answerBy, booking.coach.timeZone)}` : ''
}

function open({ links }: SeatMail) {
  return [{ label: 'Open the booking', url: links.page }]
}

function short({ booking }: SeatMail): string {
  return formatShort(booking.session.startsAt, booking.coach.timeZone)
}
