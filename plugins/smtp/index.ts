import { type Channel, definePlugin, Undeliverable } from '@rapport/sdk'
import { createTransport } from 'nodemailer'

const REFUSED_FOR_GOOD = 500

/** Mail by SMTP, through the server at the operator's SMTP_URL. */
export default definePlugin({
  id: 'smtp',
  name: 'E-mail by SMTP',
  description: 'Sends mail through the mail server that the operator names in SMTP_URL.',
  version: '1.0.0',
  sdk: 1,
  operator: ({ SMTP_URL }) => (SMTP_URL ? { config: {}, secrets: { url: SMTP_URL } } : null),
  provides: { email: ({ secrets }) => smtpChannel(secrets.url!) },
})

/** `url` is `smtp://` or `smtps://` with user, password, host and port; nodemailer's options as its query. */
function smtpChannel(url: string): Channel {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async deliver({ calendar, ...email }, { signal }) {
      // Given the signal, the transport takes a mail out of its queue that nobody waits for any more, and lets go of
      // one that is under way: it would be sent again by the next try. One whose end the server has can't be helped.
      const mail = {
        ...email,
        signal,
        ...(calendar
          ? { icalEvent: { method: calendar.method, content: calendar.content, filename: 'invite.ics' } }
          : {}),
      }
      const { response } = await transport.sendMail(mail).catch(error => {
        throw isRefused(error) ? new Undeliverable(error.message, { cause: error }) : error
      })
      return { providerId: response }
    },
    async close() {
      transport.close()
    },
  }
}

/** Whether the server refused the address itself, as opposed to the connection, the sender or the moment. */
function isRefused(error: { command?: string; responseCode?: number }): boolean {
  return error.command === 'RCPT TO' && (error.responseCode ?? 0) >= REFUSED_FOR_GOOD
}
