import { auth } from './auth.ts'
import { router } from './base.ts'
import { bookings } from './bookings.ts'
import { holds } from './holds.ts'
import { slots } from './slots.ts'
import { tenants } from './tenants.ts'

/** Everything that can be asked of Rapport, a file per noun. */
export const appRouter = router({
  auth,
  bookings,
  holds,
  slots,
  tenants,
})

export type AppRouter = typeof appRouter
