import type { Query } from '../../command.ts'
import { loginPath, loginToken } from '../../people/login-token.ts'
import { accountMails } from '../mails/account-mails.ts'
import { connectionMails } from '../mails/connection-mails.ts'
import type { Business, Draft, DueMessage, MailRoom } from './draft.ts'

/** To the other of the two of a connection. */
export async function connectionDraft(
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

/** With a link that signs in, or leads to a business. */
export function accountDraft(
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
