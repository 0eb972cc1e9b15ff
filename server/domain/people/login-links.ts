import { uuidv7 } from 'uuidv7'
import type { LoginLinksTable } from '#server/db/tables.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'

export type LinkPurpose = LoginLinksTable['purpose']

const MINUTE = 60_000
const livesFor: Record<LinkPurpose, number> = {
  sign_in: 30 * MINUTE,
  password_reset: 60 * MINUTE,
  handover: MINUTE,
}

/** Makes a link for a person that works once and leads on to `next`; returns its id, from which `loginToken` makes the token. */
export async function makeLoginLink(
  { trx, tenantId, now }: Command,
  { personId, purpose, next }: { personId: string; purpose: LinkPurpose; next?: string | undefined },
): Promise<string> {
  const id = uuidv7()
  await trx
    .insertInto('login_links')
    .values({
      tenant_id: tenantId,
      id,
      purpose,
      person_id: personId,
      next_path: next ?? null,
      expires_at: new Date(now.getTime() + livesFor[purpose]),
      used_at: null,
      created_at: now,
    })
    .execute()
  return id
}

/** Uses a link up: of several attempts at once one succeeds. Refuses what is unknown, used, or too old alike. */
export async function spendLoginLink(
  { trx, tenantId, now }: Command,
  { linkId, purposes }: { linkId: string | null; purposes: readonly LinkPurpose[] },
): Promise<{ personId: string; purpose: LinkPurpose; next: string | null }> {
  const used =
    linkId &&
    (await trx
      .updateTable('login_links')
      .set({ used_at: now })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', linkId)
      .where('purpose', 'in', purposes)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning(['person_id', 'purpose', 'next_path'])
      .executeTakeFirst())
  if (!used) {
    throw new Refusal(
      'not_found',
      'LINK_OVER',
      'This link has been used or is too old. Please ask for a new one.',
      {
        field: 'token',
      },
    )
  }
  return { personId: used.person_id, purpose: used.purpose, next: used.next_path }
}
