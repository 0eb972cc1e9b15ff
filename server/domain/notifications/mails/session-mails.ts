import { lapsesAt } from '../../sessions/deadlines.ts'
import type { MessageData, MessageType } from '../message.ts'
import type { SessionMessageFacts } from '../session-facts.ts'
import type { MailContent } from './content.ts'
import { joinRow } from './join-row.ts'
import { dateRows, occupancy, placeRows } from './session-words.ts'
import { formatInstant, formatShort, nearness } from './when.ts'

/** What the texts to those who lead a session are written from. */
export interface SessionMail {
  session: SessionMessageFacts
  data: MessageData
  /** When it is sent. */
  now: Date
  /** The reader's. */
  zone: string
  links: {
    /** The session's page in the admin. */
    page: string
    /** Our own address of its video room; null where it has none. */
    join: string | null
  }
}

/** What those who lead a session are told of it as a whole: once, however many take part. */
export const sessionMails: Partial<Record<MessageType, (mail: SessionMail) => MailContent>> = {
  session_scheduled: mail => ({
    subject: `Planned: ${mail.session.offer.title}, ${short(mail)}`,
    title: 'You lead this session',
    paragraphs: ['The calendar entry comes with this mail. Of those who book you hear one by one.'],
    details: details(mail),
    actions: open(mail),
  }),

  session_moved(mail) {
    const { from } = mail.data
    const before = from ? [{ label: 'Before', value: formatInstant(new Date(from), mail.zone) }] : []
    return {
      subject: `Moved: ${mail.session.offer.title}, now ${short(mail)}`,
      title: 'The session is held at another time',
      paragraphs: [
        `Everybody who booked is told. ${occupancy(mail.session)} The calendar entry that comes with this mail replaces the one you have.`,
      ],
      details: [...before, ...details(mail)],
      actions: open(mail),
    }
  },

  session_handed_over: mail => ({
    subject: `Taken over: ${mail.session.offer.title}, ${short(mail)}`,
    title: 'Others lead this session now',
    paragraphs: [`${mail.session.coaches.join(' and ')} will lead it. Your time is free again.`],
    details: details(mail),
  }),

  session_cancelled: mail => ({
    subject: `Cancelled: ${mail.session.offer.title}, ${short(mail)}`,
    title:
      mail.session.stateReason === 'minimum_not_met'
        ? 'It isn’t held: too few had booked'
        : 'The session is cancelled',
    paragraphs: ['Everybody who booked is told, and your time is free again.'],
    details: details(mail),
    actions: open(mail),
  }),

  session_confirmed: mail => ({
    subject: `It takes place: ${mail.session.offer.title}, ${short(mail)}`,
    title: 'Enough have booked: it takes place',
    paragraphs: [`${occupancy(mail.session)} Everybody who booked is told.`],
    details: details(mail),
    actions: open(mail),
  }),

  session_extended: mail => ({
    subject: `Decided later: ${mail.session.offer.title}, ${short(mail)}`,
    title: 'Too few have booked so far: there is more time',
    paragraphs: [`${progress(mail)} ${decided(mail)} Everybody who booked is told.`],
    details: details(mail),
    actions: open(mail),
  }),

  minimum_warning: mail => ({
    subject: `Too few so far: ${mail.session.offer.title}, ${short(mail)}`,
    title: 'Fewer have booked than it needs',
    paragraphs: [`${progress(mail)} ${decided(mail)} ${otherwise(mail)}`],
    details: details(mail),
    actions: open(mail),
  }),

  minimum_decision: question('Please decide'),
  minimum_reminder: question('Still to decide'),

  reminder_24h: reminder,
  reminder_1h: reminder,
}

function question(word: string) {
  return (mail: SessionMail): MailContent => ({
    subject: `${word}: ${mail.session.offer.title}, ${short(mail)}`,
    title: 'Does it take place?',
    paragraphs: [
      `${progress(mail)} The deadline is over, and your terms leave it to you. Those who booked wait to hear.`,
      lapse(mail),
    ],
    details: details(mail),
    actions: [{ label: 'Decide', url: mail.links.page }],
  })
}

function reminder(mail: SessionMail): MailContent {
  const { offer, dates } = mail.session
  const { startsAt } = dates[mail.data.position ?? 0] ?? dates[0]!
  return {
    subject: `Reminder: ${offer.title}, ${formatShort(startsAt, mail.zone)}`,
    title: `${offer.title} begins ${nearness(startsAt, mail.now, mail.zone)}`,
    paragraphs: [occupancy(mail.session)],
    details: details(mail),
    actions: open(mail),
  }
}

function details({ session, zone, links }: SessionMail) {
  return [
    { label: 'What', value: session.offer.title },
    ...dateRows(session, zone, session.timeZone),
    ...placeRows(session),
    ...(links.join && session.state !== 'CANCELLED' ? [joinRow(links.join)] : []),
    ...(session.coaches.length > 1 ? [{ label: 'Led by', value: session.coaches.join(', ') }] : []),
  ]
}

function progress({ session }: SessionMail): string {
  return `${session.taken} of at least ${session.terms.minimum?.seats ?? 0} seats are taken.`
}

function decided({ session, zone }: SessionMail): string {
  return session.decideBy ? `It is decided ${formatInstant(session.decideBy, zone)}.` : ''
}

function otherwise(mail: SessionMail): string {
  const { session } = mail
  const { otherwise, extendsDays } = session.terms.minimum ?? {}
  if (otherwise === 'ask') return `If they stay too few, you are asked. ${lapse(mail)}`
  if (otherwise === 'extend' && session.state !== 'EXTENDED')
    return `If they stay too few, it is decided ${extendsDays} days later.`
  return 'If they stay too few, it is cancelled and everybody is told.'
}

function lapse({ session: { terms, decideBy, dates }, zone }: SessionMail): string {
  const at = lapsesAt(terms, decideBy, dates[0]!.startsAt)
  return at ? `It is cancelled by itself on ${formatInstant(at, zone)} unless you decide.` : ''
}

function open({ links }: SessionMail) {
  return [{ label: 'Open the session', url: links.page }]
}

function short({ session, zone }: SessionMail): string {
  return formatShort(session.dates[0]!.startsAt, zone)
}
