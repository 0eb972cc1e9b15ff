import { createHash } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import type { FilePurpose } from '#server/domain/files/purposes.ts'
import { Refusal } from '#server/domain/refusal.ts'
import { type FileType, typeOf } from './file-types.ts'

/** Bytes looked at to tell what a file is. */
const HEAD = 64 * 1024

export interface CheckedContent {
  type: FileType
  /** All bytes. Its last piece comes only when the whole has been found right; otherwise it throws a `Refusal`. */
  content: AsyncIterable<Uint8Array>
  /** Of all bytes, in hexadecimal; once `content` has ended. */
  sha256(): string
}

/**
 * Tells what a file is by its content, and lets it through as it comes, never the whole at once. What it claims to be
 * counts only where content can't tell. Refuses with `FILE_TYPE` what isn't taken, and text that isn't UTF-8.
 */
export async function checkContent(
  source: AsyncIterable<Buffer>,
  { purpose, ending }: { purpose: FilePurpose; ending: string },
): Promise<CheckedContent> {
  const pieces = source[Symbol.asyncIterator]()
  const head = await readHead(pieces)
  const recognised = (await fileTypeFromBuffer(head))?.mime ?? null
  const type = typeOf(recognised, ending, purpose)
  if (!type || (type.family === 'text' && isMarkup(head))) throw wrongType(purpose)

  const hash = createHash('sha256')
  const text = type.family === 'text' ? new TextDecoder('utf-8', { fatal: true }) : null
  const check = (piece: Buffer | null) => {
    if (piece) hash.update(piece)
    if (text && !isText(text, piece)) throw notText()
  }
  return { type, content: letThrough(head, pieces, check), sha256: () => hash.digest('hex') }
}

async function readHead(pieces: AsyncIterator<Buffer>): Promise<Buffer> {
  const read: Buffer[] = []
  for (let length = 0; length < HEAD; ) {
    const { done, value } = await pieces.next()
    if (done) break
    read.push(value)
    length += value.length
  }
  return Buffer.concat(read)
}

/** Each piece waits for the next, so that whoever keeps them has the whole only when all is right. */
async function* letThrough(
  head: Buffer,
  pieces: AsyncIterator<Buffer>,
  check: (piece: Buffer | null) => void,
): AsyncGenerator<Buffer> {
  let waiting = head
  check(head)
  for (;;) {
    const { done, value } = await pieces.next()
    if (done) break
    check(value)
    yield waiting
    waiting = value
  }
  check(null)
  yield waiting
}

/** Whether text goes on as UTF-8 without control characters; null for its end. */
function isText(decoder: TextDecoder, piece: Buffer | null): boolean {
  try {
    const text = piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text must not have
    return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)
  } catch {
    return false
  }
}

/** What a browser would take for a page or an image of its own language, whatever its name. */
function isMarkup(head: Buffer): boolean {
  const start = head.toString('utf8', 0, 1024).replace(/^\uFEFF/, '')
  return /^\s*<(!doctype|html|head|body|svg|script|iframe|style|\?xml)/i.test(start)
}

const taken: Record<FilePurpose, string> = {
  logo: 'Please choose a PNG, JPEG or WebP image.',
  material:
    'Files of this type can’t be kept here. Please choose a PDF, an office document, an image, audio, video, a ZIP archive or plain text.',
  recording: 'Please choose a recording as MP3, M4A, MP4, WebM or Ogg.',
}

function wrongType(purpose: FilePurpose): Refusal {
  return new Refusal('input', 'FILE_TYPE', taken[purpose])
}

function notText(): Refusal {
  return new Refusal(
    'input',
    'FILE_TYPE',
    'This isn’t plain text in UTF-8. Please save it as such, or as a PDF.',
  )
}
