import type { Request, RequestHandler } from 'express'
import { createCaller } from '#server/trpc/base.ts'
import type { Context } from '#server/trpc/context.ts'
import { type AppRouter, appRouter } from '#server/trpc/router.ts'

type Caller = ReturnType<AppRouter['createCaller']>
type Rooms = Caller['rooms']

/**
 * `GET /b/{token}/join` for clients and `/admin/sessions/{id}/join` for staff: leads into the session's room while it
 * is open, and otherwise to the page at the same address, which says why not. So mails and calendars carry an address
 * of ours that stays the same when the session moves or the provider changes.
 */
export function joinRoom(
  contextOf: (request: Request) => Promise<Context>,
  ask: (rooms: Rooms, params: Record<string, string>) => ReturnType<Rooms['join']>,
): RequestHandler {
  const callerOf = createCaller(appRouter)
  return async (request, response, next) => {
    try {
      const { rooms } = callerOf(await contextOf(request))
      // Who may not, or for whom there is nothing, gets the page too.
      const joining = await ask(rooms, request.params).catch(() => null)
      if (joining?.state !== 'open') return next()
      response.set({
        'Cache-Control': 'no-store',
        'X-Robots-Tag': 'noindex',
        'Referrer-Policy': 'no-referrer',
      })
      response.redirect(302, joining.url)
    } catch (error) {
      next(error)
    }
  }
}
