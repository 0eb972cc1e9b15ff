import { pipeline } from 'node:stream/promises'
import type { RequestHandler } from 'express'
import { inTenant } from '#server/db/in-tenant.ts'
import type { House } from '#server/house.ts'
import { lockDown } from './security-headers.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/** `/logo/<hash>`: the business's logo, kept by browsers for good since its address changes with it; `/logo` is the current one. */
export function logo({ db, storage }: Pick<House, 'db' | 'storage'>): RequestHandler {
  return async (request, response, next) => {
    const { tenant } = response.locals.arrival
    if (!tenant) return next()
    try {
      const file = await inTenant(db, tenant.id, trx =>
        trx
          .selectFrom('tenants as t')
          .innerJoin('files as f', join =>
            join.onRef('f.tenant_id', '=', 't.id').onRef('f.id', '=', 't.logo_file_id'),
          )
          .select(['f.id', 'f.type', 'f.bytes', 'f.sha256'])
          .where('t.id', '=', tenant.id)
          .executeTakeFirst(),
      )
      const { hash } = request.params
      const isAskedFor = file && (!hash || file.sha256.startsWith(hash))
      const content = isAskedFor ? await storage.get({ tenantId: tenant.id, id: file.id }) : null
      if (!file || !content) {
        return void response.status(404).type('text/plain').send('There is no such image.\n')
      }
      lockDown(request, response)
      response
        .set('Cache-Control', hash ? FOREVER : 'public, max-age=300')
        .set('Content-Length', String(file.bytes))
        .type(file.type)
      await pipeline(content, response).catch(error => {
        if (!response.destroyed) throw error
      })
    } catch (error) {
      next(error)
    }
  }
}
