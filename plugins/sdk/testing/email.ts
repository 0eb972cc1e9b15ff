import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Channel, type Email, Undeliverable } from '../email-channel.ts'
import { failure, type Mood, soon } from './moods.ts'

/** A mail as whoever got it sees it. */
export interface ReceivedMail {
  /** Without angle brackets; null where the channel's way of telling a repeat is another. */
  messageId: string | null
  to: string
  from: string
  replyTo: string | null
  subject: string
  html: string
  text: string
  calendar: { method: string; content: string } | null
  /** Names of all its headers, lower case, where they can be seen. */
  headers: readonly string[]
}

export interface EmailSubject {
  /** A channel as a further process would open it. */
  open(): Channel
  received(): Promise<ReceivedMail[]>
  /** Forgets what was received. */
  reset(): Promise<void> | void
  stop?(): Promise<void>
}

/** A channel behind which a service or a server stands. */
export interface EmailServiceSubject extends EmailSubject {
  /** How it answers from now on. */
  behave(mood: Mood | 'refuses the address'): Promise<void> | void
}

type Start<Subject> = () => Promise<Subject> | Subject

const lines = (text: string) => text.trim().split(/\r?\n/)

/** A mail with everything a mail may have. */
export function sampleEmail(change: Partial<Email> = {}): Email {
  return {
    messageId: 'message-1@aurora.example',
    date: new Date('2027-03-01T09:00:00Z'),
    from: { name: 'Aurora "the" Coach, Inc.', address: 'hello@rapport.example' },
    to: { name: 'Clara', address: 'clara@client.example' },
    replyTo: { name: 'Ada', address: 'ada@coach.example' },
    subject: 'Grüße ✓',
    html: '<p>Grüße</p>',
    text: 'Grüße',
    calendar: { method: 'CANCEL', content: 'BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n' },
    headers: { 'List-Unsubscribe': '<https://aurora.example/no>' },
    ...change,
  }
}

/**
 * What every channel for mail must do; with `service`, also how it copes when that is broken, busy or hangs. Call it in
 * the plugin's own test.
 */
export function emailContract(start: Start<EmailServiceSubject>, traits: { service: true }): void
export function emailContract(start: Start<EmailSubject>): void
export function emailContract(
  start: Start<EmailSubject & Partial<EmailServiceSubject>>,
  { service = false } = {},
): void {
  describe('as every channel for mail', () => {
    let subject: EmailSubject & Partial<EmailServiceSubject>
    let channel: Channel
    const call = (ms = 10_000) => ({ signal: AbortSignal.timeout(ms) })

    beforeAll(async () => {
      subject = await start()
      channel = subject.open()
    })
    beforeEach(async () => {
      await subject.behave?.('well')
      await subject.reset()
    })
    afterAll(async () => {
      await channel.close?.()
      await subject.stop?.()
    })

    test('a mail arrives as it was composed', async () => {
      await channel.deliver(sampleEmail(), call())
      const [mail, ...more] = await subject.received()
      expect(more).toEqual([])
      expect(mail).toMatchObject({
        to: 'clara@client.example',
        from: 'hello@rapport.example',
        replyTo: 'ada@coach.example',
        subject: 'Grüße ✓',
      })
      expect(mail!.html).toContain('<p>Grüße</p>')
      expect(mail!.text).toContain('Grüße')
    })

    test('a calendar entry goes along, with its method', async () => {
      const { calendar } = sampleEmail()
      await channel.deliver(sampleEmail(), call())
      const [mail] = await subject.received()
      expect(mail!.calendar!.method).toBe('CANCEL')
      expect(lines(mail!.calendar!.content)).toEqual(lines(calendar!.content))

      await subject.reset()
      await channel.deliver(sampleEmail({ messageId: 'plain@aurora.example', calendar: undefined }), call())
      expect((await subject.received())[0]!.calendar).toBeNull()
    })

    test('a mail delivered again, also by another process, is one mail to whoever gets it', async () => {
      const other = subject.open()
      await channel.deliver(sampleEmail(), call())
      await channel.deliver(sampleEmail(), call())
      await other.deliver(sampleEmail(), call())
      await other.close?.()
      const received = await subject.received()
      const ids = new Set(received.map(({ messageId }) => messageId))
      expect(ids.size).toBe(1)
      if (ids.has(null)) expect(received).toHaveLength(1)

      await channel.deliver(sampleEmail({ messageId: 'message-2@aurora.example' }), call())
      expect((await subject.received()).length).toBe(received.length + 1)
    })

    test('a name that would add a header or an address adds none', async () => {
      await channel.deliver(
        sampleEmail({ to: { name: 'Eve\r\nBcc: all@victims.example', address: 'eve@client.example' } }),
        call(),
      )
      const [mail] = await subject.received()
      expect(mail!.to).toBe('eve@client.example')
      expect(mail!.headers).not.toContain('bcc')
    })

    if (!service) return
    const behave = (mood: Parameters<EmailServiceSubject['behave']>[0]) => subject.behave!(mood)

    test('what is broken or busy may be tried again', async () => {
      for (const mood of ['broken', 'busy', 'gone'] as const) {
        await behave(mood)
        const error = await failure(channel.deliver(sampleEmail(), call()))
        expect(error, mood).not.toBeInstanceOf(Undeliverable)
      }
      await behave('well')
      await channel.deliver(sampleEmail(), call())
      expect(await subject.received()).toHaveLength(1)
    })

    test('an address that is refused is undeliverable', async () => {
      await behave('refuses the address')
      expect(await failure(channel.deliver(sampleEmail(), call()))).toBeInstanceOf(Undeliverable)
    })

    test('what hangs ends when its time is up', async () => {
      await behave('hangs')
      const error = await soon(failure(channel.deliver(sampleEmail(), call(200))))
      expect(error).not.toBeInstanceOf(Undeliverable)
    })
  })
}
