import type { PluginContext } from '../plugin.ts'

const MOST_BYTES = 2 ** 20

export interface TestContext extends PluginContext {
  /** What the plugin logged. */
  logged: string[]
  /** What it keeps, by key. */
  entries: Map<string, unknown>
}

interface Change extends Partial<PluginContext> {
  /** Addresses served by others in a test: `{ 'https://api.zoom.us': 'http://127.0.0.1:4000' }`. */
  reroute?: Record<string, string>
}

/**
 * A context as the host would make one, in memory. Its `fetch` reads at most 1 MB of an answer, as the host's does,
 * but goes to private addresses too, since that is where a test's servers are.
 */
export function testContext({ reroute = {}, ...change }: Change = {}): TestContext {
  const entries = new Map<string, { value: unknown; expiresAt: Date | undefined }>()
  const logged: string[] = []
  const now = change.now ?? (() => new Date())
  return {
    tenantId: '00000000-0000-7000-8000-000000000001',
    config: {},
    secrets: {},
    fetch: reroutedFetch(reroute),
    store: {
      async get(key) {
        const kept = entries.get(key)
        const isOver = kept?.expiresAt !== undefined && kept.expiresAt <= now()
        return kept && !isOver ? structuredClone(kept.value) : null
      },
      async set(key, value, { expiresAt } = {}) {
        entries.set(key, { value: JSON.parse(JSON.stringify(value)), expiresAt })
      },
      async delete(key) {
        entries.delete(key)
      },
    },
    log: { info: detail => logged.push(detail), error: detail => logged.push(detail) },
    directory: '/nowhere',
    ...change,
    now,
    logged,
    entries,
  }
}

function reroutedFetch(reroute: Record<string, string>): typeof fetch {
  return async (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    const [from, to] = Object.entries(reroute).find(([from]) => url.startsWith(from)) ?? ['', '']
    const answer = await fetch(`${to}${url.slice(from.length)}`, init)
    const { status, statusText, headers } = answer
    const body = answer.body && [204, 205, 304].includes(status) === false ? limited(answer.body) : null
    return new Response(body, { status, statusText, headers })
  }
}

function limited(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let bytes = 0
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        bytes += chunk.byteLength
        if (bytes > MOST_BYTES) controller.error(new Error('the answer is larger than 1 MB'))
        else controller.enqueue(chunk)
      },
    }),
  )
}
