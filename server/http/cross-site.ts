import type { RequestHandler } from 'express'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send. Browsers say where a request comes from, by Sec-Fetch-Site or
 * by Origin; scripts say neither, and have no cookie that somebody else could ride on.
 */
export const refuseCrossSite: RequestHandler = (request, response, next) => {
  if (SAFE.has(request.method) || isSameSite(request.headers)) return next()
  response.status(403).json({
    error: {
      message: 'This came from another site, so it was not done. Open the page again and try once more.',
      data: { code: 'CROSS_SITE', httpStatus: 403, requestId: response.locals.arrival.requestId },
    },
  })
}

interface BrowserHeaders {
  host?: string | undefined
  origin?: string | undefined
  'sec-fetch-site'?: string | string[] | undefined
}

function isSameSite({ host, origin, 'sec-fetch-site': site }: BrowserHeaders): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return origin === undefined || (host !== undefined && hostIn(origin) === host.toLowerCase())
}

function hostIn(origin: string): string | null {
  const host = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase())?.[1]
  return host ?? null
}
