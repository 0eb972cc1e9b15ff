import type { Secrets } from '#server/secrets.ts'

const ID_BYTES = 16
const VERSION_BYTES = 2
const CODE_BYTES = 16

/**
 * The token in a booking's manage address `/b/{token}`: the booking's id and version with an HMAC over them,
 * so that it needn't be stored and a repeated command can return the same address. A new version ends old tokens.
 */
export function manageToken(secrets: Secrets, tenantId: string, booking: { id: string; manageVersion: number }): string {
  const head = Buffer.alloc(ID_BYTES + VERSION_BYTES)
  head.write(booking.id.replaceAll('-', ''), 0, 'hex')
  head.writeUInt16BE(booking.manageVersion, ID_BYTES)
  return Buffer.concat([head, secrets.sign('manage', signed(tenantId, head))]).toString('base64url')
}

/** The booking and version a token stands for, or null when it isn't one of this tenant's. The version is still to be compared. */
export function readManageToken(
  secrets: Secrets,
  tenantId: string,
  token: string,
): { id: string; manageVersion: number } | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== ID_BYTES + VERSION_BYTES + CODE_BYTES || bytes.toString('base64url') !== token) return null
  const head = bytes.subarray(0, ID_BYTES + VERSION_BYTES)
  if (!secrets.verify('manage', signed(tenantId, head), bytes.subarray(ID_BYTES + VERSION_BYTES))) return null
  const id = head.toString('hex', 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { id, manageVersion: head.readUInt16BE(ID_BYTES) }
}

function signed(tenantId: string, head: Buffer): Buffer {
  return Buffer.concat([Buffer.from(tenantId), head])
}
