import type { MessageType } from '../message.ts'
import { lateMoveRows, refundRows } from './cancellation-words.ts'
import {
  type BookingMail,
  type MailContent,
  otherChoices,
  quoted,
  sessionDetails,
  unanswered,
} from './content.ts'
import { coachConversationMails } from './conversation-mails.ts'
import { formatInstant, formatShort, formatTime, nearness } from './when.ts'

/** What coaches are told of bookings with them. Links open a page that asks: nothing happens by opening it. */
export const coachMails: Partial<Record<MessageType, (mail: BookingMail) => MailContent>> = {
  approval_required(mail) {
    const { client, offer, clientNotes } = mail.booking
    return {
      subject: `Please decide: ${client.name} asks for ${offer.title}, ${short(mail)}`,
      title: `${client.name} asks for a session`,
      paragraphs: [`The time is kept until you answer${answerBy(mail)}. ${unanswered(mail)}`],
      ...quoted(client.name, clientNotes),
      details: [...sessionDetails(mail, 'coach'), ...otherChoices(mail, mail.booking.coach.timeZone)],
      actions: decide(mail),
    }
  },

  approval_reminder(mail) {
    const { client, offer, move } = mail.booking
    const isMove = Boolean(mail.data.moveId && move)
    return {
      subject: `Still waiting: ${client.name}, ${offer.title}, ${short(mail)}`,
      title: `${client.name} is waiting for your answer`,
      paragraphs: [
        isMove
          ? `Half of the time to answer has passed. ${client.name} asks to move the session to ${formatTime(move!.startsAt, move!.endsAt, mail.booking.coach.timeZone)}.`
          : `Half of the time to answer has passed${answerBy(mail)}.`,
      ],
      details: sessionDetails(mail, 'coach'),
      actions: decide(mail),
    }
  },

  new_booking(mail) {
    const { client, offer, clientNotes } = mail.booking
    return {
      subject: `New booking: ${client.name}, ${offer.title}, ${short(mail)}`,
      title: `${client.name} has booked a session`,
      paragraphs: [
        'It is confirmed: your rules allowed it at once. The calendar entry comes with this mail.',
      ],
      ...quoted(client.name, clientNotes),
      details: sessionDetails(mail, 'coach'),
      actions: open(mail),
    }
  },

  booking_confirmed: mail => ({
    subject: `Confirmed: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
    title: 'The session is confirmed',
    paragraphs: [`${mail.booking.client.name} has been told. The calendar entry comes with this mail.`],
    details: sessionDetails(mail, 'coach'),
    actions: open(mail),
  }),

  booking_declined: mail => ({
    subject: `Closed without an answer: ${mail.booking.client.name}, ${short(mail)}`,
    title: 'A request was closed because its time ran out',
    paragraphs: [
      `${mail.booking.client.name} has been told that the request was not answered in time. The time is free again.`,
    ],
    details: sessionDetails(mail, 'coach'),
    actions: open(mail),
  }),

  booking_cancelled(mail) {
    const { client, offer, cancelledBy, cancelReason } = mail.booking
    const byClient = cancelledBy === 'client'
    return {
      subject: `Cancelled: ${client.name}, ${offer.title}, ${short(mail)}`,
      title: byClient ? `${client.name} has cancelled` : 'The session is cancelled',
      paragraphs: [
        byClient ? 'The time is free again.' : `${client.name} has been told, and the time is free again.`,
      ],
      ...(byClient ? quoted(client.name, cancelReason) : {}),
      details: [...sessionDetails(mail, 'coach'), ...refundRows(mail)],
      actions: open(mail),
    }
  },

  request_withdrawn: mail => ({
    subject: `Withdrawn: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.booking.client.name} has withdrawn the request`,
    paragraphs: ['There is nothing left to decide, and the time is free again.'],
    ...quoted(mail.booking.client.name, mail.booking.cancelReason),
    details: sessionDetails(mail, 'coach'),
    actions: open(mail),
  }),

  booking_moved(mail) {
    const { client, offer, status } = mail.booking
    const isRequest = status === 'REQUESTED'
    return {
      subject: `Moved: ${client.name}, ${offer.title}, now ${short(mail)}`,
      title: `The ${isRequest ? 'request of' : 'session with'} ${client.name} has a new time`,
      paragraphs: [
        isRequest
          ? `It still waits for your answer${answerBy(mail)}.`
          : 'The calendar entry that comes with this mail replaces the one you have.',
      ],
      details: [...formerTime(mail), ...sessionDetails(mail, 'coach'), ...lateMoveRows(mail)],
      actions: isRequest ? decide(mail) : open(mail),
    }
  },

  booking_handed_over: mail => ({
    subject: `Taken over: ${mail.booking.client.name}, ${mail.booking.offer.title}`,
    title: `${mail.booking.coach.name} leads this session now`,
    paragraphs: [`The session with ${mail.booking.client.name} was moved. Your time is free again.`],
    details: formerTime(mail),
    actions: open(mail),
  }),

  move_requested(mail) {
    const { client, offer, coach, move } = mail.booking
    return {
      subject: `Please decide: ${client.name} asks to move ${offer.title}`,
      title: `${client.name} asks for another time`,
      paragraphs: [
        `Both times are kept until you answer${move?.answerBy ? `, at the latest ${formatInstant(move.answerBy, coach.timeZone)}` : ''}. Without an answer the session stays where it is.`,
      ],
      details: [
        ...(move
          ? [{ label: 'Wished for', value: formatTime(move.startsAt, move.endsAt, coach.timeZone) }]
          : []),
        ...sessionDetails(mail, 'coach').map(row => (row.label === 'When' ? { ...row, label: 'Now' } : row)),
      ],
      actions: decide(mail),
    }
  },

  move_withdrawn: mail => ({
    subject: `Stays at ${short(mail)}: ${mail.booking.client.name}, ${mail.booking.offer.title}`,
    title: `${mail.booking.client.name} no longer asks for another time`,
    paragraphs: ['There is nothing left to decide: the session stays where it is.'],
    details: sessionDetails(mail, 'coach'),
    actions: open(mail),
  }),

  booking_restored(mail) {
    const isRequest = mail.booking.status === 'REQUESTED'
    return {
      subject: `Back again: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
      title: isRequest ? 'A request is open again' : 'The session takes place after all',
      paragraphs: ['What was ended a moment ago was taken back: the session stands at its time.'],
      details: sessionDetails(mail, 'coach'),
      actions: isRequest ? decide(mail) : open(mail),
    }
  },

  ...coachConversationMails,
  reminder_24h: reminder,
  reminder_1h: reminder,
}

function reminder(mail: BookingMail): MailContent {
  const { client, coach, offer, session, clientNotes } = mail.booking
  const when = nearness(session.startsAt, mail.now, coach.timeZone)
  return {
    subject: `Reminder: ${client.name}, ${offer.title}, ${short(mail)}`,
    title: `Your session with ${client.name} begins ${when}`,
    paragraphs: [],
    ...quoted(client.name, clientNotes),
    details: sessionDetails(mail, 'coach'),
    actions: open(mail),
  }
}

function decide({ links }: BookingMail) {
  return [{ label: 'Approve or decline', url: links.page }]
}

function open({ links }: BookingMail) {
  return [{ label: 'Open the booking', url: links.page }]
}

function answerBy({ booking }: BookingMail): string {
  return booking.answerBy ? `, at the latest ${formatInstant(booking.answerBy, booking.coach.timeZone)}` : ''
}

/** The start before a move, in the coach's zone. */
function formerTime({ booking, data }: BookingMail) {
  return data.from
    ? [{ label: 'Before', value: formatInstant(new Date(data.from), booking.coach.timeZone) }]
    : []
}

function short({ booking }: BookingMail): string {
  return formatShort(booking.session.startsAt, booking.coach.timeZone)
}
