import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { vi } from 'vitest'

export interface ReceivedMail extends Email {
  /** The envelope's recipient. */
  recipient: string
  /** The iCalendar object among its parts. */
  ics: string | null
}

export interface MailServer {
  url: string
  received: ReceivedMail[]
  /** What it answers next: `null` takes mail, a number is the code it refuses with. */
  refuseWith: number | null
  /** The mails to an address, once there are this many. */
  mailsTo(address: string, count: number): Promise<ReceivedMail[]>
  stop(): Promise<void>
}

/** An SMTP server that keeps what it gets, parsed by a library that shares no code with what composes mails. */
export async function startMailServer(): Promise<MailServer> {
  const mails: MailServer = {
    url: '',
    received: [],
    refuseWith: null,
    mailsTo: (address, count) =>
      vi.waitFor(
        () => {
          const found = mails.received.filter(({ recipient }) => recipient === address)
          if (found.length < count) throw new Error(`${found.length} of ${count} mails to ${address}`)
          return found
        },
        { timeout: 15_000, interval: 20 },
      ),
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_, __, callback) {
      if (mails.refuseWith === null) return callback()
      callback(Object.assign(new Error('refused by the test'), { responseCode: mails.refuseWith }))
    },
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', async () => {
        const mail = await PostalMime.parse(Buffer.concat(chunks), { attachmentEncoding: 'utf8' })
        const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')
        const recipient = envelope.rcptTo[0]!.address
        mails.received.push({ ...mail, recipient, ics: part ? String(part.content) : null })
        callback()
      })
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  mails.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  return mails
}
