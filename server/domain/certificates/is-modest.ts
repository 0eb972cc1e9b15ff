import { inflateSync } from 'node:zlib'

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
/** More than a logo needs, and quickly drawn. */
const MOST_PIXELS = 2_000_000
/** Of four colours with 16 bits each, and room for what begins each row. */
const MOST_BYTES = 9 * MOST_PIXELS

/**
 * Whether an image can be drawn without keeping the process: a PNG of a hundred kilobytes may unpack to gigabytes,
 * whatever size it says it has. JPEGs go into a PDF as they are. Throws for a PNG that is broken.
 */
export function isModest(image: Buffer): boolean {
  if (!image.subarray(0, PNG.length).equals(PNG)) return true
  if (image.readUInt32BE(16) * image.readUInt32BE(20) > MOST_PIXELS) return false
  inflateSync(packedPixels(image), { maxOutputLength: MOST_BYTES })
  return true
}

function packedPixels(png: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let at = PNG.length; at + 8 <= png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') pieces.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return Buffer.concat(pieces)
}
