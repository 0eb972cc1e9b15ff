import type { Request, RequestHandler, Response } from 'express'
import { Refusal } from '#server/domain/refusal.ts'
import { certificatePdf } from '#server/trpc/certificates.ts'
import type { Context } from '#server/trpc/context.ts'

/** `GET /certificates/{code}.pdf`: the certificate, for anybody who has its code; 410 once it was revoked (321). */
export function certificates(contextOf: (request: Request) => Promise<Context>): RequestHandler {
  return async (request, response, next) => {
    try {
      const context = await contextOf(request)
      const { tenant } = context
      if (!tenant) return next()
      const code = request.params.code!.toUpperCase()
      const pdf = await certificatePdf({ ...context, tenant }, code)
      if (!pdf) return say(response, 410, 'This certificate was revoked.')
      response
        .set('Cache-Control', 'private, no-cache')
        .set('Content-Disposition', `inline; filename="certificate-${code}.pdf"`)
        .type('application/pdf')
        .send(pdf)
    } catch (error) {
      if (!(error instanceof Refusal) || error.family !== 'not_found') return next(error)
      say(response, 404, 'There is no such certificate.')
    }
  }
}

function say(response: Response, status: number, message: string): void {
  response.status(status).type('text/plain').send(`${message}\n`)
}
