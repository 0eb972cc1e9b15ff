import { createHash } from 'node:crypto'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import express, { type Request, type RequestHandler, type Response } from 'express'
import { Refusal } from '#server/domain/refusal.ts'
import type { House } from '#server/house.ts'
import type { Context } from '#server/trpc/context.ts'
import { appRouter } from '#server/trpc/router.ts'

const LARGEST_BODY = '1mb'
const LARGEST_BATCH = 20

/** The API at `/trpc`: plain JSON in and out, one megabyte at most. */
export function trpcEndpoint(
  house: House,
  contextOf: (request: Request) => Promise<Context>,
): RequestHandler[] {
  return [
    onlyJson,
    express.raw({ type: () => true, limit: LARGEST_BODY }),
    (request, response, next) => {
      answer(house, contextOf, request, response).catch(next)
    },
  ]
}

const onlyJson: RequestHandler = (request, response, next) => {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead || (request.method === 'POST' && request.is('application/json'))) return next()
  if (request.method === 'POST') {
    return sendError(response, 415, 'NOT_JSON', 'The body must be JSON, sent as application/json.')
  }
  response.setHeader('Allow', 'GET, POST')
  sendError(response, 405, 'METHOD', 'Queries are asked with GET, changes are made with POST.')
}

/** An error in the shape that the API's own have. */
export function sendError(response: Response, status: number, code: string, message: string): void {
  const { requestId } = response.locals.arrival
  response.status(status).json({ error: { message, data: { code, httpStatus: status, requestId } } })
}

async function answer(
  house: House,
  contextOf: (request: Request) => Promise<Context>,
  request: Request,
  response: Response,
): Promise<void> {
  const context = await contextOf(request)
  await context.house.limits.consume('api', 'all', { address: context.address })
  const answered = await fetchRequestHandler({
    endpoint: '/trpc',
    req: asFetchRequest(request),
    router: appRouter,
    maxBatchSize: LARGEST_BATCH,
    createContext: () => context,
    responseMeta: ({ errors }) => ({ headers: headersFor(errors.map(({ cause }) => cause)) }),
    onError: ({ error, path, ctx }) => {
      if (error.code !== 'INTERNAL_SERVER_ERROR') return
      house.log.error({ err: error.cause ?? error, path, requestId: ctx?.requestId }, 'a procedure failed')
    },
  })
  for (const [name, value] of answered.headers) response.setHeader(name, value)
  sendBody(request, response.status(answered.status), Buffer.from(await answered.arrayBuffer()))
}

/**
 * Availability is sent again only when it differs. The tag is of the answer itself, so it covers version, viewer and
 * the passing of time alike, and can never be stale.
 */
function sendBody(request: Request, response: Response, body: Buffer): void {
  if (request.path === '/slots.list' && request.method === 'GET' && response.statusCode === 200) {
    response.setHeader('Cache-Control', 'private, no-cache')
    response.setHeader('ETag', `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`)
    if (request.fresh) return void response.status(304).end()
  }
  response.end(body)
}

function headersFor(causes: unknown[]): Record<string, string> {
  const refusal = causes.find(cause => cause instanceof Refusal && cause.family === 'too_many') as
    | Refusal
    | undefined
  return {
    'Cache-Control': 'private, no-store',
    ...(refusal && { 'Retry-After': String(refusal.data.retryAfterSeconds ?? 30) }),
  }
}

function asFetchRequest(request: Request): globalThis.Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(':')) headers.set(name, String(value))
  }
  const body =
    request.method === 'POST' && Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null
  return new globalThis.Request(`http://trpc.invalid${request.originalUrl}`, {
    method: request.method,
    headers,
    body,
  })
}
