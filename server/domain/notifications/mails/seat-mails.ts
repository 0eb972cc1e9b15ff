import type { HeldSession } from '../booking-facts.ts'
import type { MessageType } from '../message.ts'
import { lateMoveRows, policyLine, refundRows } from './cancellation-words.ts'
import { type BookingMail, type MailContent, quoted, sessionDetails } from './content.ts'
import { certainty } from './session-words.ts'
import { formatInstant, formatShort, nearness } from './when.ts'

/** A mail about a booking of a session with dates of its own. */
export type SeatMail = BookingMail & { held: HeldSession }

/** What clients are told of their seats; where there is nothing here, they are told what all clients are. */
export const seatMails: Partial<Record<MessageType, (mail: SeatMail) => MailContent>> = {
  request_received(mail) {
    const { offer, answerBy, client, seats } = mail.booking
    const latest = answerBy ? `, at the latest by ${formatInstant(answerBy, client.timeZone)}` : ''
    const kept = seats === 1 ? 'A seat is kept for you' : `${seats} seats are kept for you`
    return {
      subject: `Request received: ${offer.title}, ${short(mail)}`,
      title: 'Your request has been received',
      paragraphs: [`${kept} while ${coach(mail)} decides${latest}. We write as soon as there is an answer.`],
      details: sessionDetails(mail, 'client'),
      actions: [{ label: 'See or withdraw your request', url: mail.links.page }],
      smallPrint: 'Withdrawing a request costs nothing.',
    }
  },

  booking_confirmed(mail) {
    const { offer, bookingType, seats, client } = mail.booking
    const approved = bookingType === 'REQUESTED' ? `${coach(mail)} has approved your request. ` : ''
    return {
      subject: `${seats === 1 ? 'Your seat' : `Your ${seats} seats`}: ${offer.title}, ${short(mail)}`,
      title: seats === 1 ? 'Your seat is reserved' : `Your ${seats} seats are reserved`,
      paragraphs: [
        `${approved}${certainty(mail.held, client.timeZone)}`,
        mail.held.dates.length === 1
          ? 'The calendar entry comes with this mail.'
          : 'The calendar entries for all dates come with this mail.',
      ],
      details: sessionDetails(mail, 'client'),
      actions: [{ label: 'Manage your booking', url: mail.links.page }],
      smallPrint: policyLine(mail, 'cancel'),
    }
  },

  booking_cancelled(mail) {
    const { offer, cancelledBy, cancelReason } = mail.booking
    const isOwn = cancelledBy === 'client'
    return {
      subject: `Cancelled: ${offer.title}, ${short(mail)}`,
      title: isOwn ? 'You have cancelled your booking' : 'Your booking was cancelled',
      paragraphs: [
        isOwn
          ? `We have told ${coach(mail)}, and others can have your place.`
          : `We are sorry: ${cancelledBy === 'coach' ? `${coach(mail)} had to cancel` : 'we had to cancel'} your booking. The session itself is held.`,
      ],
      ...(isOwn ? {} : quoted(coach(mail), cancelReason)),
      details: [...sessionDetails(mail, 'client'), ...refundRows(mail)],
      actions: [{ label: 'See other dates', url: mail.links.offer }],
    }
  },

  session_cancelled(mail) {
    const { offer, cancelReason } = mail.booking
    const isBelow = mail.held.stateReason === 'minimum_not_met'
    return {
      subject: `Cancelled: ${offer.title}, ${short(mail)}`,
      title: isBelow ? 'It doesn’t take place: too few had booked' : 'The session is cancelled',
      paragraphs: [
        isBelow
          ? 'We are sorry: not enough people have booked, so it isn’t held. Your booking has ended with it.'
          : `We are sorry: ${coach(mail)} had to cancel this session for everybody. Your booking has ended with it.`,
      ],
      ...quoted(coach(mail), cancelReason),
      details: [...sessionDetails(mail, 'client'), ...refundRows(mail)],
      actions: [{ label: 'See other dates', url: mail.links.offer }],
    }
  },

  booking_moved: mail => ({
    subject: `Moved: ${mail.booking.offer.title}, now ${short(mail)}`,
    title: 'You take part on another date',
    paragraphs: [
      `${certainty(mail.held, mail.booking.client.timeZone)} The calendar entry that comes with this mail replaces the one you have.`,
    ],
    details: [...sessionDetails(mail, 'client'), ...lateMoveRows(mail)],
    actions: [{ label: 'Manage your booking', url: mail.links.page }],
    smallPrint: policyLine(mail, 'cancel'),
  }),

  session_moved(mail) {
    const { from } = mail.data
    const before = from ? [{ label: 'Before', value: formatInstant(new Date(from), zone(mail)) }] : []
    return {
      subject: `Moved: ${mail.booking.offer.title}, now ${short(mail)}`,
      title: 'The session is held at another time',
      paragraphs: [
        'The calendar entry that comes with this mail replaces the one you have. If the new time doesn’t suit you, cancel on the page of your booking: that is free of charge.',
      ],
      details: [...before, ...sessionDetails(mail, 'client')],
      actions: [{ label: 'Manage your booking', url: mail.links.page }],
    }
  },

  session_changed: mail => ({
    subject: `Changed: ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.held.coaches.join(' and ')} will lead it`,
    paragraphs: ['The session stays at its time. Somebody else leads it than when you booked.'],
    details: sessionDetails(mail, 'client'),
    actions: [{ label: 'Manage your booking', url: mail.links.page }],
  }),

  session_confirmed: mail => ({
    subject: `It takes place: ${mail.booking.offer.title}, ${short(mail)}`,
    title: 'It takes place for certain',
    paragraphs: [
      mail.held.taken >= (mail.held.terms.minimum?.seats ?? 0)
        ? 'Enough people have booked. Nothing else is left to decide.'
        : `${coach(mail)} holds it with those who have booked. Nothing else is left to decide.`,
    ],
    details: sessionDetails(mail, 'client'),
    actions: [{ label: 'Manage your booking', url: mail.links.page }],
  }),

  session_extended: mail => ({
    subject: `Decided later: ${mail.booking.offer.title}, ${short(mail)}`,
    title: 'There is more time for others to join',
    paragraphs: [certainty(mail.held, zone(mail))],
    details: sessionDetails(mail, 'client'),
    actions: [{ label: 'Manage your booking', url: mail.links.page }],
  }),

  session_update: mail => ({
    subject: `News of ${mail.booking.offer.title}, ${short(mail)}`,
    title: `News of ${mail.booking.offer.title}`,
    paragraphs: [],
    ...quoted(mail.about?.author ?? '', mail.about?.text ?? ''),
    actions: [{ label: 'Open the session', url: mail.links.page }],
  }),

  material_available: mail => ({
    subject: `Ready for you: ${mail.about?.text ?? ''}`,
    title: 'There is something new for you',
    paragraphs: [
      `“${mail.about?.text ?? ''}” for ${mail.booking.offer.title} is on the page of your booking.`,
    ],
    actions: [{ label: 'Open it', url: mail.links.page }],
  }),

  reminder_days: reminder,
  reminder_24h: reminder,
  reminder_1h: reminder,

  feedback_request: mail => ({
    subject: `How was ${mail.booking.offer.title}?`,
    title: 'How was it?',
    paragraphs: [
      `You have just been to “${mail.booking.offer.title}” with ${mail.held.coaches.join(' and ')}. One to five stars and, if you like, a sentence help.`,
    ],
    actions: [{ label: 'Give feedback', url: `${mail.links.page}#feedback` }],
    smallPrint: `You would rather not be asked? Say so here: ${mail.links.noMoreQuestions}`,
  }),
}

function reminder(mail: SeatMail): MailContent {
  const { offer } = mail.booking
  const { position = 0 } = mail.data
  const { startsAt } = mail.held.dates[position] ?? mail.held.dates[0]!
  const part = mail.held.dates.length > 1 ? `, date ${position + 1} of ${mail.held.dates.length}` : ''
  const isFar = startsAt.getTime() - mail.now.getTime() > 36 * 3_600_000
  return {
    subject: `Reminder: ${offer.title}, ${formatShort(startsAt, zone(mail))}`,
    title: isFar
      ? `${offer.title} begins ${formatInstant(startsAt, zone(mail))}`
      : `${offer.title}${part} begins ${nearness(startsAt, mail.now, zone(mail))}`,
    paragraphs: mail.held.decideBy ? [certainty(mail.held, zone(mail))] : [`${coach(mail)} expects you.`],
    details: sessionDetails(mail, 'client'),
    actions: [{ label: 'Manage your booking', url: mail.links.page }],
    smallPrint: policyLine(mail, 'cancel'),
  }
}

function coach({ booking }: SeatMail): string {
  return booking.coach.name
}

function zone({ booking }: SeatMail): string {
  return booking.client.timeZone
}

function short({ booking }: SeatMail): string {
  return formatShort(booking.session.startsAt, booking.client.timeZone)
}
