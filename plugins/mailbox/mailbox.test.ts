import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Email, PluginContext } from '@rapport/sdk'
import { emailContract } from '@rapport/sdk/testing'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import mailbox from './index.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailbox-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const open = () => mailbox.provides!.email!({ directory: join(directory, 'mails') } as PluginContext)
const context = { signal: new AbortController().signal }

function mail(messageId: string, change: Partial<Email> = {}): Email {
  return {
    messageId,
    date: new Date('2027-03-01T09:00:00Z'),
    from: { name: 'Aurora, Coaching', address: 'hello@rapport.example' },
    to: { name: 'Clara Client', address: 'clara@client.example' },
    subject: 'Grüße ✓',
    html: '<p>Grüße</p>',
    text: 'Grüße',
    ...change,
  }
}

emailContract(async () => {
  const kept = await mkdtemp(join(tmpdir(), 'mailbox-'))
  const files = async () => (await readdir(kept)).map(name => join(kept, name))
  return {
    open: () => mailbox.provides!.email!({ directory: kept } as PluginContext),
    async received() {
      const mails = await Promise.all(
        (await files()).map(async file => PostalMime.parse(await readFile(file))),
      )
      return mails.map(mail => {
        const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')
        return {
          messageId: mail.messageId!.slice(1, -1),
          to: mail.to![0]!.address!,
          from: mail.from!.address!,
          replyTo: mail.replyTo?.[0]?.address ?? null,
          subject: mail.subject!,
          html: mail.html!,
          text: mail.text!,
          calendar: part
            ? { method: part.method!, content: Buffer.from(part.content as ArrayBuffer).toString() }
            : null,
          headers: mail.headers.map(({ key }) => key),
        }
      })
    },
    async reset() {
      await Promise.all((await files()).map(file => rm(file)))
    },
    stop: () => rm(kept, { recursive: true }),
  }
})

test('a mailbox nobody wrote to is empty', async () => {
  expect(await open().kept!.list(10)).toEqual([])
  expect(await open().kept!.get('0'.repeat(32))).toBeNull()
})

test('what was delivered can be read again in full', async () => {
  const channel = open()
  const calendar = { method: 'REQUEST' as const, content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' }
  const { providerId } = await channel.deliver(mail('1@aurora.example', { calendar }), context)
  const [listed] = await channel.kept!.list(10)
  expect(listed).toEqual({
    id: providerId,
    to: 'Clara Client <clara@client.example>',
    from: 'Aurora, Coaching <hello@rapport.example>',
    subject: 'Grüße ✓',
    at: new Date('2027-03-01T09:00:00Z'),
    hasCalendar: true,
  })
  const read = await channel.kept!.get(listed!.id)
  expect(read!.html).toContain('<p>Grüße</p>')
  expect(read!.text).toContain('Grüße')
  expect(read!.calendar!.trim().split(/\r?\n/)).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR'])
})

test('a mail delivered again replaces itself, also from another process', async () => {
  for (let time = 0; time < 3; time++) await open().deliver(mail('1@aurora.example'), context)
  await open().deliver(mail('2@aurora.example', { subject: 'Another one' }), context)
  const mails = await open().kept!.list(10)
  expect(mails.map(({ subject }) => subject)).toEqual(['Another one', 'Grüße ✓'])
  expect((await readdir(join(directory, 'mails'))).every(name => name.endsWith('.eml'))).toBe(true)
})

test('nothing but its own mails can be read', async () => {
  const { kept } = open()
  for (const id of ['../secret-key', '', 'x'.repeat(32), '../../etc/passwd'])
    expect(await kept!.get(id)).toBeNull()
})
