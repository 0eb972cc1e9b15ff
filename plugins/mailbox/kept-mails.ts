import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeptMail, KeptMailInFull, KeptMails } from '@rapport/sdk'
import PostalMime, { type Email as Parsed } from 'postal-mime'

const ID = /^[0-9a-f]{32}$/

/** Reads the mails of a folder back with a parser that shares no code with what wrote them. */
export function keptMails(directory: string): KeptMails {
  return {
    async list(limit) {
      const ids = await newestFirst(directory)
      const mails = await Promise.all(ids.slice(0, limit).map(id => read(directory, id)))
      return mails.filter(mail => mail !== null).map(summary)
    },
    async get(id) {
      return ID.test(id) ? read(directory, id) : null
    },
  }
}

async function newestFirst(directory: string): Promise<string[]> {
  const files = (await readdir(directory).catch(() => [])).filter(name => name.endsWith('.eml'))
  const written = await Promise.all(
    files.map(async name => ({
      id: name.slice(0, -'.eml'.length),
      at: await stat(join(directory, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  )
  return written.sort((a, b) => b.at - a.at).map(({ id }) => id)
}

async function read(directory: string, id: string): Promise<KeptMailInFull | null> {
  const source = await readFile(join(directory, `${id}.eml`)).catch(() => null)
  if (!source) return null
  const mail = await PostalMime.parse(source, { attachmentEncoding: 'utf8' })
  const calendar = calendarOf(mail)
  return {
    id,
    to: mail.to?.map(shown).join(', ') ?? '',
    from: mail.from ? shown(mail.from) : '',
    subject: mail.subject ?? '',
    at: new Date(mail.date ?? 0),
    hasCalendar: calendar !== null,
    html: mail.html ?? null,
    text: mail.text ?? null,
    calendar,
  }
}

function calendarOf({ attachments }: Parsed): string | null {
  const part = attachments.find(
    ({ mimeType }) => mimeType === 'text/calendar' || mimeType === 'application/ics',
  )
  return part ? String(part.content) : null
}

function shown({ name, address }: { name: string; address?: string }): string {
  return name ? `${name} <${address}>` : (address ?? '')
}

function summary({ id, to, from, subject, at, hasCalendar }: KeptMailInFull): KeptMail {
  return { id, to, from, subject, at, hasCalendar }
}
