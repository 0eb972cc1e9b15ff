import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Channel, Email } from '@rapport/sdk'
import { createTransport } from 'nodemailer'
import { keptMails } from './kept-mails.ts'

const composer = createTransport({
  streamTransport: true,
  buffer: true,
  disableFileAccess: true,
  disableUrlAccess: true,
})

/**
 * Writes each mail into `directory` as a file in the form of RFC 822. The file is named after the Message-ID:
 * a mail delivered again replaces itself.
 */
export function mailboxChannel(directory: string): Channel {
  return {
    async deliver(email) {
      const source = await compose(email)
      const id = createHash('sha256').update(email.messageId).digest('hex').slice(0, 32)
      await mkdir(directory, { recursive: true })
      const unfinished = join(directory, `${id}.${process.pid}.tmp`)
      await writeFile(unfinished, source)
      await rename(unfinished, join(directory, `${id}.eml`))
      return { providerId: id }
    },
    kept: keptMails(directory),
  }
}

async function compose({ calendar, ...email }: Email): Promise<Buffer> {
  const { message } = await composer.sendMail({
    ...email,
    ...(calendar
      ? { icalEvent: { method: calendar.method, content: calendar.content, filename: 'invite.ics' } }
      : {}),
  })
  return message as Buffer
}
