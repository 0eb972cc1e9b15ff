import type { RequestHandler } from 'express'
import { inTenant } from '#server/db/in-tenant.ts'
import type { House } from '#server/house.ts'
import { lockDown } from './security-headers.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/** `/logo/<hash>`: the business's logo, kept by browsers for good since its address changes with it; `/logo` is the current one. */
export function logo({ db }: Pick<House, 'db'>): RequestHandler {
  return async (request, response, next) => {
    const { tenant } = response.locals.arrival
    if (!tenant) return next()
    try {
      const row = await inTenant(db, tenant.id, trx =>
        trx
          .selectFrom('tenants')
          .select(['logo', 'logo_type', 'logo_hash'])
          .where('id', '=', tenant.id)
          .executeTakeFirst(),
      )
      const { hash } = request.params
      if (!row?.logo || !row.logo_type || (hash && !row.logo_hash?.startsWith(hash))) {
        return void response.status(404).type('text/plain').send('There is no such image.\n')
      }
      lockDown(request, response)
      response
        .set('Cache-Control', hash ? FOREVER : 'public, max-age=300')
        .type(row.logo_type)
        .send(row.logo)
    } catch (error) {
      next(error)
    }
  }
}
