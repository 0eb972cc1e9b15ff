import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Email, PluginContext } from '@rapport/sdk'
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
