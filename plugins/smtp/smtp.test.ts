import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Channel, type Email, type PluginContext, Undeliverable } from '@rapport/sdk'
import { emailContract, type ReceivedMail, sampleEmail } from '@rapport/sdk/testing'
import PostalMime, { type Email as Parsed } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startMoodySmtp } from '#tests/support/third-parties/smtp.ts'
import smtp from './index.ts'

let server: SMTPServer
let channel: Channel
let received: Parsed[]
/** What the server answers a recipient with: null takes the mail, 0 never answers. */
let answer: number | null
/** What it answers the sender with; null takes them. */
let senderAnswer: number | null
/** Milliseconds it takes over each mail. */
let slowness: number

beforeEach(async () => {
  slowness = 0
  received = []
  answer = null
  senderAnswer = null
  server = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disabledCommands: ['STARTTLS'],
    onMailFrom(_, __, callback) {
      callback(
        senderAnswer === null ? null : Object.assign(new Error('not you'), { responseCode: senderAnswer }),
      )
    },
    onRcptTo(_, __, callback) {
      if (answer === null) callback()
      else if (answer > 0) callback(Object.assign(new Error('not here'), { responseCode: answer }))
    },
    onData(stream, _, callback) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', async () => {
        received.push(await PostalMime.parse(Buffer.concat(chunks), { attachmentEncoding: 'utf8' }))
        setTimeout(callback, slowness)
      })
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  channel = channelAt(`smtp://127.0.0.1:${port}`)
})
afterEach(async () => {
  await channel.close!()
  await new Promise<void>(resolve => server.close(() => resolve()))
})

function channelAt(url: string): Channel {
  return smtp.provides!.email!(smtp.operator!({ SMTP_URL: url }) as PluginContext)
}

emailContract(
  async () => {
    const server = await startMoodySmtp()
    return {
      open: () => channelAt(server.url),
      received: async () => server.received.map(seen),
      reset() {
        server.received.length = 0
      },
      behave: mood => server.behave(mood),
      stop: () => server.stop(),
    }
  },
  { service: true },
)

function seen(mail: Parsed): ReceivedMail {
  const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')
  return {
    messageId: mail.messageId!.slice(1, -1),
    to: mail.to![0]!.address!,
    from: mail.from!.address!,
    replyTo: mail.replyTo?.[0]?.address ?? null,
    subject: mail.subject!,
    html: mail.html!,
    text: mail.text!,
    calendar: part ? { method: part.method!, content: String(part.content) } : null,
    headers: mail.headers.map(({ key }) => key),
  }
}

const email = sampleEmail()
const deliver = (change: Partial<Email> = {}, signal = new AbortController().signal) =>
  channel.deliver({ ...email, ...change }, { signal })

const linesOf = (text: string) => text.trim().split(/\r?\n/)

test('without an address of a server there is no channel', () => {
  expect(smtp.operator!({})).toBeNull()
})

test('a mail arrives as it was composed, under its Message-ID, each time it is delivered', async () => {
  await deliver()
  await deliver()
  expect(received).toHaveLength(2)
  for (const mail of received) {
    expect(mail).toMatchObject({
      messageId: '<message-1@aurora.example>',
      from: { name: 'Aurora "the" Coach, Inc.', address: 'hello@rapport.example' },
      to: [{ name: 'Clara', address: 'clara@client.example' }],
      replyTo: [{ name: 'Ada', address: 'ada@coach.example' }],
      subject: 'Grüße ✓',
    })
    expect(mail.headers).toContainEqual(
      expect.objectContaining({ key: 'list-unsubscribe', value: '<https://aurora.example/no>' }),
    )
    const parts = mail.attachments.filter(({ mimeType }) => mimeType === 'text/calendar')
    expect(parts.map(({ method, content }) => [method, linesOf(String(content))])).toEqual([
      ['CANCEL', linesOf(email.calendar!.content)],
    ])
  }
})

test('a name that would add a header adds none', async () => {
  await deliver({ to: { name: 'Eve\r\nBcc: all@victims.example', address: 'eve@client.example' } })
  expect(received[0]!.headers.map(({ key }) => key)).not.toContain('bcc')
})

test('an address refused for good is undeliverable, one refused for now may be tried again', async () => {
  answer = 550
  await expect(deliver()).rejects.toBeInstanceOf(Undeliverable)
  answer = 450
  const error = await deliver().catch(error => error)
  expect(error).toBeInstanceOf(Error)
  expect(error).not.toBeInstanceOf(Undeliverable)
})

test('a server that refuses the sender may be tried again: no other mail of this house would get through either', async () => {
  senderAnswer = 530
  const error = await deliver().catch(error => error)
  expect(error.message).toContain('530')
  expect(error).not.toBeInstanceOf(Undeliverable)
})

test('a server that is gone or never answers fails in time, and may be tried again', async () => {
  answer = 0
  const startedAt = performance.now()
  await expect(deliver({}, AbortSignal.timeout(200))).rejects.toThrow(/timeout|aborted/i)
  expect(performance.now() - startedAt).toBeLessThan(2000)

  const gone = channelAt('smtp://127.0.0.1:1')
  const error = await gone.deliver(email, { signal: new AbortController().signal }).catch(error => error)
  expect(error).not.toBeInstanceOf(Undeliverable)
  await gone.close!()
})

test('a mail whose time was up while it waited is never sent: the next try would send it twice', async () => {
  slowness = 600
  const signal = AbortSignal.timeout(1_500)
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      deliver({ messageId: `message-${index}@aurora.example` }, signal),
    ),
  )
  const delivered = tries.flatMap(({ status }, index) =>
    status === 'fulfilled' ? [`<message-${index}@aurora.example>`] : [],
  )
  expect(delivered.length).toBeGreaterThanOrEqual(4)
  await sleep(slowness * 3)
  const ids = received.map(({ messageId }) => messageId)
  expect(ids).toEqual([...new Set(ids)])
  expect(ids).toEqual(expect.arrayContaining(delivered))
  // The server had these in full, but its answer came too late: one on each connection at most.
  expect(ids.length - delivered.length).toBeLessThanOrEqual(4)

  await deliver({ messageId: 'later@aurora.example' })
  expect(received.at(-1)!.messageId).toBe('<later@aurora.example>')
})
