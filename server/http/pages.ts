import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import express, { type Request, type RequestHandler } from 'express'
import type { ViteDevServer } from 'vite'
import type { House } from '#server/house.ts'
import { browserConnection } from '#server/realtime/browser-connection.ts'
import type { Context } from '#server/trpc/context.ts'
import { appRouter } from '#server/trpc/router.ts'
import { compressedAssets } from './compressed-assets.ts'
import { greetVisitor } from './context.ts'
import { allowConnections } from './security-headers.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The built pages, or a way to load them anew after each change. */
export interface Pages {
  load(): Promise<ServerBuild>
  /** In development: serves the browser's modules, and makes `load` run for each request. */
  viteDevServer?: ViteDevServer | undefined
}

/** Files of the page build. The names of its assets change with their content, so browsers keep them for good. */
export async function pageFiles({ load, viteDevServer }: Pages): Promise<RequestHandler[]> {
  if (viteDevServer) return [viteDevServer.middlewares]
  const { assetsBuildDirectory } = await load()
  const folder = resolve(root, assetsBuildDirectory)
  const assetsFolder = resolve(folder, 'assets')
  const assets = express.static(assetsFolder, {
    immutable: true,
    maxAge: '1y',
    index: false,
    redirect: false,
  })
  const others = express.static(folder, { maxAge: '1h', index: false, redirect: false })
  return [express.Router().use('/assets', await compressedAssets(assetsFolder), assets, notBuilt), others]
}

/** An asset of an older build: no page answers for it. */
const notBuilt: RequestHandler = (_, response) => {
  response.removeHeader('Content-Encoding')
  response.status(404).type('text/plain').send('This file is of another version. Load the page again.\n')
}

/** Renders pages: Remix with the API, the tenant and the viewer as its context. */
export async function renderPages(
  house: House,
  { load, viteDevServer }: Pages,
  contextOf: (request: Request) => Promise<Context>,
): Promise<RequestHandler> {
  const render = createRequestHandler({
    build: viteDevServer ? load : await load(),
    mode: viteDevServer ? 'development' : 'production',
    async getLoadContext(request, response) {
      const context = await contextOf(request)
      if (!context.visitorId && context.tenant) greetVisitor(house, response)
      const live = context.tenant && (await browserConnection(house.plugins, context.tenant.id))
      if (live) allowConnections(response, live.origins)
      return {
        api: appRouter.createCaller(context),
        tenant: context.tenant,
        viewer: context.viewer,
        live: live && { client: live.client, settings: live.settings },
        nonce: response.locals.arrival.nonce,
        requestId: context.requestId,
        report: error => house.log.error({ err: error, requestId: context.requestId }, 'a page failed'),
      }
    },
  })

  return (request, response, next) => {
    const fault = faultOf(request)
    if (fault) return void response.status(fault.status).type('text/plain').send(`${fault.message}\n`)
    if (request.path !== '/__manifest') response.set('Cache-Control', 'private, no-cache')
    render(request, response, next)
  }
}

const LARGEST_FORM = 2 ** 20

/** What no page can answer: Remix would read any body of any size, and fail on what isn't a form. */
function faultOf(request: Request): { status: number; message: string } | null {
  if (request.method === 'GET' || request.method === 'HEAD') return null
  if (request.method !== 'POST')
    return { status: 405, message: 'Pages are read with GET, forms sent with POST.' }
  const length = request.headers['content-length']
  if (length === undefined) return { status: 411, message: 'Say how long the form is.' }
  if (Number(length) > LARGEST_FORM)
    return { status: 413, message: 'This is too large: one megabyte at most.' }
  const isForm = length === '0' || request.is('application/x-www-form-urlencoded')
  return isForm ? null : { status: 415, message: 'Forms are sent as application/x-www-form-urlencoded.' }
}
