import type { Email } from '@rapport/sdk'
import type { Query } from '../command.ts'
import { lookOf } from '../tenants/look.ts'
import { accountDraft, connectionDraft } from './drafts/account-draft.ts'
import { bookingDraft } from './drafts/booking-draft.ts'
import type { Business, Composing, DueMessage, MailRoom } from './drafts/draft.ts'
import { noticeDraft } from './drafts/notice-draft.ts'
import { scheduleDraft } from './drafts/schedule-draft.ts'
import { sessionDraft } from './drafts/session-draft.ts'
import { asHeader } from './mails/header-text.ts'
import { type MailLook, renderHtml } from './mails/render-html.ts'
import { renderText } from './mails/render-text.ts'

/** Composes the mail of a message in its business's look. Throws for a type that has no text for its reader. */
export async function composeEmail(query: Composing, message: DueMessage, room: MailRoom): Promise<Email> {
  const business = await loadBusiness(query)
  const { booking, session, schedule, notice } = message
  const draft = booking
    ? bookingDraft(query, { ...message, booking }, room, business)
    : session
      ? sessionDraft(query, { ...message, session }, room, business)
      : schedule
        ? scheduleDraft(query, { ...message, schedule }, room, business)
        : notice
          ? noticeDraft({ ...message, notice }, room, business)
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

function asMailbox({ name, email }: { name: string; email: string }) {
  return { name: asHeader(name), address: email }
}
