import type { Plugin } from '@rapport/sdk'
import group from './group/index.ts'
import jitsi from './jitsi/index.ts'
import mailbox from './mailbox/index.ts'
import oneOnOne from './one-on-one/index.ts'
import pusher from './pusher/index.ts'
import resend from './resend/index.ts'
import serverSentEvents from './server-sent-events/index.ts'
import smtp from './smtp/index.ts'
import webhooks from './webhooks/index.ts'
import workshop from './workshop/index.ts'
import zoom from './zoom/index.ts'

/**
 * The plugins of this installation. Of several that the operator's environment sets up for the same purpose, the
 * first serves the businesses that enabled none of their own.
 */
export const installed: Plugin[] = [
  oneOnOne,
  group,
  workshop,
  smtp,
  resend,
  mailbox,
  jitsi,
  zoom,
  pusher,
  serverSentEvents,
  webhooks,
]
