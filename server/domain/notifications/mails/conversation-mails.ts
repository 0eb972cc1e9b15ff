import type { MessageType } from '../message.ts'
import { type BookingMail, type MailContent, quoted, sessionDetails } from './content.ts'
import { formatInstant, formatShort, formatTime } from './when.ts'

type Mails = Partial<Record<MessageType, (mail: BookingMail) => MailContent>>

/** What clients are told of other times suggested to them, and what they are asked, before a request is answered (034, 035). */
export const clientConversationMails: Mails = {
  times_proposed(mail) {
    const { coach, client, offer, status, session } = mail.booking
    const times = suggested(mail)
    const isRequest = status === 'REQUESTED'
    return {
      subject: `${coach.name} suggests ${times.length === 1 ? 'another time' : 'other times'}: ${offer.title}`,
      title: `${coach.name} suggests ${times.length === 1 ? 'another time' : `${times.length} other times`}`,
      paragraphs: [
        isRequest
          ? `The time you asked for, ${formatInstant(session.startsAt, client.timeZone)}, doesn’t suit. ${times.length === 1 ? 'This one is' : 'These are'} kept for you: take one on the page that opens, and it is confirmed at once.`
          : `Your session stays at ${formatInstant(session.startsAt, client.timeZone)} until you take another time. On the page that opens, one tap moves it.`,
        ...keptUntil(mail),
      ],
      ...quoted(coach.name, times[0]?.message ?? null),
      details: [
        ...times.map(({ startsAt, endsAt }, at) => ({
          label: times.length === 1 ? 'Suggested' : `Suggested ${at + 1}`,
          value: formatTime(startsAt, endsAt, client.timeZone),
        })),
        ...sessionDetails(mail, 'client').map(row =>
          row.label === 'When' ? { ...row, label: isRequest ? 'Asked for' : 'Now' } : row,
        ),
      ],
      actions: [
        ...times.map(({ id, startsAt }) => ({
          label: `Take ${formatShort(startsAt, client.timeZone)}`,
          url: `${mail.links.page}?proposal=${id}`,
        })),
        { label: 'None of these fits', url: mail.links.page },
      ],
    }
  },

  question_asked(mail) {
    const { coach, client, offer, answerBy } = mail.booking
    return {
      subject: `${coach.name} has a question about ${offer.title}, ${formatShort(mail.booking.session.startsAt, client.timeZone)}`,
      title: `${coach.name} has a question for you`,
      paragraphs: [
        `Your request waits for your answer${answerBy ? `, at the latest by ${formatInstant(answerBy, client.timeZone)}` : ''}. The time is kept for you meanwhile.`,
      ],
      ...quoted(coach.name, mail.about?.text ?? null),
      details: sessionDetails(mail, 'client'),
      actions: [{ label: 'Answer', url: `${mail.links.page}#question` }],
    }
  },
}

/** What coaches are told of the client's side of it. */
export const coachConversationMails: Mails = {
  question_answered: mail => ({
    subject: `Answered: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.booking.client.name} has answered your question`,
    paragraphs: [`It is your turn again${coachAnswersBy(mail)}.`],
    ...quoted(mail.booking.client.name, mail.about?.text ?? null),
    details: sessionDetails(mail, 'coach'),
    actions: decide(mail),
  }),

  proposal_accepted: mail => ({
    subject: `Confirmed: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.booking.client.name} takes a time you suggested`,
    paragraphs: [
      'The session is confirmed at that time, and the other times you suggested are free again. The calendar entry comes with this mail.',
    ],
    details: [...formerTime(mail), ...sessionDetails(mail, 'coach')],
    actions: [{ label: 'Open the booking', url: mail.links.page }],
  }),

  proposals_declined: mail => ({
    subject: `None fits: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.booking.client.name} can take none of the times you suggested`,
    paragraphs: [afterwards(mail)],
    ...quoted(mail.booking.client.name, mail.about?.text ?? null),
    details: sessionDetails(mail, 'coach'),
    actions: decide(mail),
  }),

  not_answered: mail => ({
    subject: `No answer yet: ${mail.booking.client.name}, ${mail.booking.offer.title}, ${short(mail)}`,
    title: `${mail.booking.client.name} has not answered in time`,
    paragraphs: mail.data.questionId
      ? [`Your question got no answer. The request is yours to decide${coachAnswersBy(mail)}.`]
      : ['The times you suggested have run out.', afterwards(mail)],
    details: sessionDetails(mail, 'coach'),
    actions: decide(mail),
  }),
}

/** What the coach suggested and the client may still take. */
function suggested({ booking, now }: BookingMail) {
  return booking.proposals.filter(
    ({ proposedBy, expiresAt }) => proposedBy === 'coach' && expiresAt !== null && expiresAt > now,
  )
}

function keptUntil(mail: BookingMail): string[] {
  const ends = suggested(mail).map(({ expiresAt }) => expiresAt!.getTime())
  if (ends.length === 0) return []
  const [first, last] = [Math.min(...ends), Math.max(...ends)]
  const until = formatInstant(new Date(first), mail.booking.client.timeZone)
  return [first === last ? `Kept until ${until}.` : `Kept until ${until} at least.`]
}

/** How it goes on when a client took none. */
function afterwards(mail: BookingMail): string {
  return mail.booking.status === 'REQUESTED'
    ? `Those times are free again, and the request is yours to answer${coachAnswersBy(mail)}.`
    : 'Those times are free again, and the session stays where it is.'
}

function coachAnswersBy({ booking }: BookingMail): string {
  return booking.answerBy && booking.status === 'REQUESTED'
    ? `, at the latest ${formatInstant(booking.answerBy, booking.coach.timeZone)}`
    : ''
}

function formerTime({ booking, data }: BookingMail) {
  return data.from
    ? [{ label: 'Before', value: formatInstant(new Date(data.from), booking.coach.timeZone) }]
    : []
}

function decide({ links, booking }: BookingMail) {
  const label = booking.status === 'REQUESTED' ? 'Approve or decline' : 'Open the booking'
  return [{ label, url: links.page }]
}

function short({ booking }: BookingMail): string {
  return formatShort(booking.session.startsAt, booking.coach.timeZone)
}
