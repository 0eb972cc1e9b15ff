import type { Request, RequestHandler, Response } from 'express'
import { Refusal, type RefusalFamily } from '#server/domain/refusal.ts'
import { receiveFile } from '#server/files/receive.ts'
import type { Context, TenantRequest } from '#server/trpc/context.ts'
import { allowUpload } from '#server/trpc/files.ts'
import { sendError } from './trpc-endpoint.ts'

const statuses: Record<RefusalFamily, number> = {
  input: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many: 429,
}
/** Refusals that HTTP has a status of its own for. */
const ownStatuses: Record<string, number> = { FILE_TOO_LARGE: 413, FILE_TYPE: 415, LENGTH_REQUIRED: 411 }

/** Milliseconds for which the rest of a refused file is read on, so that the answer reaches who is still sending. */
const READ_ON = 5_000

/**
 * `POST /files`: one file as the raw body, let through to the storage as it comes. Headers: `X-File-Name`
 * (percent-encoded UTF-8), `X-Purpose` (logo, material, recording), and for participants `X-Booking` (a booking's id
 * or manage token). 201 with `{ id, name, type, bytes }`; refusals in the shape of the API's own. A file that nothing
 * uses within a day is removed.
 */
export function receiveFiles(contextOf: (request: Request) => Promise<Context>): RequestHandler {
  return async (request, response, next) => {
    const content: AsyncIterator<Buffer> & AsyncIterable<Buffer> = request.iterator({
      destroyOnReturn: false,
    })
    try {
      const context = await contextOf(request)
      const { tenant } = context
      if (!tenant) throw new Refusal('not_found', 'NOT_FOUND', 'This is done on a business’s own address.')
      response.status(201).json(await receive({ ...context, tenant }, request, content))
    } catch (error) {
      if (request.destroyed && !request.complete) return
      readOn(request, content)
      if (error instanceof Refusal) refuse(response, error)
      else next(error)
    }
  }
}

async function receive(ctx: TenantRequest, request: Request, content: AsyncIterable<Buffer>) {
  const allowed = await allowUpload(ctx, {
    purpose: request.get('x-purpose') ?? '',
    name: request.get('x-file-name') ?? '',
    booking: request.get('x-booking') ?? '',
  })
  const length = request.get('content-length')
  if (length === undefined) {
    throw new Refusal('input', 'LENGTH_REQUIRED', 'A file must come with its Content-Length.')
  }
  const { command, ...file } = allowed
  return receiveFile(
    { house: ctx.house, tenantId: ctx.tenant.id, command },
    { ...file, bytes: Number(length), content },
  )
}

function readOn(request: Request, content: AsyncIterator<Buffer>): void {
  if (request.complete) return
  const enough = setTimeout(() => request.destroy(), READ_ON)
  request.once('close', () => clearTimeout(enough))
  content.return?.().then(
    () => request.resume(),
    () => request.destroy(),
  )
}

function refuse(response: Response, { family, code, message, data }: Refusal): void {
  if (family === 'too_many') response.set('Retry-After', String(data.retryAfterSeconds ?? 30))
  sendError(response, ownStatuses[code] ?? statuses[family], code, message)
}
