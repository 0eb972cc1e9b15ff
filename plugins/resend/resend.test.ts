import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Channel, Undeliverable } from '@rapport/sdk'
import { emailContract, type ReceivedMail, sampleEmail, testContext } from '@rapport/sdk/testing'
import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type MoodyServer,
  startMoodyProxy,
  startMoodyServer,
} from '#tests/support/third-parties/moody-server.ts'
import resend from './index.ts'

function channelAt(url: string, from = ''): Channel {
  const { config, secrets } = resend.operator!({ RESEND_API_KEY: 're_test', RESEND_URL: url })!
  return resend.provides!.email!(testContext({ tenantId: null, config: { ...config, from }, secrets }))
}

interface ResendMail {
  from: string
  to: string[]
  reply_to: string[]
  subject: string
  html: string
  text: string
  headers: Record<string, string>
}

/** What the service has, with the attachments that its list leaves out from what was sent to it. */
async function received(emulator: Emulator, { requests }: MoodyServer): Promise<ReceivedMail[]> {
  const answer = await fetch(`${emulator.url}/emails`, { headers: { authorization: 'Bearer re_test' } })
  const { data } = (await answer.json()) as { data: ResendMail[] }
  return data.map(mail => {
    const messageId = mail.headers['Message-ID']!.slice(1, -1)
    const sent = requests.find(({ headers }) => headers['idempotency-key'] === messageId)!
    const [part] = JSON.parse(sent.body).attachments ?? []
    return {
      messageId: null,
      to: addressIn(mail.to[0]!),
      from: addressIn(mail.from),
      replyTo: mail.reply_to[0] ? addressIn(mail.reply_to[0]) : null,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      calendar: part
        ? {
            method: /^text\/calendar;.* method=(\w+)$/.exec(part.content_type)![1]!,
            content: Buffer.from(part.content, 'base64').toString(),
          }
        : null,
      headers: Object.keys(mail.headers).map(name => name.toLowerCase()),
    }
  })
}

const addressIn = (text: string) => /<([^<>]+)>$/.exec(text)?.[1] ?? text

emailContract(
  async () => {
    const emulator = await createEmulator({ service: 'resend', port: 0 })
    const proxy = await startMoodyProxy(emulator.url)
    const refusing = await startMoodyServer((_, response) => {
      const error = { statusCode: 422, name: 'validation_error', message: 'Invalid `to` field.' }
      response.writeHead(422).end(JSON.stringify(error))
    })
    let isRefusing = false
    const open = () => {
      const [well, not] = [channelAt(proxy.url), channelAt(refusing.url)]
      return {
        deliver: (...mail: Parameters<Channel['deliver']>) => (isRefusing ? not : well).deliver(...mail),
      }
    }
    return {
      open,
      received: () => received(emulator, proxy),
      reset() {
        emulator.reset()
        proxy.requests.length = 0
      },
      async behave(mood) {
        isRefusing = mood === 'refuses the address'
        if (!isRefusing) await proxy.behave(mood as 'well')
      },
      async stop() {
        await proxy.stop()
        await refusing.stop()
        await emulator.close()
      },
    }
  },
  { service: true },
)

let emulator: Emulator
let proxy: MoodyServer
beforeAll(async () => {
  emulator = await createEmulator({ service: 'resend', port: 0 })
  proxy = await startMoodyProxy(emulator.url)
})
beforeEach(async () => {
  await proxy.behave('well')
  emulator.reset()
  proxy.requests.length = 0
})
afterAll(async () => {
  await proxy.stop()
  await emulator.close()
})
const deliver = (channel: Channel, change = {}, ms = 5_000) =>
  channel.deliver(sampleEmail(change), { signal: AbortSignal.timeout(ms) })

test('without a key there is no channel', () => {
  expect(resend.operator!({})).toBeNull()
})

test('a business sends from its own address, under the name of the mail', async () => {
  await deliver(channelAt(proxy.url, 'hello@aurora.example'))
  expect(JSON.parse(proxy.requests[0]!.body).from).toBe(
    '"Aurora \\"the\\" Coach, Inc." <hello@aurora.example>',
  )
})

test('a mail that was taken though its answer was lost is not sent again, even in other words', async () => {
  const channel = channelAt(proxy.url)
  await proxy.behave('loses the answer')
  await expect(deliver(channel)).rejects.toThrow()
  await proxy.behave('well')
  expect(await deliver(channel)).toMatchObject({ providerId: expect.any(String) })
  expect(await deliver(channel, { subject: 'The same, said otherwise' })).toEqual({})
  expect(await received(emulator, proxy)).toHaveLength(1)
})

test('garbage and answers without end fail in time, and may be tried again', async () => {
  for (const mood of ['garbage', 'huge', 'drips'] as const) {
    await proxy.behave(mood)
    const error = await deliver(channelAt(proxy.url), {}, 500).catch(error => error)
    expect(error, mood).toBeInstanceOf(Error)
    expect(error, mood).not.toBeInstanceOf(Undeliverable)
  }
})

test('the health check asks Resend whether it knows the key, which may be one that can only send', async () => {
  const ask = (reroute: string) =>
    resend.health!(
      testContext({ secrets: { apiKey: 're_test' }, reroute: { 'https://api.resend.com': reroute } }),
      {
        signal: AbortSignal.timeout(5_000),
      },
    )
  expect(await ask(proxy.url)).toBe('Resend knows the key.')
  await proxy.behave('broken')
  await expect(ask(proxy.url)).rejects.toThrow(/^Resend: /)

  const restricted = createServer((_, response) =>
    response.writeHead(401).end('{"name":"restricted_api_key","message":"This API key can only send"}'),
  )
  await new Promise<void>(resolve => restricted.listen(0, '127.0.0.1', resolve))
  const { port } = restricted.address() as AddressInfo
  expect(await ask(`http://127.0.0.1:${port}`)).toMatch(/may send and nothing else/)
  restricted.close()
})
