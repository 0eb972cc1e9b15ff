import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import { Refusal } from '#server/domain/refusal.ts'
import { isShown } from '#server/files/file-types.ts'
import type { ByteRange } from '#server/files/storage.ts'
import type { House } from '#server/house.ts'
import type { Context } from '#server/trpc/context.ts'
import { type Found, findFile } from '#server/trpc/files.ts'

type ReadableFile = Extract<Found, { file: unknown }>['file']

/**
 * `GET /files/{id}`, with `?token=` a booking's manage token: a file for those who may have it, or the link that a
 * recording's material leads to. 410 with a sentence once a recording's days are over (322), 404 for everything else
 * that isn't theirs. Audio and video can be had in ranges.
 */
export function sendFiles(
  house: Pick<House, 'storage'>,
  contextOf: (request: Request) => Promise<Context>,
): RequestHandler {
  return async (request, response, next) => {
    try {
      const context = await contextOf(request)
      const { tenant } = context
      if (!tenant) return next()
      const token = typeof request.query.token === 'string' ? request.query.token : null
      const found = await findFile({ ...context, tenant }, request.params.id!.toLowerCase(), token)
      if ('url' in found) return leadTo(response, found.url)
      if ('gone' in found) return say(response, 410, found.gone)
      await send(house, tenant.id, found.file, request, response)
    } catch (error) {
      if (error instanceof Refusal && error.family === 'not_found') return say(response, 404, error.message)
      next(error)
    }
  }
}

function leadTo(response: Response, url: string): void {
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).redirect(302, url)
}

function say(response: Response, status: number, message: string): void {
  response.status(status).set('Cache-Control', 'private, no-store').type('text/plain').send(`${message}\n`)
}

async function send(
  { storage }: Pick<House, 'storage'>,
  tenantId: string,
  file: ReadableFile,
  request: Request,
  response: Response,
): Promise<void> {
  const etag = `"${file.sha256.slice(0, 32)}"`
  setHeaders(response, file, etag)
  if (request.fresh) return void response.status(304).end()
  const range = rangeOf(request, file.bytes, etag)
  if (range === 'beyond') {
    return void response.status(416).set('Content-Range', `bytes */${file.bytes}`).end()
  }
  const content = request.method === 'HEAD' ? null : await storage.get({ tenantId, id: file.id }, range)
  if (!content && request.method !== 'HEAD') throw new Error(`the bytes of file ${file.id} are missing`)

  const { start, end } = range ?? { start: 0, end: file.bytes - 1 }
  response.status(range ? 206 : 200).set('Content-Length', String(end - start + 1))
  if (range) response.set('Content-Range', `bytes ${start}-${end}/${file.bytes}`)
  if (!content) return void response.end()
  // Whoever leaves midway ends the reading; that is nobody's fault.
  await pipeline(content, response).catch(error => {
    if (!response.destroyed) throw error
  })
}

/** Nothing in a file may run or be taken for something else, wherever it is opened; and only its reader keeps it. */
function setHeaders(response: Response, { name, type }: ReadableFile, etag: string): void {
  const isPdf = type === 'application/pdf'
  response.set({
    'Content-Type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    'Content-Disposition': `${isShown(type) ? 'inline' : 'attachment'}; ${fileName(name)}`,
    // Browsers show no PDF in a sandbox; what they show it with is one itself.
    'Content-Security-Policy': isPdf
      ? "script-src 'none'; form-action 'none'"
      : "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-cache, no-transform',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  })
}

/** As RFC 6266 wants it: in ASCII for those who know no better, and in UTF-8 by RFC 5987. */
function fileName(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** The one range asked for; undefined for the whole, also where several are asked for or the file has changed since. */
function rangeOf(request: Request, bytes: number, etag: string): ByteRange | 'beyond' | undefined {
  const condition = request.get('if-range')
  if (condition !== undefined && condition !== etag) return undefined
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(request.get('range') ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from === '')
    return Number(to) === 0 ? 'beyond' : { start: Math.max(0, bytes - Number(to)), end: bytes - 1 }
  const start = Number(from)
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (to !== '' && Number(to) < start) return undefined
  return start >= bytes ? 'beyond' : { start, end }
}
