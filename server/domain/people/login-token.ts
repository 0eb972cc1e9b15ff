import type { Secrets } from '#server/secrets.ts'

/*
 * The token of a login link is its row's id and a code over it: it can be made again when the mail is sent, and
 * lies nowhere.
 */

const ID_BYTES = 16

/** The token for a link of this tenant. */
export function loginToken(secrets: Secrets, tenantId: string, linkId: string): string {
  const id = Buffer.from(linkId.replaceAll('-', ''), 'hex')
  return Buffer.concat([id, secrets.sign('login_link', signed(tenantId, id))]).toString('base64url')
}

/** The link's id, or null for a token that this tenant never gave out. */
export function readLoginToken(secrets: Secrets, tenantId: string, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url')
  const id = bytes.subarray(0, ID_BYTES)
  if (bytes.length !== 2 * ID_BYTES) return null
  if (!secrets.verify('login_link', signed(tenantId, id), bytes.subarray(ID_BYTES))) return null
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function signed(tenantId: string, id: Buffer): Buffer {
  return Buffer.concat([Buffer.from(tenantId), id])
}

/** The page that a link opens: it asks, since opening it must not change anything. */
export function loginPath(purpose: 'sign_in' | 'handover' | 'password_reset', token: string): string {
  return purpose === 'password_reset' ? `/reset/${token}` : `/link/${token}`
}
