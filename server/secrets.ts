import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** What the operator's SECRET_KEY is used for: tokens that can be checked without being stored. */
export interface Secrets {
  /** A message authentication code of 16 bytes, for one purpose. */
  sign(purpose: string, message: Buffer): Buffer
  verify(purpose: string, message: Buffer, code: Buffer): boolean
  /** A keyed hash as text, for values that must be compared but not kept (addresses, visitors). */
  blind(purpose: string, value: string): string
}

export function createSecrets(secretKey: string): Secrets {
  const sign = (purpose: string, message: Buffer) =>
    createHmac('sha256', secretKey).update(`${purpose}\n`).update(message).digest().subarray(0, 16)
  return {
    sign,
    verify(purpose, message, code) {
      return code.length === 16 && timingSafeEqual(sign(purpose, message), code)
    },
    blind(purpose, value) {
      return createHmac('sha256', secretKey).update(`${purpose}\n${value}`).digest('base64url')
    },
  }
}

/** The hash under which a random token is stored. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
