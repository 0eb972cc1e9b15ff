import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface S3Server {
  url: string
  bucket: string
  region: string
  keyId: string
  secret: string
  /** What is kept, by path within the bucket. */
  objects: Map<string, Buffer>
  /** Answers all that comes with this status, until it is null again. */
  failWith(status: number | null): void
  stop(): Promise<void>
}

const given = { bucket: 'rapport-files', region: 'eu-test-1', keyId: 'TESTKEY', secret: 'a secret of tests' }

/**
 * A bucket as S3 serves it: signatures of version 4 are checked, a body needs its length, one that breaks off is
 * dropped, and ranges are answered.
 */
export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>()
  let failing: number | null = null
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })

  async function handle(request: IncomingMessage, response: ServerResponse) {
    if (failing) return answer(response, failing, '<Error><Code>SlowDown</Code></Error>')
    if (!isSigned(request)) return answer(response, 403, '<Error><Code>SignatureDoesNotMatch</Code></Error>')
    const [, bucket, path] = /^\/([^/]+)\/(.+)$/.exec(request.url!) ?? []
    if (bucket !== given.bucket || !path)
      return answer(response, 404, '<Error><Code>NoSuchBucket</Code></Error>')
    if (request.method === 'PUT') return put(path, request, response)
    if (request.method === 'DELETE') {
      objects.delete(path)
      return answer(response, 204)
    }
    const object = objects.get(path)
    if (!object) return answer(response, 404, '<Error><Code>NoSuchKey</Code></Error>')
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    if (!range) return answer(response, 200, object)
    const [start, end] = [Number(range[1]), Number(range[2])]
    if (start >= object.length) return answer(response, 416, '<Error><Code>InvalidRange</Code></Error>')
    answer(response, 206, object.subarray(start, end + 1))
  }

  async function put(path: string, request: IncomingMessage, response: ServerResponse) {
    const length = request.headers['content-length']
    if (length === undefined) return answer(response, 411, '<Error><Code>MissingContentLength</Code></Error>')
    const chunks: Buffer[] = []
    // Throws where the body breaks off: nothing is kept then.
    for await (const chunk of request) chunks.push(chunk)
    objects.set(path, Buffer.concat(chunks))
    answer(response, 200)
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    ...given,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    failWith(status) {
      failing = status
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(response: ServerResponse, status: number, body: string | Buffer = ''): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body)
}

/** Signature version 4, read from its description and not from the client's code. */
function isSigned({ method, url, headers }: IncomingMessage): boolean {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (!parts) return false
  const [, keyId, date, region, names, signature] = parts as unknown as [string, ...string[]]
  const at = String(headers['x-amz-date'])
  if (keyId !== given.keyId || region !== given.region || !at.startsWith(date!)) return false
  if (!names!.split(';').includes('host')) return false
  const canonical = [
    method,
    url,
    '',
    ...names!.split(';').map(name => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n')
  const scope = `${date}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', at, scope, createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  )
  const key = [date!, region!, 's3', 'aws4_request'].reduce<Buffer | string>(
    (so, part) => createHmac('sha256', so).update(part).digest(),
    `AWS4${given.secret}`,
  )
  return timingSafeEqual(createHmac('sha256', key).update(text).digest(), Buffer.from(signature!, 'hex'))
}
