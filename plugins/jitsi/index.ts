import { createHash } from 'node:crypto'
import { definePlugin, type Meeting, type PluginContext, type Room, type VideoProvider } from '@rapport/sdk'
import { z } from 'zod'

/** Rooms on a Jitsi server: an address with a name that nobody can guess is all it takes. */
export default definePlugin({
  id: 'jitsi',
  name: 'Video by Jitsi',
  description:
    'Online sessions meet in a room of Jitsi in the browser; nobody needs an account or a program.',
  version: '1.0.0',
  sdk: 1,
  config: z.object({
    domain: z
      .string()
      .trim()
      .toLowerCase()
      .max(253)
      .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/, 'must be like meet.jit.si')
      .default('meet.jit.si')
      .describe('Jitsi server: its host name, if you run one of your own'),
  }),
  operator: ({ JITSI_DOMAIN }) => ({ config: JITSI_DOMAIN ? { domain: JITSI_DOMAIN } : {}, secrets: {} }),
  provides: { video: jitsiRooms },
})

/**
 * No call goes out: the room exists as soon as somebody enters. Its name comes from the meeting's ref alone, so it
 * is the same however often it is asked for, and stays when the session moves.
 */
function jitsiRooms({ config }: PluginContext): VideoProvider {
  const roomFor = (meeting: Meeting): Room => {
    const name = createHash('sha256').update(`jitsi\n${meeting.ref}`).digest('hex').slice(0, 32)
    return { ref: name, joinUrl: `https://${config.domain}/${name}` }
  }
  return {
    create: async meeting => roomFor(meeting),
    move: async (_, meeting) => roomFor(meeting),
    remove: async () => {},
  }
}
