import { fileTypeFromBuffer } from 'file-type'
import { Refusal } from '../refusal.ts'

const LARGEST = 512 * 1024
const types = ['image/png', 'image/jpeg', 'image/webp'] as const

export interface Logo {
  bytes: Buffer
  type: (typeof types)[number]
}

/** Reads a logo from base64. What it is, its content says: names and claims of a browser don't count. */
export async function readLogo(base64: string): Promise<Logo> {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > LARGEST)
    throw refused('LOGO_TOO_LARGE', 'The image is larger than 512 kB. Please choose a smaller one.')
  const mime = (await fileTypeFromBuffer(bytes))?.mime
  const type = types.find(each => each === mime)
  if (!type) throw refused('LOGO_TYPE', 'Please choose a PNG, JPEG or WebP image.')
  return { bytes, type }
}

function refused(code: string, message: string): Refusal {
  return new Refusal('input', code, message, { field: 'logo' })
}
