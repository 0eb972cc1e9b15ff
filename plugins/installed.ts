import type { Plugin } from '@rapport/sdk'
import mailbox from './mailbox/index.ts'
import oneOnOne from './one-on-one/index.ts'
import smtp from './smtp/index.ts'

/** The plugins of this installation. The first that can deliver mail in its surroundings does. */
export const installed: Plugin[] = [oneOnOne, smtp, mailbox]
