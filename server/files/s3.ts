import { Readable } from 'node:stream'
import { AwsV4Signer } from 'aws4fetch'
import { type Dispatcher, request } from 'undici'
import { type FileKey, placeOf, type Storage } from './storage.ts'

/** A bucket that only Rapport writes into, at Amazon or at anybody who speaks its protocol. */
export interface Bucket {
  /** The service's address; the bucket follows as the first part of the path. */
  url: string
  bucket: string
  region: string
  keyId: string
  secret: string
}

/** Milliseconds without a byte, after which the service counts as gone. */
const PATIENCE = 30_000

/** Files in an S3-compatible bucket, as `files/<tenant>/<id>`; bytes pass through and are never kept here. */
export function s3Storage({ url, bucket, region, keyId, secret }: Bucket): Storage {
  const root = `${url.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}/files`

  async function send(
    method: 'GET' | 'PUT' | 'DELETE',
    key: FileKey,
    { headers = {}, body }: { headers?: Record<string, string>; body?: Readable } = {},
  ): Promise<Dispatcher.ResponseData> {
    const address = `${root}/${placeOf(key)}`
    const signed = await new AwsV4Signer({
      ...{ url: address, method, headers, region },
      ...{ service: 's3', accessKeyId: keyId, secretAccessKey: secret },
    }).sign()
    return request(address, {
      method,
      headers: Object.fromEntries(signed.headers),
      body: body ?? null,
      headersTimeout: PATIENCE,
      bodyTimeout: PATIENCE,
    })
  }

  return {
    async put(key, content, bytes) {
      // With its length the service knows a body that broke off, and drops it; undici refuses one of another length.
      const headers = { 'content-length': String(bytes), 'content-type': 'application/octet-stream' }
      await expectDone(
        await send('PUT', key, { headers, body: Readable.from(content, { objectMode: false }) }),
      )
    },

    async get(key, range) {
      const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {}
      const answer = await send('GET', key, { headers })
      if (answer.statusCode === (range ? 206 : 200)) return answer.body
      if (answer.statusCode !== 404) await fail(answer)
      await answer.body.dump()
      return null
    },

    async remove(key) {
      const answer = await send('DELETE', key)
      if (answer.statusCode !== 404) await expectDone(answer)
      else await answer.body.dump()
    },
  }
}

async function expectDone(answer: Dispatcher.ResponseData): Promise<void> {
  if (answer.statusCode >= 300) await fail(answer)
  await answer.body.dump()
}

async function fail({ statusCode, body }: Dispatcher.ResponseData): Promise<never> {
  const said = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(await firstOf(body))?.[1]
  throw new Error(`the storage of files answered ${statusCode}${said ? ` ${said}` : ''}`)
}

async function firstOf(body: Readable): Promise<string> {
  for await (const chunk of body) return String(chunk).slice(0, 2000)
  return ''
}
