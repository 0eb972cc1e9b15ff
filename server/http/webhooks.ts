import express, { type Request, type RequestHandler } from 'express'
import type { House } from '#server/house.ts'
import { receiveWebhook } from '#server/plugin-host/receive-webhook.ts'

const LARGEST_BODY = '1mb'

/** `POST /webhooks/{token}` on a business's host: what other systems tell its plugins, as it was sent. */
export function webhooks(house: House): RequestHandler[] {
  return [
    express.raw({ type: () => true, limit: LARGEST_BODY, inflate: false }),
    (request, response, next) => {
      const { tenant, address, requestId } = response.locals.arrival
      if (!tenant) return next()
      const receive = async () => {
        await house.limits.consume('api', 'all', { address })
        const { status, body } = await receiveWebhook(
          house,
          tenant.id,
          String(request.params.token),
          toWebhook(request),
          requestId,
        )
        response.status(status).set('Cache-Control', 'no-store').type('text/plain').send(body)
      }
      receive().catch(next)
    },
  ]
}

function toWebhook({ method, headers, body }: Request) {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  return {
    method,
    headers: Object.fromEntries(entries),
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  }
}
