import { definePlugin } from '@rapport/sdk'
import { z } from 'zod'
import { resendChannel, resendHealth } from './channel.ts'

/** Mail through Resend's API: for all businesses by RESEND_API_KEY, or for one with a key of its own. */
export default definePlugin({
  id: 'resend',
  name: 'E-mail by Resend',
  description: 'Sends your mails through your own Resend account, from an address at your own domain.',
  version: '1.0.0',
  sdk: 1,
  config: z.object({
    from: z
      .string()
      .trim()
      .max(254)
      .regex(/^$|^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must be an e-mail address')
      .default('')
      .describe('Sender: the address mails come from, at a domain you verified with Resend'),
  }),
  secrets: z.object({
    apiKey: z
      .string()
      .trim()
      .regex(/^re_\w+$/, 'starts with re_')
      .describe('API key: one with permission to send'),
  }),
  operator: ({ RESEND_API_KEY, RESEND_URL }) =>
    RESEND_API_KEY
      ? { config: { from: '', ...(RESEND_URL && { url: RESEND_URL }) }, secrets: { apiKey: RESEND_API_KEY } }
      : null,
  provides: { email: resendChannel },
  health: resendHealth,
})
