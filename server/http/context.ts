import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { House } from '#server/house.ts'
import type { Context } from '#server/trpc/context.ts'
import { isSecure, loginTokenIn, readViewer } from '#server/trpc/viewer.ts'
import { noLimits } from './create-rate-limits.ts'

/** Makes what procedures and loaders know of a request; asks the database only where a login cookie came along. */
export function contextMaker(house: House): (request: Request) => Promise<Context> {
  const unlimited = { ...house, limits: noLimits }
  return async request => {
    const response = request.res!
    const { requestId, address, trial, tenant } = response.locals.arrival
    const cookies = cookiesOf(request)
    const now = house.clock()
    const loginToken = loginTokenIn(house, cookies)
    const setCookie = (cookie: string) => {
      // A stream of events asks again who is signed in, long after its headers have left.
      if (!response.headersSent) response.append('Set-Cookie', cookie)
    }

    const login =
      tenant && loginToken ? await readViewer(house, { tenantId: tenant.id, token: loginToken, now }) : null
    if (login?.cookie) setCookie(login.cookie)
    return {
      house: trial && !house.env.rateLimits ? unlimited : house,
      requestId,
      now,
      tenant,
      viewer: login?.viewer ?? null,
      address,
      fromThisMachine: trial,
      visitorId: visitorIn(house, cookies),
      loginToken,
      setCookie,
    }
  }
}

function cookiesOf(request: Request): Record<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').flatMap(pair => {
    const at = pair.indexOf('=')
    return at === -1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const]
  })
  // The first of a name is the one with the narrowest path or host.
  return Object.fromEntries(pairs.reverse())
}

function visitorCookieName(secure: boolean): string {
  return secure ? '__Host-rapport_visitor' : 'rapport_visitor'
}

function visitorIn(house: House, cookies: Record<string, string>): string | null {
  const visitor = cookies[visitorCookieName(isSecure(house))]
  return visitor && /^[\w-]{22}$/.test(visitor) ? visitor : null
}

/** Lets a browser be told from others for as long as it is open, so that a hold is one per browser. */
export function greetVisitor(house: House, response: Response): void {
  const secure = isSecure(house)
  const value = `${visitorCookieName(secure)}=${randomBytes(16).toString('base64url')}`
  response.append('Set-Cookie', `${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`)
}
