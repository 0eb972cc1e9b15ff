import compression from 'compression'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { Refusal } from '#server/domain/refusal.ts'
import type { House } from '#server/house.ts'
import { certificates } from './certificates.ts'
import { contextMaker } from './context.ts'
import { refuseCrossSite } from './cross-site.ts'
import { healthz, readyz } from './health.ts'
import { hurry } from './hurry.ts'
import { joinRoom } from './join.ts'
import { createLiveStreams, type LiveStreams } from './live.ts'
import { liveAuth } from './live-auth.ts'
import { logo } from './logo.ts'
import { type Pages, pageFiles, renderPages } from './pages.ts'
import { receiveFiles } from './receive-file.ts'
import { arrive, findTenant } from './request.ts'
import { securityHeaders } from './security-headers.ts'
import { sendFiles } from './send-file.ts'
import { sendError, trpcEndpoint } from './trpc-endpoint.ts'
import { webhooks } from './webhooks.ts'

export interface FrontDoor {
  app: Express
  streams: LiveStreams
}

/** Everything that answers over HTTP. Without `pages` it serves the API alone. */
export async function openFrontDoor(house: House, pages: Pages | null): Promise<FrontDoor> {
  const app = bareApp(house)
  const contextOf = contextMaker(house)
  const streams = createLiveStreams({ house, contextOf })

  app.use(securityHeaders(house, pages?.viteDevServer !== undefined))
  app.use(compression({ filter: isWorthIt }))
  app.use(findTenant(house))
  app.use(refuseCrossSite)
  if (pages) app.use(await pageFiles(pages))
  app.get('/live', streams.handle)
  app.post('/live/auth', ...liveAuth(house, contextOf))
  app.use('/trpc', ...trpcEndpoint(house, contextOf))
  app.post('/webhooks/:token', ...webhooks(house))
  app.post('/files', receiveFiles(contextOf))
  app.get('/files/:id([0-9a-fA-F-]{36})', sendFiles(house, contextOf))
  app.get(['/logo', '/logo/:hash([0-9a-f]{16})'], logo(house))
  app.get(
    '/b/:token/join',
    joinRoom(contextOf, (rooms, { token }) => rooms.join({ token: token! })),
  )
  app.get(
    '/admin/sessions/:session/join',
    joinRoom(contextOf, (rooms, { session }) => rooms.joinAsStaff({ session: session! })),
  )
  app.get('/certificates/:code([0-9A-Za-z]{12}).pdf', certificates(contextOf))
  if (pages) app.all('*', await renderPages(house, pages, contextOf))
  app.use(nothingHere)
  app.use(whenFailed(house))
  return { app, streams }
}

/** What a process answers that only works on jobs: whether it lives. */
export function openBackDoor(house: House): Express {
  const app = bareApp(house)
  app.use(nothingHere)
  app.use(whenFailed(house))
  return app
}

function bareApp(house: House): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', house.env.trustedProxies)
  app.set('query parser', 'simple')
  app.use(arrive(house))
  app.use(hurry)
  app.get('/healthz', healthz)
  app.get('/readyz', readyz(house))
  return app
}

/** A stream of events must not wait until there is enough to compress. */
const isWorthIt: compression.CompressionFilter = (request, response) =>
  !String(response.getHeader('Content-Type')).startsWith('text/event-stream') &&
  compression.filter(request, response)

const nothingHere: RequestHandler = (_, response) => {
  response.status(404).type('text/plain').send('There is nothing at this address.\n')
}

/** What a request did wrong is said; what we did wrong is logged, and said without its details. */
function whenFailed({ log }: House): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const { requestId } = response.locals.arrival
    const { status, code, message } = answerTo(error, requestId)
    if (status === 500) log.error({ err: error, requestId }, 'a request failed')
    if (response.headersSent) return void response.destroy()
    if (status === 429) response.set('Retry-After', String(error.data.retryAfterSeconds))
    if (/^\/(trpc|files)(\/|$)/.test(request.path)) return sendError(response, status, code, message)
    response.status(status).type('text/plain').send(`${message}\n`)
  }
}

function answerTo(error: unknown, requestId: string): { status: number; code: string; message: string } {
  if (error instanceof Refusal && error.family === 'too_many') {
    return { status: 429, code: error.code, message: error.message }
  }
  const status = Number((error as { status?: unknown } | null)?.status)
  if (status === 413)
    return { status, code: 'TOO_LARGE', message: 'This is too large: one megabyte at most.' }
  if (status >= 400 && status < 500)
    return { status, code: 'BAD_REQUEST', message: 'This request could not be read.' }
  const message = `Something went wrong on our side. Please try again; if it stays, tell us ${requestId}.`
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message }
}
