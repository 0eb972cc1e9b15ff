import type { MakeTemplate } from './template.ts'

/** A plugin that makes rooms to meet in. */
export const video: MakeTemplate = ({ id, name, variable }) => ({
  index: `import { createHash } from 'node:crypto'
import { definePlugin, type Meeting, type PluginContext, type Room, type VideoProvider } from '@rapport/sdk'
import { z } from 'zod'

/** Rooms on a video server where a name that nobody can guess is all it takes. */
export default definePlugin({
  id: '${id}',
  name: '${name}',
  description: 'Online sessions meet in a room of ${name}.',
  version: '0.1.0',
  sdk: 1,
  config: z.object({
    server: z.url({ protocol: /^https$/ }).describe('Server: its address, such as https://video.example.com'),
  }),
  provides: { video: rooms },
})

/** Each call may be repeated after one whose answer was lost, and must not make a second room. */
function rooms({ config }: PluginContext): VideoProvider {
  const roomFor = ({ ref }: Meeting): Room => {
    const name = createHash('sha256').update(ref).digest('hex').slice(0, 32)
    return { ref: name, joinUrl: new URL(\`/\${name}\`, String(config.server)).href }
  }
  return {
    create: async meeting => roomFor(meeting),
    move: async (_, meeting) => roomFor(meeting),
    remove: async () => {},
  }
}
`,
  test: `import { pluginContract, testContext, videoContract } from '@rapport/sdk/testing'
import ${variable} from './index.ts'

pluginContract(${variable})

videoContract(() => ({
  open: () => ${variable}.provides!.video!(testContext({ config: { server: 'https://video.example.com' } })),
}))
`,
})
