import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { FoundPerson } from './find-person.ts'
import { type LinkPurpose, spendLoginLink } from './login-links.ts'
import { type Browser, endAllLogins, type LoggedIn, startLogin } from './login-sessions.ts'
import { isPassword } from './passwords.ts'

/** Who signed in, and the Set-Cookie header that says so. */
export interface SignedIn {
  viewer: LoggedIn
  cookie: string
}

/** Checks a password, in the same time for unknown addresses; outside of any transaction, since it takes long. */
export async function requirePassword(person: FoundPerson | null, password: string): Promise<FoundPerson> {
  const matches = await isPassword(person?.passwordHash ?? null, password)
  if (person && matches) return person
  throw new Refusal('unauthorized', 'WRONG_PASSWORD', 'This address and password don’t belong together.', {
    field: 'password',
  })
}

/** Signs in a person whose password was checked. */
export async function signIn(
  command: Command,
  { personId, browser }: { personId: string; browser: Browser },
): Promise<SignedIn> {
  await recordSignIn(command, personId, 'password')
  return startLogin(command, personId, browser)
}

/** Signs in whoever holds a link. One that came by mail proves the address. */
export async function signInByLink(
  command: Command,
  { linkId, browser }: { linkId: string | null; browser: Browser },
): Promise<SignedIn & { purpose: LinkPurpose; next: string | null }> {
  const { personId, purpose, next } = await spendLoginLink(command, {
    linkId,
    purposes: ['sign_in', 'handover'],
  })
  if (purpose === 'sign_in') await proveAddress(command, personId)
  await recordSignIn(command, personId, purpose)
  return { ...(await startLogin(command, personId, browser)), purpose, next }
}

/** Sets a new password by a mailed link, ends every other login, and signs this browser in. */
export async function resetPassword(
  command: Command,
  { linkId, passwordHash, browser }: { linkId: string | null; passwordHash: string; browser: Browser },
): Promise<SignedIn> {
  const { personId } = await spendLoginLink(command, { linkId, purposes: ['password_reset'] })
  await proveAddress(command, personId)
  await command.trx
    .updateTable('people')
    .set({ password_hash: passwordHash })
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', personId)
    .execute()
  await endAllLogins(command, personId)
  await recordSignIn(command, personId, 'password_reset')
  return startLogin(command, personId, browser)
}

async function proveAddress({ trx, tenantId, now }: Command, personId: string): Promise<void> {
  await trx
    .updateTable('people')
    .set({ email_proven_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', personId)
    .where('email_proven_at', 'is', null)
    .execute()
}

async function recordSignIn(command: Command, personId: string, by: LinkPurpose | 'password'): Promise<void> {
  await record(command, 'person.signed_in', { subject: 'person', subjectId: personId, data: { by } })
}
