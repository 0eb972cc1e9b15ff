/** What a stream tells: a topic changed, `*` for all of them. */
export type OnHint = (topic: string) => void

type Told =
  | { say: 'want'; tab: string; topics: string[] }
  | { say: 'who' }
  | { say: 'hello'; versions: Record<string, string> }
  | { say: 'hint'; topic: string }

export interface LiveStream {
  /** Follows a topic until the returned function is called; `version` is what the page has already seen. */
  follow(topic: string, onHint: OnHint, version?: string): () => void
}

const LONGEST_WAIT = 30_000

/**
 * One stream of server-sent events for all tabs of a browser (062): the tab that holds the Web Lock listens for
 * all and passes on by BroadcastChannel; when it closes, the lock goes to another. After each new connection the
 * server says what versions its topics have, so a tab hears of whatever it missed. `token` is a manage token,
 * for a stream of that booking's own. Without Web Locks (plain HTTP) every tab listens for itself.
 */
export function openLiveStream(token: string | null): LiveStream {
  const name = `rapport-live ${token ?? ''}`
  const tab = crypto.randomUUID?.() ?? String(Math.random())
  const listeners = new Map<string, Set<OnHint>>()
  const seen = new Map<string, string>()
  const others = new Map<string, string[]>()
  const channel = 'BroadcastChannel' in globalThis && 'locks' in navigator ? new BroadcastChannel(name) : null
  let isLeader = channel === null
  let source: EventSource | null = null
  let asked = ''
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.say === 'who') tellWanted()
    else if (data.say === 'hello') greet(data.versions)
    else if (data.say === 'hint') hint(data.topic)
    else if (isLeader) {
      others.set(data.tab, data.topics)
      soon(0)
    }
  })
  if (channel) lead()
  addEventListener('pagehide', () => channel?.postMessage({ say: 'want', tab, topics: [] } satisfies Told))
  addEventListener('online', () => soon(0))

  function lead() {
    void navigator.locks.request(name, async () => {
      isLeader = true
      channel?.postMessage({ say: 'who' } satisfies Told)
      soon(0)
      await new Promise(() => {})
    })
  }

  function tellWanted() {
    channel?.postMessage({ say: 'want', tab, topics: [...listeners.keys()] } satisfies Told)
  }

  /** Opens the stream anew where the topics are others than before or it broke. */
  function connect() {
    if (!isLeader) return
    const topics = [...new Set([...listeners.keys(), ...[...others.values()].flat()])].sort().slice(0, 40)
    const query = new URLSearchParams({ topics: topics.join(','), ...(token && { token }) }).toString()
    if (query === asked && source && source.readyState !== EventSource.CLOSED) return
    source?.close()
    asked = query
    source = topics.length > 0 ? listen(`/live?${query}`) : null
  }

  function listen(url: string): EventSource {
    const opened = new EventSource(url)
    opened.addEventListener('hello', event => {
      failures = 0
      const { versions } = JSON.parse(event.data) as { versions: Record<string, string> }
      channel?.postMessage({ say: 'hello', versions } satisfies Told)
      greet(versions)
    })
    opened.addEventListener('hint', event => {
      const { topic } = JSON.parse(event.data) as { topic: string }
      channel?.postMessage({ say: 'hint', topic } satisfies Told)
      hint(topic)
    })
    // Browsers come back by themselves after a lost connection, but not after an answer such as 503.
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED && source === opened) {
        soon(Math.min(LONGEST_WAIT, 1000 * 2 ** failures++) * (0.75 + Math.random() / 2))
      }
    })
    return opened
  }

  /** Several parts of a page follow in one go: one stream for them all. */
  function soon(wait: number) {
    clearTimeout(timer)
    timer = setTimeout(connect, Math.max(wait, 30))
  }

  function greet(versions: Record<string, string>) {
    for (const [topic, version] of Object.entries(versions)) {
      if (!listeners.has(topic) || seen.get(topic) === version) continue
      seen.set(topic, version)
      tell(topic)
    }
  }

  function hint(topic: string) {
    for (const known of topic === '*' ? [...listeners.keys()] : [topic]) {
      seen.delete(known)
      tell(known)
    }
  }

  function tell(topic: string) {
    for (const onHint of listeners.get(topic) ?? []) onHint(topic)
  }

  return {
    follow(topic, onHint, version) {
      const known = listeners.get(topic)
      if (version !== undefined && !known) seen.set(topic, version)
      if (known) known.add(onHint)
      else listeners.set(topic, new Set([onHint]))
      if (!known) wantedChanged()
      return () => {
        const left = listeners.get(topic)
        left?.delete(onHint)
        if (left?.size !== 0) return
        listeners.delete(topic)
        seen.delete(topic)
        wantedChanged()
      }
    },
  }

  function wantedChanged() {
    if (isLeader) soon(0)
    else tellWanted()
  }
}
