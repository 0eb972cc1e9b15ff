import { auth } from './auth.ts'
import { router } from './base.ts'
import { bookings } from './bookings.ts'
import { calendar } from './calendar.ts'
import { coaches } from './coaches.ts'
import { connections } from './connections.ts'
import { holds } from './holds.ts'
import { hours } from './hours.ts'
import { mailbox } from './mailbox.ts'
import { messages } from './messages.ts'
import { offers } from './offers.ts'
import { slots } from './slots.ts'
import { tenants } from './tenants.ts'

/** Everything that can be asked of Rapport, a file per noun. */
export const appRouter = router({
  auth,
  bookings,
  calendar,
  coaches,
  connections,
  holds,
  hours,
  mailbox,
  messages,
  offers,
  slots,
  tenants,
})

export type AppRouter = typeof appRouter
