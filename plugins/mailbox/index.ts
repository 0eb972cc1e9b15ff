import { definePlugin } from '@rapport/sdk'
import { mailboxChannel } from './channel.ts'

/** Keeps mails in a folder instead of sending them, so that a trial needs no mail server. */
export default definePlugin({
  id: 'mailbox',
  name: 'Mailbox for trials',
  description: 'Keeps mails in a folder instead of sending them, so that a trial needs no mail server.',
  version: '1.0.0',
  sdk: 1,
  operator: () => ({ config: {}, secrets: {} }),
  provides: {
    email: ({ directory }) => mailboxChannel(directory),
  },
})
