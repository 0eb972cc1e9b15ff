import type { Secrets } from '#server/secrets.ts'

const ID_BYTES = 16
const VERSION_BYTES = 2
const CODE_BYTES = 16

/**
 * The token in a booking's manage address `/b/{token}`: the booking's id and version with an HMAC over them,
 * so that it needn't be stored and a repeated command can return the same address. A new version ends old tokens.
 */
export function manageToken(
  secrets: Secrets,
  tenantId: string,
  booking: { id: string; manageVersion: number },
): string {
  return signed(secrets, 'manage', tenantId, booking.id, booking.manageVersion)
}

/** The booking and version a token stands for, or null when it isn't one of this tenant's. The version is still to be compared. */
export function readManageToken(
  secrets: Secrets,
  tenantId: string,
  token: string,
): { id: string; manageVersion: number } | null {
  const read = readSigned(secrets, 'manage', tenantId, token)
  return read && { id: read.id, manageVersion: read.version }
}

/** The token of a checkout hold: whoever has it may book the held time, or give it back. */
export function holdToken(secrets: Secrets, tenantId: string, holdId: string): string {
  return signed(secrets, 'hold', tenantId, holdId, 0)
}

/** The hold's id, or null when the token isn't one of this tenant's. */
export function readHoldToken(secrets: Secrets, tenantId: string, token: string): string | null {
  return readSigned(secrets, 'hold', tenantId, token)?.id ?? null
}

/** The token in a coach's personal link: who has it may see and book times of a calendar that isn't public (015). */
export function invitation(secrets: Secrets, tenantId: string, coachId: string): string {
  return signed(secrets, 'invite', tenantId, coachId, 0)
}

/** The coach's id, or null when the token isn't one of this tenant's. */
export function readInvitation(secrets: Secrets, tenantId: string, token: string): string | null {
  return readSigned(secrets, 'invite', tenantId, token)?.id ?? null
}

/** The token in the QR code of one of a booking's seats: staff who scan it check that seat in. */
export function checkInToken(
  secrets: Secrets,
  tenantId: string,
  { bookingId, seat }: { bookingId: string; seat: number },
): string {
  return signed(secrets, 'check-in', tenantId, bookingId, seat)
}

/** The seat a token stands for, or null when it isn't one of this tenant's. */
export function readCheckInToken(
  secrets: Secrets,
  tenantId: string,
  token: string,
): { bookingId: string; seat: number } | null {
  const read = readSigned(secrets, 'check-in', tenantId, token)
  return read && { bookingId: read.id, seat: read.version }
}

function signed(secrets: Secrets, purpose: string, tenantId: string, id: string, version: number): string {
  const head = Buffer.alloc(ID_BYTES + VERSION_BYTES)
  head.write(id.replaceAll('-', ''), 0, 'hex')
  head.writeUInt16BE(version, ID_BYTES)
  return Buffer.concat([head, secrets.sign(purpose, withTenant(tenantId, head))]).toString('base64url')
}

function readSigned(secrets: Secrets, purpose: string, tenantId: string, token: string) {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== ID_BYTES + VERSION_BYTES + CODE_BYTES || bytes.toString('base64url') !== token)
    return null
  const head = bytes.subarray(0, ID_BYTES + VERSION_BYTES)
  const code = bytes.subarray(ID_BYTES + VERSION_BYTES)
  if (!secrets.verify(purpose, withTenant(tenantId, head), code)) return null
  const hex = head.toString('hex', 0, ID_BYTES)
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { id, version: head.readUInt16BE(ID_BYTES) }
}

function withTenant(tenantId: string, head: Buffer): Buffer {
  return Buffer.concat([Buffer.from(tenantId), head])
}
