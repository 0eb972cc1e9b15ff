import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { ServerMood } from './moody-server.ts'

export type SmtpMood = ServerMood | 'refuses the address'

export interface MoodySmtp {
  /** As an operator names it in SMTP_URL. */
  url: string
  received: Email[]
  behave(mood: SmtpMood): Promise<void>
  stop(): Promise<void>
}

/** What a recipient is answered with. */
const REFUSALS: Partial<Record<SmtpMood, number>> = { broken: 451, busy: 421, 'refuses the address': 550 }
const DRIP_MS = 50

/** An SMTP server on a free port, behind a line of which one can ask bad things. */
export async function startMoodySmtp(): Promise<MoodySmtp> {
  let mood: SmtpMood = 'well'
  const received: Email[] = []
  const lines = new Set<Socket>()
  const smtp = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_, __, callback) {
      const responseCode = REFUSALS[mood]
      if (responseCode) callback(Object.assign(new Error('not now, not here'), { responseCode }))
      else if (mood !== 'hangs') callback()
    },
    onData(stream, _, callback) {
      const take = (mail: Email) => {
        received.push(mail)
        if (mood === 'loses the answer') cut()
        else callback()
      }
      // A line that was cut in the middle of a mail brought none.
      buffer(stream)
        .then(mail => PostalMime.parse(mail, { attachmentEncoding: 'utf8' }))
        .then(take, () => {})
    },
  })
  smtp.on('error', () => {})
  await listen(smtp.server as Server, 0)

  const front = createServer(line => {
    lines.add(line)
    line.on('error', () => {}).on('close', () => lines.delete(line))
    if (mood === 'garbage') line.write('\0\xff{"not":"smtp"}\r\n'.repeat(3))
    else if (mood === 'drips') drip(line)
    else if (mood === 'huge') pour(line)
    else {
      const inside = connect((smtp.server.address() as AddressInfo).port, '127.0.0.1')
      inside.on('error', () => line.destroy())
      line.on('close', () => inside.destroy())
      line.pipe(inside).pipe(line)
    }
  })
  await listen(front, 0)
  const { port } = front.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    async behave(next) {
      if (next === 'gone' && mood !== 'gone') await close()
      if (next !== 'gone' && mood === 'gone') await listen(front, port)
      mood = next
      // Lines that are kept open were begun in another mood.
      cut()
    },
    async stop() {
      if (mood !== 'gone') await close()
      await new Promise<void>(resolve => smtp.close(() => resolve()))
    },
  }

  function cut() {
    for (const line of lines) line.destroy()
  }

  async function close() {
    const closed = new Promise(resolve => front.close(resolve))
    cut()
    await closed
  }
}

function drip(line: Socket): void {
  const timer = setInterval(() => line.write('2'), DRIP_MS)
  line.once('close', () => clearInterval(timer))
}

function pour(line: Socket): void {
  const chunk = Buffer.alloc(2 ** 16, '220-x\r\n')
  const more = () => {
    while (!line.destroyed && line.write(chunk));
  }
  line.on('drain', more)
  more()
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
