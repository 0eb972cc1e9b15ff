import type { Email } from '@rapport/sdk'
import type { Secrets } from '#server/secrets.ts'
import type { Urls } from '#server/urls.ts'
import { manageToken } from '../booking/manage-token.ts'
import type { Query } from '../command.ts'
import { loginPath, loginToken } from '../people/login-token.ts'
import { lookOf } from '../tenants/look.ts'
import type { BookingFacts } from './booking-facts.ts'
import { bookingCalendar, type CalendarEntry } from './calendar.ts'
import { accountMails } from './mails/account-mails.ts'
import { clientMails } from './mails/client-mails.ts'
import { coachMails } from './mails/coach-mails.ts'
import { connectionMails } from './mails/connection-mails.ts'
import type { MailContent } from './mails/content.ts'
import { asHeader } from './mails/header-text.ts'
import { type MailLook, renderHtml } from './mails/render-html.ts'
import { renderText } from './mails/render-text.ts'
import { type MessageData, type MessageType, messageTypes } from './message-types.ts'

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
}

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
export async function composeEmail(query: Query, message: DueMessage, room: MailRoom): Promise<Email> {
  const business = await loadBusiness(query)
  const { booking } = message
  const draft = booking
    ? bookingDraft(query, { ...message, booking }, room, business)
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
    .select(['t.name', 'h.host', 't.accent', 't.logo_hash as logoHash'])
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
  query: Query,
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
  const write = isClient ? clientMails[type] : coachMails[type]
  if (!write) throw new Error(`no text of ${type} for ${data.audience}`)
  return {
    content: write({
      booking: message.booking,
      data,
      now: query.now,
      links: { page, offer: room.urls.tenant(host, `/${booking.offer.slug}`), noMoreQuestions },
    }),
    to: reader,
    replyTo: isClient ? coach : client,
    calendar: entryOf(type, {
      booking,
      audience: isClient ? 'client' : 'coach',
      url: page,
      organizer: { name, email: room.mailFrom },
      now: query.now,
    }),
    headers: messageTypes[type].essential ? {} : { 'List-Unsubscribe': `<${noMoreQuestions}>` },
  }
}

/** A request has no calendar entry yet, and one that was never confirmed none to cancel. */
function entryOf(
  type: MessageType,
  entry: Omit<CalendarEntry, 'method'> & { booking: BookingFacts },
): Email['calendar'] {
  const { calendar: method } = messageTypes[type]
  const { confirmedAt, status } = entry.booking
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
