import { auth } from './auth.ts'
import { router } from './base.ts'
import { bookings } from './bookings.ts'
import { calendar } from './calendar.ts'
import { certificates } from './certificates.ts'
import { checkIns } from './check-ins.ts'
import { clients } from './clients.ts'
import { coaches } from './coaches.ts'
import { connections } from './connections.ts'
import { holds } from './holds.ts'
import { hours } from './hours.ts'
import { mailbox } from './mailbox.ts'
import { materials } from './materials.ts'
import { messages } from './messages.ts'
import { offers } from './offers.ts'
import { plugins } from './plugins.ts'
import { policies } from './policies.ts'
import { posts } from './posts.ts'
import { rooms } from './rooms.ts'
import { sessions } from './sessions.ts'
import { slots } from './slots.ts'
import { tenants } from './tenants.ts'

/** Everything that can be asked of Rapport, a file per noun. */
export const appRouter = router({
  auth,
  bookings,
  calendar,
  certificates,
  checkIns,
  clients,
  coaches,
  connections,
  holds,
  hours,
  mailbox,
  materials,
  messages,
  offers,
  plugins,
  policies,
  posts,
  rooms,
  sessions,
  slots,
  tenants,
})

export type AppRouter = typeof appRouter
