import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** What the operator's SECRET_KEY is used for: tokens that can be checked without being stored, and sealing. */
export interface Secrets {
  /** A message authentication code of 16 bytes, for one purpose. */
  sign(purpose: string, message: Buffer): Buffer
  /** Whether a code is ours; one made with a former key counts too, or links in mails would end with each rotation. */
  verify(purpose: string, message: Buffer, code: Buffer): boolean
  /** A keyed hash as text, for values that must be compared but not kept (addresses, visitors). */
  blind(purpose: string, value: string): string
  /** Encrypts a text (AES-256-GCM) so that only `open` with the same `belongsTo` reads it. */
  seal(belongsTo: string, text: string): string
  /** Throws for what was changed, belongs to something else, or was sealed with a key that is no longer known. */
  open(belongsTo: string, sealed: string): string
  /** Whether a sealed text was sealed with the present key, and not with a former one. */
  isCurrent(sealed: string): boolean
}

/** `formerKeys` are keys that were SECRET_KEY before: they still open and verify, and are used for nothing new. */
export function createSecrets(secretKey: string, formerKeys: readonly string[] = []): Secrets {
  const sealing = [secretKey, ...formerKeys].map(sealingKey)
  const [current] = sealing
  const sign = (purpose: string, message: Buffer) => signWith(secretKey, purpose, message)
  return {
    sign,
    verify(purpose, message, code) {
      if (code.length !== 16) return false
      return [secretKey, ...formerKeys].some(key => timingSafeEqual(signWith(key, purpose, message), code))
    },
    blind(purpose, value) {
      return createHmac('sha256', secretKey).update(`${purpose}\n${value}`).digest('base64url')
    },
    seal(belongsTo, text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', current!.key, iv).setAAD(Buffer.from(belongsTo))
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${FORM}.${current!.id}.${sealed.toString('base64url')}`
    },
    open(belongsTo, sealed) {
      const [form, id, content = ''] = sealed.split('.')
      const key = form === FORM && sealing.find(known => known.id === id)?.key
      if (!key) throw new Error('it was sealed with a key that is not known any more')
      const bytes = Buffer.from(content, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
        .setAAD(Buffer.from(belongsTo))
        .setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
    },
    isCurrent: sealed => sealed.startsWith(`${FORM}.${current!.id}.`),
  }
}

const FORM = 's1'

function signWith(key: string, purpose: string, message: Buffer): Buffer {
  return createHmac('sha256', key).update(`${purpose}\n`).update(message).digest().subarray(0, 16)
}

/** A key of its own for sealing, and a name that tells it from others and nothing else. */
function sealingKey(secretKey: string): { id: string; key: Buffer } {
  const derive = (info: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secretKey, '', info, length))
  return { id: derive('rapport sealing key id', 6).toString('base64url'), key: derive('rapport sealing', 32) }
}

/** The hash under which a random token is stored. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
