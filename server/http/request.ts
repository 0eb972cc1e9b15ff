import { randomBytes } from 'node:crypto'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { uuidv7 } from 'uuidv7'
import type { House } from '#server/house.ts'
import type { TenantContext } from '#server/trpc/context.ts'
import { loggedPath } from './log.ts'

/** What the front door finds out about each request, for the handlers behind it. */
export interface Arrival {
  requestId: string
  /** The caller's network address, after trusted proxies. */
  address: string
  /** From this machine, without a proxy between, on a base domain of `localhost`: what is for trials may be used. */
  trial: boolean
  /** For the scripts and styles of this answer. */
  nonce: string
  /** Null on the apex host, and until the host has been looked up. */
  tenant: TenantContext | null
}

declare global {
  namespace Express {
    interface Locals {
      arrival: Arrival
    }
  }
}

const LAST_PORT = 65_535

const FORWARDING = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
]

/** Notes who comes and how, and logs how it ended. First of all handlers. */
export function arrive({ env, log }: Pick<House, 'env' | 'log'>): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now()
    const address = plainAddress(request.ip ?? request.socket.remoteAddress ?? '')
    const arrival: Arrival = {
      requestId: uuidv7(),
      address,
      trial:
        env.baseDomain === 'localhost' &&
        isLoopback(address) &&
        !FORWARDING.some(name => request.headers[name]),
      nonce: randomBytes(16).toString('base64url'),
      tenant: null,
    }
    response.locals.arrival = arrival
    // No part of the house may take a host from it, and Remix would.
    delete request.headers['x-forwarded-host']
    response.setHeader('X-Request-Id', arrival.requestId)
    response.on('finish', () => {
      const { statusCode: status } = response
      const line = {
        requestId: arrival.requestId,
        method: request.method,
        host: request.headers.host,
        path: loggedPath(request.originalUrl),
        status,
        ms: Math.round(performance.now() - startedAt),
      }
      if (status === 500) log.error(line, 'request failed')
      else log.debug(line, 'request')
    })
    next()
  }
}

function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

/** Finds the tenant of the host, or refuses hosts that nobody has with a plain 404. */
export function findTenant({ env, tenants }: Pick<House, 'env' | 'tenants'>): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    const host = hostOf(request)
    if (host === env.baseDomain) return next()
    try {
      const tenant = isHost(host) ? await tenants.find(host) : null
      if (!tenant)
        return void response.status(404).type('text/plain').send('There is nothing at this address.\n')
      response.locals.arrival.tenant = tenant
      next()
    } catch (error) {
      next(error)
    }
  }
}

/** The host asked for: in lower case, without port and trailing dot; nobody's where no address has such a port. */
function hostOf(request: Request): string {
  const [, host = '', port = ''] =
    /^(.*?)\.?(?::(\d*))?$/.exec((request.headers.host ?? '').toLowerCase()) ?? []
  return Number(port) > LAST_PORT ? '' : host
}

function isHost(host: string): boolean {
  return host.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(host)
}
