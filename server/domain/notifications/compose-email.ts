import type { Email } from '@rapport/sdk'
import type { Secrets } from '#server/secrets.ts'
import type { Urls } from '#server/urls.ts'
import { manageToken } from '../booking/manage-token.ts'
import type { Command, Query } from '../command.ts'
import { loginPath, loginToken } from '../people/login-token.ts'
import { lookOf } from '../tenants/look.ts'
import type { BookingFacts } from './booking-facts.ts'
import { bookingCalendar, type CalendarEntry, sessionCalendar } from './calendar.ts'
import { accountMails } from './mails/account-mails.ts'
import { clientMails } from './mails/client-mails.ts'
import { coachMails } from './mails/coach-mails.ts'
import { connectionMails } from './mails/connection-mails.ts'
import type { BookingMail, MailContent } from './mails/content.ts'
import { asHeader } from './mails/header-text.ts'
import { type MailLook, renderHtml } from './mails/render-html.ts'
import { renderText } from './mails/render-text.ts'
import { seatCoachMails } from './mails/seat-coach-mails.ts'
import { seatMails } from './mails/seat-mails.ts'
import { sessionMails } from './mails/session-mails.ts'
import { type MessageData, type MessageType, messageTypes } from './message-types.ts'
import type { SessionMessageFacts } from './session-facts.ts'

/** What composing needs of the house. */
export interface MailRoom {
  urls: Urls
  secrets: Secrets
  /** The platform's address, from which all mail comes. */
  mailFrom: string
}

/** A message that is due, and the person it goes to. */
export interface DueMessage {
  type: MessageType
  messageId: string
  data: MessageData
  person: { id: string; name: string; email: string }
  booking: BookingFacts | null
  /** What it is about where it concerns a session as a whole. */
  session: SessionMessageFacts | null
  about: { author: string; text: string } | undefined
}

/** Composing takes the behaviour of kinds: how one meets. */
type Composing = Query & Pick<Command, 'kind'>

interface Business {
  name: string
  host: string
  accent: string
  logoHash: string | null
}

/** A mail before it is given a look. */
interface Draft {
  content: MailContent
  to: { name: string; email: string }
  replyTo?: { name: string; email: string }
  calendar?: Email['calendar']
  headers?: Record<string, string>
}

/** Composes the mail of a message in its business's look. Throws for a type that has no text for its reader. */
export async function composeEmail(query: Composing, message: DueMessage, room: MailRoom): Promise<Email> {
  const business = await loadBusiness(query)
  const { booking, session } = message
  const draft = booking
    ? bookingDraft(query, { ...message, booking }, room, business)
    : session
      ? sessionDraft(query, { ...message, session }, room, business)
      : message.data.coachId
        ? await connectionDraft(query, message, room, business)
        : accountDraft(query, message, room, business)
  const { content, to, replyTo, calendar, headers } = draft
  const look = lookFor(business, room)
  return {
    messageId: message.messageId,
    date: query.now,
    from: { name: asHeader(business.name), address: room.mailFrom },
    to: asMailbox(to),
    ...(replyTo && { replyTo: asMailbox(replyTo) }),
    subject: asHeader(content.subject),
    html: renderHtml(content, look),
    text: renderText(content, look),
    ...(calendar && { calendar }),
    headers: { 'Auto-Submitted': 'auto-generated', ...headers },
  }
}

async function loadBusiness({ trx, tenantId }: Query): Promise<Business> {
  return trx
    .selectFrom('tenants as t')
    .innerJoin('tenant_hosts as h', 'h.tenant_id', 't.id')
    .leftJoin('files as f', join =>
      join.onRef('f.tenant_id', '=', 't.id').onRef('f.id', '=', 't.logo_file_id'),
    )
    .select(['t.name', 'h.host', 't.accent', 'f.sha256 as logoHash'])
    .where('t.id', '=', tenantId)
    .orderBy('h.host')
    .limit(1)
    .executeTakeFirstOrThrow()
}

function lookFor({ name, host, accent, logoHash }: Business, { urls }: MailRoom): MailLook {
  return {
    ...lookOf(accent),
    business: name,
    site: urls.tenant(host, '/'),
    logoUrl: logoHash && urls.tenant(host, `/logo/${logoHash.slice(0, 16)}`),
  }
}

function bookingDraft(
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

/** To one who leads a session, about it as a whole: its calendar entry doesn't say who takes part. */
function sessionDraft(
  query: Composing,
  { type, data, person, session }: DueMessage & { session: SessionMessageFacts },
  room: MailRoom,
  { name, host }: Business,
): Draft {
  const leader = session.leaders.find(({ personId }) => personId === person.id)
  const page = room.urls.tenant(host, `/admin/sessions/${session.id}`)
  const format = query
    .kind(session.offer.kind)
    .format({ settings: session.offer.kindSettings, terms: session.terms })
  const join = format === 'in_person' ? null : `${page}/join`
  const { calendar: method } = messageTypes[type]
  const write = sessionMails[type]
  if (!write) throw new Error(`no text of ${type} for those who lead a session`)
  return {
    content: write({
      session,
      data,
      now: query.now,
      zone: leader?.timeZone ?? session.timeZone,
      links: { page, join },
    }),
    to: person,
    calendar: method
      ? {
          method,
          content: sessionCalendar({
            session: leader ? session : { ...session, leaders: [{ ...session.leaders[0]!, ...person }] },
            method,
            formerDates: data.formerDates,
            url: page,
            joinUrl: join,
            organizer: { name, email: room.mailFrom },
            now: query.now,
          }),
        }
      : undefined,
  }
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

async function connectionDraft(
  { trx, tenantId }: Query,
  { type, data, person }: DueMessage,
  { urls }: MailRoom,
  { name, host }: Business,
): Promise<Draft> {
  const { coach, client } = await trx
    .selectFrom('coaches as c')
    .innerJoin('people as coach', join =>
      join.onRef('coach.tenant_id', '=', 'c.tenant_id').onRef('coach.id', '=', 'c.person_id'),
    )
    .innerJoin('people as client', join => join.onRef('client.tenant_id', '=', 'c.tenant_id'))
    .select(['coach.name as coach', 'client.name as client'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '=', data.coachId!)
    .where('client.id', '=', data.clientId!)
    .executeTakeFirstOrThrow()
  const write = connectionMails[type]
  if (!write) throw new Error(`no text of ${type}`)
  const url = urls.tenant(host, data.audience === 'client' ? '/' : '/admin/requests')
  return { content: write({ business: name, coach, client, url }), to: person }
}

function accountDraft(
  { tenantId }: Query,
  { type, data, person }: DueMessage,
  { urls, secrets }: MailRoom,
  { name, host }: Business,
): Draft {
  const write = accountMails[type]
  if (!write) throw new Error(`no text of ${type}`)
  const path =
    type === 'business_found'
      ? '/admin'
      : loginPath(
          type === 'password_reset' ? 'password_reset' : 'sign_in',
          loginToken(secrets, tenantId, data.linkId!),
        )
  return { content: write({ business: name, person: person.name, url: urls.tenant(host, path) }), to: person }
}

function asMailbox({ name, email }: { name: string; email: string }) {
  return { name: asHeader(name), address: email }
}
