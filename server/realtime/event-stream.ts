import type { ServerResponse } from 'node:http'
import { EVERYTHING } from './hints.ts'

export interface EventStream {
  /** Sends the headers and the versions; hints that came before follow. From now on only these topics are told. */
  begin(versions: ReadonlyMap<string, string>): void
  hint(topic: string): void
  /** Keeps proxies and browsers from taking the silence for a death, and gives up on a reader who is gone. */
  beat(): void
  end(): void
}

/** A page is told at most this often, ms; what happens meanwhile is told together. */
const TOLD_EVERY = 200
/** Browsers come back after a second or two, not all at once. */
const RETRY_FROM = 1_000
const RETRY_SPREAD = 1_500

/**
 * Server-sent events on one response. Nothing queues up for a reader who is slow: hints wait as a set of topics
 * until what was written has left, and after two heartbeats without that the connection is cut.
 */
export function eventStream(response: ServerResponse): EventStream {
  const waiting = new Set<string>()
  let topics: ReadonlySet<string> | null = null
  let pause: NodeJS.Timeout | null = null
  let isFull = false
  let beatsWhileFull = 0

  response.on('drain', () => {
    isFull = false
    tell()
  })
  response.once('close', () => {
    if (pause) clearTimeout(pause)
    topics = null
    waiting.clear()
  })

  return {
    begin(versions) {
      topics = new Set([...versions.keys(), EVERYTHING])
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      })
      const retry = Math.round(RETRY_FROM + Math.random() * RETRY_SPREAD)
      write(`retry: ${retry}\n${event('hello', { versions: Object.fromEntries(versions) })}`)
      tell()
    },
    hint(topic) {
      waiting.add(topic)
      if (topics) tell()
    },
    beat() {
      if (!topics) return
      if (!isFull) write(':\n\n')
      else if (++beatsWhileFull === 2) response.destroy()
    },
    end() {
      response.end()
    },
  }

  function tell() {
    if (!topics || pause || isFull) return
    const told = [...waiting].filter(topic => topics!.has(topic))
    waiting.clear()
    if (told.length === 0) return
    write((told.includes(EVERYTHING) ? [EVERYTHING] : told).map(topic => event('hint', { topic })).join(''))
    pause = setTimeout(() => {
      pause = null
      tell()
    }, TOLD_EVERY)
  }

  function write(text: string) {
    if (response.writableEnded || response.destroyed) return
    isFull = !response.write(text)
    beatsWhileFull = 0
  }
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
