import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/**
 * How a server answers: as it should; with 500; with 429 and Retry-After; never; not at all (nobody listens);
 * a byte now and then; with what isn't its protocol; without end; or it does what it is asked and cuts the line.
 */
export type ServerMood =
  | 'well'
  | 'broken'
  | 'busy'
  | 'hangs'
  | 'gone'
  | 'drips'
  | 'garbage'
  | 'huge'
  | 'loses the answer'

export interface ReceivedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** Whole once it was read. */
  body: string
}

export interface MoodyServer {
  url: string
  /** Requests that came in, whatever the mood. */
  requests: ReceivedRequest[]
  behave(mood: ServerMood): Promise<void>
  stop(): Promise<void>
}

const DRIP_MS = 50

/** A server on a free port that answers with `handle` while it is well. */
export async function startMoodyServer(
  handle: RequestListener,
  onUpgrade?: (request: IncomingMessage, socket: Socket, head: Buffer) => void,
): Promise<MoodyServer> {
  let mood: ServerMood = 'well'
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    note(request, moody.requests)
    answer(mood, request, response, handle)
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (request, socket, head) => {
    if (mood === 'well' && onUpgrade) onUpgrade(request, socket as Socket, head)
    else socket.destroy()
  })
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  const moody: MoodyServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    async behave(next) {
      if (next === 'gone' && mood !== 'gone') await close()
      if (next !== 'gone' && mood === 'gone') await listen(server, port)
      mood = next
    },
    stop: close,
  }
  return moody

  async function close() {
    const closed = new Promise(resolve => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
}

function note(request: IncomingMessage, requests: ReceivedRequest[]): void {
  const { method, url, headers } = request
  const received = { method: method!, path: url!, headers, body: '' }
  requests.push(received)
  request.on('data', chunk => {
    received.body += chunk
  })
}

/** The same in front of another server. */
export function startMoodyProxy(target: string): Promise<MoodyServer> {
  return startMoodyServer((incoming, response) => {
    const { method, headers, url } = incoming
    const passed = request(new URL(url!, target), { method, headers, agent: false }, answer => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    passed.on('error', () => response.destroy())
    incoming.pipe(passed)
  })
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function answer(
  mood: ServerMood,
  request: IncomingMessage,
  response: ServerResponse,
  handle: RequestListener,
): void {
  if (mood === 'well' || mood === 'loses the answer') {
    if (mood === 'loses the answer') cutAtTheEnd(request, response)
    handle(request, response)
    return
  }
  request.resume()
  const json = { 'content-type': 'application/json' }
  if (mood === 'broken') response.writeHead(500, json).end('{"message":"broken"}')
  if (mood === 'busy') response.writeHead(429, { ...json, 'retry-after': '2' }).end('{"message":"slow down"}')
  if (mood === 'garbage') response.writeHead(200, json).end('<\0{{"not json')
  if (mood === 'drips') drip(response.writeHead(200, json))
  if (mood === 'huge') pour(response.writeHead(200, json))
}

/** What it would say never leaves; the line is cut once it was done. */
function cutAtTheEnd({ socket }: IncomingMessage, response: ServerResponse): void {
  response.writeHead = () => response
  response.write = () => true
  response.end = () => {
    socket.destroy()
    return response
  }
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), DRIP_MS)
  response.once('close', () => clearInterval(timer))
}

function pour(response: ServerResponse): void {
  const chunk = Buffer.alloc(2 ** 16, 'x')
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  }
  response.on('drain', more)
  more()
}
