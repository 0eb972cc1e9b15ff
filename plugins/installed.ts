import type { Plugin } from '@rapport/sdk'
import group from './group/index.ts'
import mailbox from './mailbox/index.ts'
import oneOnOne from './one-on-one/index.ts'
import smtp from './smtp/index.ts'
import workshop from './workshop/index.ts'

/** The plugins of this installation. The first that can deliver mail in its surroundings does. */
export const installed: Plugin[] = [oneOnOne, group, workshop, smtp, mailbox]
