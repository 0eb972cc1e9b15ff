import { definePlugin } from '@rapport/sdk'
import { z } from 'zod'
import { accessToken, zoomApi } from './api.ts'
import { zoomRooms } from './rooms.ts'

/** Meetings in a business's own Zoom account, through a server-to-server OAuth app. */
export default definePlugin({
  id: 'zoom',
  name: 'Video by Zoom',
  description:
    'Online sessions meet in meetings of your own Zoom account, made, moved and removed with them.',
  version: '1.0.0',
  sdk: 1,
  config: z.object({
    host: z
      .string()
      .trim()
      .max(254)
      .regex(/^(me|[^\s@/?#]+@[^\s@/?#]+)$/, 'must be an e-mail address in your Zoom account')
      .describe('Host: the e-mail address of the Zoom user whose meetings they are'),
  }),
  secrets: z.object({
    accountId: z.string().trim().min(1).max(200).describe('Account ID: of your server-to-server OAuth app'),
    clientId: z.string().trim().min(1).max(200).describe('Client ID: of the same app'),
    clientSecret: z.string().trim().min(1).max(200).describe('Client secret: of the same app'),
  }),
  provides: { video: zoomRooms },
  async health(context, { signal }) {
    await accessToken(context, signal, { anew: true })
    const { host } = context.config
    const user = await zoomApi(context, signal, 'GET', `/users/${encodeURIComponent(String(host))}`)
    return `Connected to Zoom as ${user.email}.`
  },
})
