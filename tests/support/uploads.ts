import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Api } from './api.ts'
import type { TestHouse } from './house.ts'

/** The smallest files that are what they say. */
export const samples = {
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
  pdf: Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  mp4: Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'), Buffer.alloc(4000, 'm')]),
  mp3: Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(2000)]),
  zip: Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]),
  text: Buffer.from('Bring water, and a pen — “please”.\n'),
}

interface Sent {
  purpose?: string
  name?: string
  booking?: string
  headers?: Record<string, string>
}

/** Sends a file as pages do; `body` is the JSON that comes back. */
export async function sendFile(
  api: Api,
  content: Buffer,
  { purpose = 'material', name = 'notes.pdf', booking, headers }: Sent = {},
) {
  const answer = await api.send('POST', '/files', {
    headers: {
      'x-purpose': purpose,
      'x-file-name': encodeURIComponent(name),
      ...(booking && { 'x-booking': booking }),
      ...headers,
    },
    body: content,
  })
  return { status: answer.status, headers: answer.headers, body: JSON.parse(answer.body) }
}

/** The id of a file that must have been kept. */
export async function keepFile(api: Api, content: Buffer, sent: Sent = {}): Promise<string> {
  const { status, body } = await sendFile(api, content, sent)
  if (status !== 201) throw new Error(`${status} ${body.error.data.code}: ${body.error.message}`)
  return body.id
}

/** Names of all files on the house's disk, half-written ones among them. */
export async function filesOnDisk({ house }: TestHouse): Promise<string[]> {
  const folder = join(house.env.dataDir, 'files')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter(entry => entry.isFile()).map(({ name }) => name)
}
