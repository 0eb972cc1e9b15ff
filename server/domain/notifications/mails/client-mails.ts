import type { MessageType } from '../message.ts'
import { lateMoveRows, policyLine, refundRows } from './cancellation-words.ts'
import { type BookingMail, type MailContent, otherChoices, quoted, sessionDetails } from './content.ts'
import { clientConversationMails } from './conversation-mails.ts'
import { formatInstant, formatShort, formatTime, nearness } from './when.ts'

/** What clients are told of their bookings. */
export const clientMails: Partial<Record<MessageType, (mail: BookingMail) => MailContent>> = {
  request_received(mail) {
    const { coach, offer, answerBy, client, decisionSentence } = mail.booking
    const latest = answerBy ? `, at the latest by ${formatInstant(answerBy, client.timeZone)}` : ''
    return {
      subject: `Request received: ${offer.title}, ${short(mail)}`,
      title: 'Your request has been received',
      paragraphs: [
        ...(decisionSentence ? [decisionSentence] : []),
        `This time is kept for you while ${coach.name} decides${latest}. We write as soon as there is an answer.`,
      ],
      details: [...sessionDetails(mail, 'client'), ...otherChoices(mail, client.timeZone)],
      actions: [{ label: 'See or withdraw your request', url: mail.links.page }],
      smallPrint: 'Withdrawing a request costs nothing.',
    }
  },

  booking_confirmed(mail) {
    const { coach, offer, bookingType } = mail.booking
    const approved = mail.data.proposalId
      ? `It takes place at the other time that you and ${coach.name} found. `
      : bookingType === 'REQUESTED'
        ? `${coach.name} has approved your request. `
        : ''
    return {
      subject: `Confirmed: ${offer.title}, ${short(mail)}`,
      title: 'Your session is confirmed',
      paragraphs: [`${approved}The calendar entry comes with this mail.`],
      details: sessionDetails(mail, 'client'),
      actions: [{ label: 'Manage your booking', url: mail.links.page }],
      smallPrint: policyLine(mail),
    }
  },

  booking_declined(mail) {
    const { coach, offer, declineReason } = mail.booking
    const { title, sentence } = whyDeclined(mail)
    return {
      subject: `Not possible: ${offer.title}, ${short(mail)}`,
      title,
      paragraphs: [
        sentence,
        ...(mail.freeInstead.length > 0 ? ['These times nearby are free as we write:'] : []),
      ],
      ...quoted(coach.name, declineReason),
      details: sessionDetails(mail, 'client'),
      actions: [...bookInstead(mail), { label: 'See other times', url: mail.links.offer }],
    }
  },

  booking_cancelled(mail) {
    const { coach, offer, cancelledBy, cancelReason } = mail.booking
    const isOwn = cancelledBy === 'client'
    return {
      subject: `Cancelled: ${offer.title}, ${short(mail)}`,
      title: isOwn ? 'You have cancelled your session' : 'Your session was cancelled',
      paragraphs: [
        isOwn
          ? `We have told ${coach.name}, and the time is free again.`
          : `We are sorry: ${cancelledBy === 'coach' ? `${coach.name} had to cancel` : 'we had to cancel'} this session.`,
      ],
      ...(isOwn ? {} : quoted(coach.name, cancelReason)),
      details: [...sessionDetails(mail, 'client'), ...refundRows(mail)],
      actions: [{ label: 'Find another time', url: mail.links.offer }],
    }
  },

  request_withdrawn: mail => ({
    subject: `Withdrawn: ${mail.booking.offer.title}, ${short(mail)}`,
    title: 'You have withdrawn your request',
    paragraphs: [`${mail.booking.coach.name} needn’t answer any more, and the time is free again.`],
    details: sessionDetails(mail, 'client'),
    actions: [{ label: 'Find another time', url: mail.links.offer }],
  }),

  booking_moved(mail) {
    const isRequest = mail.booking.status === 'REQUESTED'
    return {
      subject: `Moved: ${mail.booking.offer.title}, now ${short(mail)}`,
      title: isRequest ? 'Your request is for a new time' : 'Your session has a new time',
      paragraphs: [
        isRequest
          ? `${mail.booking.coach.name} still has to answer it.`
          : 'The calendar entry that comes with this mail replaces the one you have.',
      ],
      details: [...formerTime(mail), ...sessionDetails(mail, 'client'), ...lateMoveRows(mail)],
      actions: [{ label: 'Manage your booking', url: mail.links.page }],
      smallPrint: policyLine(mail),
    }
  },

  move_declined(mail) {
    const { coach, offer, move, client } = mail.booking
    const wished = move && formatTime(move.startsAt, move.endsAt, client.timeZone)
    return {
      subject: `Your session stays at ${short(mail)}: ${offer.title}`,
      title: 'The new time doesn’t work',
      paragraphs: [
        `${coach.name} can’t move the session${wished ? ` to ${wished}` : ''}. It stays at the time you had.`,
      ],
      ...quoted(coach.name, move?.reason ?? null),
      details: sessionDetails(mail, 'client'),
      actions: [{ label: 'Manage your booking', url: mail.links.page }],
      smallPrint: policyLine(mail),
    }
  },

  booking_restored(mail) {
    const isRequest = mail.booking.status === 'REQUESTED'
    return {
      subject: `Back again: ${mail.booking.offer.title}, ${short(mail)}`,
      title: isRequest ? 'Your request is open again' : 'Your session takes place after all',
      paragraphs: ['What we wrote a moment ago was taken back: the session stands at its time.'],
      details: sessionDetails(mail, 'client'),
      actions: [{ label: 'Manage your booking', url: mail.links.page }],
      smallPrint: policyLine(mail),
    }
  },

  ...clientConversationMails,
  reminder_24h: reminder,
  reminder_1h: reminder,

  feedback_request: mail => ({
    subject: `How was your session with ${mail.booking.coach.name}?`,
    title: 'How was it?',
    paragraphs: [
      `You have just had “${mail.booking.offer.title}” with ${mail.booking.coach.name}. One to five stars and, if you like, a sentence help.`,
    ],
    actions: [{ label: 'Give feedback', url: `${mail.links.page}#feedback` }],
    smallPrint: `You would rather not be asked? Say so here: ${mail.links.noMoreQuestions}`,
  }),

  certificate_ready: mail => ({
    subject: `Your certificate: ${mail.booking.offer.title}`,
    title: 'Your certificate is ready',
    paragraphs: [
      `You took part in “${mail.booking.offer.title}” with ${mail.booking.coach.name}. The certificate is on your booking’s page, to download and to print.`,
      'It names an address at which anybody can check that it is genuine.',
    ],
    actions: [{ label: 'Get your certificate', url: mail.links.page }],
  }),
}

function whyDeclined({ booking: { coach, declineCode } }: BookingMail): { title: string; sentence: string } {
  if (declineCode === 'approval_timeout') {
    return {
      title: 'Your request was not answered in time',
      sentence: `We are sorry: ${coach.name} has not answered your request in time, so we have closed it. The time is free again.`,
    }
  }
  if (declineCode === 'competing_request') {
    return {
      title: 'Somebody else got this time',
      sentence: `We are sorry: several people asked ${coach.name} for this time, and it went to another one.`,
    }
  }
  return {
    title: `${coach.name} can’t take this session`,
    sentence: 'We are sorry that this time doesn’t work. Perhaps another one does.',
  }
}

/** A link for each free time, to the page where it is booked. */
function bookInstead({ freeInstead, booking: { client }, links }: BookingMail) {
  return freeInstead.map(({ startsAt }) => ({
    label: `Book ${formatShort(new Date(startsAt), client.timeZone)}`,
    url: `${links.offer}?at=${encodeURIComponent(startsAt)}`,
  }))
}

function reminder(mail: BookingMail): MailContent {
  const { offer, coach, client, session } = mail.booking
  return {
    subject: `Reminder: ${offer.title}, ${short(mail)}`,
    title: `Your session begins ${nearness(session.startsAt, mail.now, client.timeZone)}`,
    paragraphs: [`${coach.name} expects you.`],
    details: sessionDetails(mail, 'client'),
    actions: [{ label: 'Manage your booking', url: mail.links.page }],
    smallPrint: policyLine(mail),
  }
}

/** The start before a move, in the client's zone. */
function formerTime({ booking, data }: BookingMail) {
  return data.from
    ? [{ label: 'Before', value: formatInstant(new Date(data.from), booking.client.timeZone) }]
    : []
}

function short({ booking }: BookingMail): string {
  return formatShort(booking.session.startsAt, booking.client.timeZone)
}
