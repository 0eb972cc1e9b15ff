import type { MakeTemplate } from './template.ts'

/** A plugin that delivers mail. */
export const email: MakeTemplate = ({ id, name, variable }) => ({
  index: `import { type Channel, definePlugin, type PluginContext, Undeliverable } from '@rapport/sdk'
import { z } from 'zod'

/** Mail through a service that takes it as JSON. */
export default definePlugin({
  id: '${id}',
  name: '${name}',
  description: 'Sends your mails through ${name}.',
  version: '0.1.0',
  sdk: 1,
  config: z.object({
    server: z.url({ protocol: /^https?$/ }).describe('Server: the address of its API'),
  }),
  secrets: z.object({
    apiKey: z.string().min(8).describe('API key: one that may send'),
  }),
  provides: { email: channel },
  async health({ config }) {
    return \`Mails go to \${new URL(String(config.server)).host}.\`
  },
})

/** \`messageId\` is the same on every try, so that the service can tell a repeat. */
function channel({ config, secrets, fetch }: PluginContext): Channel {
  return {
    async deliver(email, { signal }) {
      const answer = await fetch(new URL('/mails', String(config.server)), {
        method: 'POST',
        headers: {
          authorization: \`Bearer \${secrets.apiKey}\`,
          'content-type': 'application/json',
          'idempotency-key': email.messageId,
        },
        body: JSON.stringify(email),
        signal,
      })
      if (answer.status === 422) throw new Undeliverable('the address was refused')
      if (!answer.ok) throw new Error(\`the service answered with \${answer.status}\`)
      const { id } = (await answer.json()) as { id?: string }
      return id ? { providerId: id } : {}
    },
  }
}
`,
  test: `import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Email } from '@rapport/sdk'
import { emailContract, type Mood, pluginContract, testContext } from '@rapport/sdk/testing'
import ${variable} from './index.ts'

pluginContract(${variable})

emailContract(start, { service: true })

async function start() {
  const service = await startService()
  const context = testContext({ config: { server: service.address }, secrets: { apiKey: 'a-key-of-tests' } })
  return {
    open: () => ${variable}.provides!.email!(context),
    received: async () =>
      [...service.mails.values()].map(({ to, from, replyTo, calendar, headers, ...mail }) => ({
        ...mail,
        to: to.address,
        from: from.address,
        replyTo: replyTo?.address ?? null,
        calendar: calendar ?? null,
        headers: Object.keys(headers ?? {}).map(name => name.toLowerCase()),
      })),
    reset: () => service.mails.clear(),
    behave: service.behave,
    stop: service.stop,
  }
}

/** The service: keeps each mail once. */
async function startService() {
  const mails = new Map<string, Email>()
  let mood: Mood | 'refuses the address' = 'well'
  const server = createServer(async (request, response) => {
    if (mood === 'hangs') return
    if (mood === 'gone') return void request.socket.destroy()
    const body = Buffer.concat(await request.toArray()).toString()
    if (mood === 'well') mails.set(String(request.headers['idempotency-key']), JSON.parse(body))
    const status = { well: 200, busy: 429, broken: 500, 'refuses the address': 422 }[mood]
    response.writeHead(status).end(JSON.stringify({ id: 'mail-1' }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    address: \`http://127.0.0.1:\${(server.address() as AddressInfo).port}\`,
    mails,
    behave: (next: typeof mood) => {
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
