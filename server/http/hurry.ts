import type { RequestHandler } from 'express'

/** Milliseconds that a body may take, and that a file may stand still. */
const WHOLE_BODY = 60_000
const STANDSTILL = 60_000

/**
 * Cuts whoever holds a connection with a body that drips in. A file may take as long as it needs, as long as it
 * comes, which a limit for the server as a whole can't say.
 */
export const hurry: RequestHandler = (request, response, next) => {
  const { socket, headers } = request
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return next()
  const cut = () => {
    if (!request.complete) socket.destroy()
  }
  if (request.method === 'POST' && request.path === '/files') {
    socket.setTimeout(STANDSTILL, cut)
    response.once('close', () => socket.off('timeout', cut))
    return next()
  }
  const timer = setTimeout(cut, WHOLE_BODY)
  request.once('close', () => clearTimeout(timer))
  next()
}
