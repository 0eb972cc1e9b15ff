import { auth } from './auth.ts'
import { router } from './base.ts'
import { tenants } from './tenants.ts'

/** Everything that can be asked of Rapport, a file per noun. */
export const appRouter = router({
  auth,
  tenants,
})

export type AppRouter = typeof appRouter
