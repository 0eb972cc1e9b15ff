import { type IncomingHttpHeaders, request } from 'node:http'

/** An answer of the API: either `data` or `error`. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every procedure
  data: any
  error: { message: string; code: string; field?: string; [more: string]: unknown } | null
}

export interface Raw {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A caller of the API as scripts are: plain HTTP to this machine with a Host header, and cookies that are kept. */
export interface Api {
  query(procedure: string, input?: unknown): Promise<Answer>
  mutate(procedure: string, input?: unknown): Promise<Answer>
  /** Any request; `headers` come on top of host and cookies. */
  send(
    method: string,
    path: string,
    more?: { headers?: Record<string, string>; body?: string | Buffer },
  ): Promise<Raw>
  /** By name, as the server set them. */
  cookies: Map<string, string>
}

export function createApi({ port, host }: { port: number; host: string }): Api {
  const cookies = new Map<string, string>()

  async function send(
    method: string,
    path: string,
    { headers, body }: { headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Raw> {
    const cookie = [...cookies].map(pair => pair.join('=')).join('; ')
    const answer = await exchange({
      port,
      method,
      path,
      headers: { host: `${host}:${port}`, ...(cookie && { cookie }), ...headers },
      body,
    })
    for (const line of answer.headers['set-cookie'] ?? []) keep(cookies, line)
    return answer
  }

  return {
    cookies,
    send,
    async query(procedure, input) {
      const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
      return read(await send('GET', `/trpc/${procedure}${search}`))
    },
    async mutate(procedure, input) {
      const headers = { 'content-type': 'application/json' }
      return read(await send('POST', `/trpc/${procedure}`, { headers, body: JSON.stringify(input ?? {}) }))
    },
  }
}

function exchange(options: {
  port: number
  method: string
  path: string
  headers: Record<string, string>
  body: string | Buffer | undefined
}): Promise<Raw> {
  const { body, ...rest } = options
  return new Promise((resolve, reject) => {
    const sent = request({ ...rest, hostname: '127.0.0.1' }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';')
  const name = pair.slice(0, pair.indexOf('=')).trim()
  const value = pair.slice(pair.indexOf('=') + 1).trim()
  const isOver = attributes.some(attribute => /^\s*max-age=0$/i.test(attribute))
  if (isOver || value === '') cookies.delete(name)
  else cookies.set(name, value)
}

function read({ status, headers, body }: Raw): Answer {
  const answer = JSON.parse(body)
  if (answer.error) {
    const { message, data } = answer.error
    return { status, headers, data: null, error: { message, ...data } }
  }
  return { status, headers, data: answer.result.data, error: null }
}
