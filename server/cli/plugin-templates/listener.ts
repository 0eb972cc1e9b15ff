import type { MakeTemplate } from './template.ts'

/** A plugin that tells another system of what happens. */
export const listener: MakeTemplate = ({ id, name, variable }) => ({
  index: `import { definePlugin, type PluginContext, type PluginEvent } from '@rapport/sdk'
import { z } from 'zod'

/** Tells another system of what happens to bookings and sessions. */
export default definePlugin({
  id: '${id}',
  name: '${name}',
  description: 'Tells ${name} of what happens to bookings and sessions.',
  version: '0.1.0',
  sdk: 1,
  config: z.object({
    address: z.url({ protocol: /^https?$/ }).describe('Address: where events are sent to'),
  }),
  secrets: z.object({
    token: z.string().min(8).describe('Token: sent along, so that the other side knows us'),
  }),
  on: { '*': tell },
  async health({ config }) {
    return \`Events go to \${new URL(String(config.address)).host}.\`
  },
})

/** May be told twice of one event: the other side tells them apart by the event's id. */
async function tell(
  event: PluginEvent,
  { config, secrets, fetch }: PluginContext,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const answer = await fetch(String(config.address), {
    method: 'POST',
    headers: {
      authorization: \`Bearer \${secrets.token}\`,
      'content-type': 'application/json',
      'idempotency-key': event.id,
    },
    body: JSON.stringify(event),
    signal,
  })
  if (!answer.ok) throw new Error(\`the other side answered with \${answer.status}\`)
}
`,
  test: `import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listenerContract, type Mood, pluginContract, testContext } from '@rapport/sdk/testing'
import ${variable} from './index.ts'

pluginContract(${variable})

listenerContract(${variable}, start, { service: true })

async function start() {
  const service = await startService()
  return {
    context: () =>
      testContext({ config: { address: service.address }, secrets: { token: 'a-token-of-tests' } }),
    received: () => service.received,
    behave: service.behave,
    stop: service.stop,
  }
}

/** The other side: keeps the ids of what it took. */
async function startService() {
  const received: string[] = []
  let mood: Mood = 'well'
  const server = createServer((request, response) => {
    if (mood === 'hangs') return
    if (mood === 'gone') return void request.socket.destroy()
    if (mood === 'well') received.push(String(request.headers['idempotency-key']))
    response.writeHead({ well: 204, busy: 429, broken: 500 }[mood]).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    address: \`http://127.0.0.1:\${(server.address() as AddressInfo).port}/events\`,
    received,
    behave: (next: Mood) => {
      mood = next
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
`,
})
