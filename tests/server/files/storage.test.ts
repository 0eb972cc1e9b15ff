import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createEmulator } from 'emulate'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diskStorage } from '#server/files/disk.ts'
import { s3Storage } from '#server/files/s3.ts'
import type { Storage } from '#server/files/storage.ts'
import { type S3Server, startS3Server } from '#tests/support/third-parties/s3-server.ts'

interface Tried {
  storage: Storage
  /** How many files lie there in all, half-written ones among them. */
  count(): Promise<number>
}

let folder: string
let s3: S3Server
const kinds: Record<string, () => Tried> = {
  'the local disk': () => ({
    storage: diskStorage(folder),
    count: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
        .length,
  }),
  'a bucket': () => ({ storage: s3Storage(s3), count: async () => s3.objects.size }),
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-storage-'))
  s3 = await startS3Server()
})
afterAll(async () => {
  await s3.stop()
  await rm(folder, { recursive: true })
})

const newKey = () => ({ tenantId: uuidv7(), id: uuidv7() })

async function* pieces(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}

async function* breaksOff(content: Buffer): AsyncGenerator<Buffer> {
  yield content.subarray(0, content.length / 2)
  throw new Error('the line was cut')
}

async function read(storage: Storage, ...asked: Parameters<Storage['get']>): Promise<Buffer | null> {
  const stream = await storage.get(...asked)
  return stream && buffer(stream)
}

describe.each(Object.keys(kinds))('%s', kind => {
  let tried: Tried
  beforeAll(() => {
    tried = kinds[kind]!()
  })
  const large = Buffer.alloc(3_000_001, 'Rapport keeps files. ')

  test('gives back what was put, whole and in ranges', async () => {
    const { storage } = tried
    const key = newKey()
    await storage.put(key, pieces(large, 65_536), large.length)
    expect((await read(storage, key))!.equals(large)).toBe(true)
    expect((await read(storage, key, { start: 0, end: 0 }))!.toString()).toBe('R')
    expect((await read(storage, key, { start: 8, end: 12 }))!.toString()).toBe('keeps')
    expect(await read(storage, key, { start: 3_000_000, end: 3_000_000 })).toHaveLength(1)
  })

  test('knows no file that was never put, of another tenant or removed', async () => {
    const { storage } = tried
    const key = newKey()
    await storage.put(key, pieces(large, 999_999), large.length)
    expect(await read(storage, newKey())).toBeNull()
    expect(await read(storage, { ...key, tenantId: uuidv7() })).toBeNull()
    await storage.remove(key)
    expect(await read(storage, key)).toBeNull()
    await storage.remove(key)
  })

  test('keeps nothing of what breaks off, or has another length than was said', async () => {
    const { storage, count } = tried
    const before = await count()
    await expect(storage.put(newKey(), breaksOff(large), large.length)).rejects.toThrow()
    await expect(storage.put(newKey(), pieces(large, 65_536), large.length + 1)).rejects.toThrow()
    await expect(storage.put(newKey(), pieces(large, 65_536), large.length - 1)).rejects.toThrow()
    await expect(storage.put(newKey(), breaksOff(large), large.length / 2 + 0.5)).rejects.toThrow()
    await expect.poll(count).toBe(before)
  })

  test('puts in place of what was there, and whoever is reading reads the old one to its end', async () => {
    const { storage } = tried
    const key = newKey()
    await storage.put(key, pieces(large, 65_536), large.length)
    const reading = (await storage.get(key))!
    await storage.put(key, pieces(Buffer.from('new'), 1), 3)
    expect((await buffer(reading)).equals(large)).toBe(true)
    expect((await read(storage, key))!.toString()).toBe('new')
  })

  test('never leaves its own place, whatever a key says', async () => {
    const { storage, count } = tried
    const before = await count()
    for (const odd of ['../../evil', '/etc/passwd', '..', `${uuidv7()}/../x`, 'a\0b', '']) {
      for (const key of [
        { ...newKey(), id: odd },
        { ...newKey(), tenantId: odd },
      ]) {
        await expect(storage.put(key, pieces(Buffer.from('x'), 1), 1)).rejects.toThrow('two UUIDs')
        await expect(storage.get(key)).rejects.toThrow('two UUIDs')
        await expect(storage.remove(key)).rejects.toThrow('two UUIDs')
      }
    }
    expect(await count()).toBe(before)
  })
})

describe('a bucket that fails', () => {
  test('is said to, with its status and code', async () => {
    const storage = s3Storage(s3)
    s3.failWith(503)
    await expect(storage.get(newKey())).rejects.toThrow('the storage of files answered 503 SlowDown')
    await expect(storage.remove(newKey())).rejects.toThrow('503')
    await expect(storage.put(newKey(), pieces(Buffer.from('x'), 1), 1)).rejects.toThrow('503')
    s3.failWith(null)
    const wrong = s3Storage({ ...s3, secret: 'another' })
    await expect(wrong.get(newKey())).rejects.toThrow('403 SignatureDoesNotMatch')
  })
})

test('a server of S3 that others wrote keeps, gives and removes files too', async () => {
  const aws = await createEmulator({
    service: 'aws',
    port: 0,
    seed: { aws: { region: 'us-east-1', s3: { buckets: [{ name: 'files' }] } } },
  })
  try {
    const storage = s3Storage({
      url: aws.url,
      bucket: 'files',
      region: 'us-east-1',
      keyId: 'any',
      secret: 'any',
    })
    const key = newKey()
    const content = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    await storage.put(key, pieces(content, 100), content.length)
    expect((await read(storage, key))!.equals(content)).toBe(true)
    await storage.remove(key)
    expect(await read(storage, key)).toBeNull()
  } finally {
    await aws.close()
  }
})
