import type { Request, RequestHandler, Response } from 'express'
import helmet from 'helmet'
import type { House } from '#server/house.ts'

/**
 * The headers that keep a browser from running or telling what it shouldn't. Scripts run by nonce only.
 * `hotReload` adds what the development server needs.
 */
export function securityHeaders(
  { env, urls }: Pick<House, 'env' | 'urls'>,
  hotReload: boolean,
): RequestHandler {
  const secure = env.publicProtocol === 'https'
  const nonce = (_: unknown, response: unknown) => `'nonce-${(response as Response).locals.arrival.nonce}'`
  // Sign-up without JavaScript is a form on the apex host that leads to the new business's own host.
  const anyTenant = new URL(urls.apex()).origin.replace('://', '://*.')
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonce],
        styleSrc: hotReload ? ["'self'", "'unsafe-inline'"] : ["'self'", nonce],
        styleSrcAttr: ["'unsafe-inline'"],
        // The mails of a trial show the logos of their businesses.
        imgSrc: ["'self'", 'data:', 'blob:', anyTenant],
        fontSrc: ["'self'", 'data:'],
        connectSrc: hotReload ? ["'self'", 'ws:'] : ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'", anyTenant],
        frameAncestors: ["'self'"],
        ...(secure && { upgradeInsecureRequests: [] }),
      },
    },
    // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure && { maxAge: 31_536_000 },
    xFrameOptions: { action: 'sameorigin' },
    crossOriginEmbedderPolicy: false,
    originAgentCluster: false,
  })
}

/** Lets the scripts of this answer also connect to these origins. */
export function allowConnections(response: Response, origins: readonly string[]): void {
  const policy = String(response.getHeader('Content-Security-Policy'))
  response.setHeader(
    'Content-Security-Policy',
    policy.replace(/connect-src [^;]*/, allowed => [allowed, ...origins].join(' ')),
  )
}

/** A policy for files that people uploaded: nothing in them may run, wherever they are opened. */
export function lockDown(_: Request, response: Response): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
}
