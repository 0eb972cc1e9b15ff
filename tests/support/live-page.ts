import { type IncomingMessage, request } from 'node:http'
import { expect, vi } from 'vitest'
import type { Api } from './api.ts'

/** An open page as the server sees it: a stream of `/live`, with what it was told. */
export interface LivePage {
  status: number
  headers: IncomingMessage['headers']
  /** Versions of the topics it may follow, once `hello` came. */
  versions(): Record<string, string>
  hints: string[]
  isClosed(): boolean
  close(): void
  /** Waits until it was told of this topic; returns how long that took, ms. */
  told(topic: string): Promise<number>
}

interface Options {
  port: number
  host: string
  topics: string[]
  token?: string
  /** Whose login cookie it has. */
  as?: Api
}

/** Opens a page's stream and waits for its first event or its refusal. */
export async function openLivePage({ port, host, topics, token, as }: Options): Promise<LivePage> {
  const search = new URLSearchParams({ topics: topics.join(','), ...(token && { token }) })
  const cookie = [...(as?.cookies ?? [])].map(pair => pair.join('=')).join('; ')
  const headers = { host, ...(cookie && { cookie }) }
  const sent = request({ port, hostname: '127.0.0.1', path: `/live?${search}`, headers, agent: false })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject).end()
  })
  sent.on('error', () => {})

  const hints: string[] = []
  let versions: Record<string, string> | null = null
  let isClosed = false
  let text = ''
  response.on('error', () => {})
  response.on('close', () => {
    isClosed = true
  })
  response.setEncoding('utf8').on('data', chunk => {
    text += chunk
    const events = text.split('\n\n')
    text = events.pop()!
    for (const event of events) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/m.exec(event) ?? []
      if (name === 'hello') versions = JSON.parse(data!).versions
      if (name === 'hint') hints.push(JSON.parse(data!).topic)
    }
  })
  await vi.waitFor(() => expect(versions !== null || isClosed).toBe(true), { timeout: 5_000, interval: 2 })

  return {
    status: response.statusCode!,
    headers: response.headers,
    versions: () => versions ?? {},
    hints,
    isClosed: () => isClosed,
    close: () => void sent.destroy(),
    async told(topic) {
      const startedAt = performance.now()
      await vi.waitFor(() => expect(hints).toContain(topic), { timeout: 5_000, interval: 2 })
      return performance.now() - startedAt
    },
  }
}
