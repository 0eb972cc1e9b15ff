import express, { type Request, type RequestHandler } from 'express'
import { z } from 'zod'
import type { House } from '#server/house.ts'
import { channelPasses } from '#server/realtime/browser-connection.ts'
import { grantTopics, isTopic } from '#server/realtime/topics.ts'
import { type Context, query } from '#server/trpc/context.ts'

const MOST_TOPICS = 40

const asked = z.object({
  topics: z.array(z.string().refine(isTopic)).min(1).max(MOST_TOPICS),
  token: z.string().max(100).nullish(),
  /**
   * Of the browser's connection to the provider; without it versions are answered alone. Anything else would fail in
   * the provider's hands, and after a few such calls it would rest, for everybody.
   */
  socketId: z
    .string()
    .regex(/^\d{1,30}\.\d{1,30}$/)
    .optional(),
})

/**
 * `POST /live/auth` `{ topics, token?, socketId? }` for pages that follow their topics with a provider instead of
 * `/live`: `{ versions: { topic: version }, passes: { topic: { name, auth } } | null }` of those that this viewer may
 * follow. Asked on each connection, and again once the provider said it follows, so that what changed meanwhile is
 * fetched. 400 for what isn't a topic, 403 where none may be followed.
 */
export function liveAuth(
  house: Pick<House, 'plugins' | 'secrets'>,
  contextOf: (request: Request) => Promise<Context>,
): RequestHandler[] {
  return [
    express.json({ limit: '16kb' }),
    (request, response, next) => {
      answer(request).then(
        ({ status, body }) => response.status(status).set('cache-control', 'no-store').json(body),
        next,
      )
    },
  ]

  async function answer(request: Request): Promise<{ status: number; body: object }> {
    const context = await contextOf(request)
    const { tenant, address } = context
    await context.house.limits.consume('api', 'all', { address })
    const { success, data } = asked.safeParse(request.body)
    if (!tenant) return refusal(404, 'This is done on a business’s own address.')
    if (!success) return refusal(400, `topics: must name 1 to ${MOST_TOPICS} topics`)
    const { topics, token = null, socketId } = data
    const granted = await query({ ...context, tenant }, asking =>
      grantTopics(asking, { topics, token }, house.secrets),
    )
    if (granted.size === 0) return refusal(403, 'You can’t follow this.')
    const passes = socketId
      ? await channelPasses(house.plugins, tenant.id, { topics: granted.keys(), socketId })
      : null
    return { status: 200, body: { versions: Object.fromEntries(granted), passes } }
  }
}

function refusal(status: number, message: string) {
  return { status, body: { message } }
}
