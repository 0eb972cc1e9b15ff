import { connectTo } from './connect.ts'
import type { Hearing, Provider, Source } from './source.ts'

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

/** Several parts of a page follow in one go: one question for them all. */
const GATHERED_FOR = 30
const MOST_TOPICS = 40

/**
 * One connection for all tabs of a browser (062): the tab that holds the Web Lock listens for all and passes on by
 * BroadcastChannel; when it closes, the lock goes to another. After each new connection it hears what versions its
 * topics have, so a tab hears of whatever it missed. `token` is a manage token, for a connection of that booking's
 * own. Without Web Locks (plain HTTP) every tab listens for itself.
 */
export function openLiveStream(token: string | null, provider: Provider | null): LiveStream {
  const name = `rapport-live ${token ?? ''}`
  const tab = crypto.randomUUID?.() ?? String(Math.random())
  const listeners = new Map<string, Set<OnHint>>()
  const seen = new Map<string, string>()
  const others = new Map<string, string[]>()
  const channel = 'BroadcastChannel' in globalThis && 'locks' in navigator ? new BroadcastChannel(name) : null
  let isLeader = channel === null
  let timer: ReturnType<typeof setTimeout> | undefined
  let source: Source | null = null
  const hearing: Hearing = {
    hello(versions) {
      channel?.postMessage({ say: 'hello', versions } satisfies Told)
      greet(versions)
    },
    hint(topic) {
      channel?.postMessage({ say: 'hint', topic } satisfies Told)
      hint(topic)
    },
  }

  channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.say === 'who') tellWanted()
    else if (data.say === 'hello') greet(data.versions)
    else if (data.say === 'hint') hint(data.topic)
    else if (isLeader) {
      others.set(data.tab, data.topics)
      soon()
    }
  })
  if (channel) lead()
  addEventListener('pagehide', () => channel?.postMessage({ say: 'want', tab, topics: [] } satisfies Told))

  function lead() {
    void navigator.locks.request(name, async () => {
      isLeader = true
      channel?.postMessage({ say: 'who' } satisfies Told)
      soon()
      await new Promise(() => {})
    })
  }

  function tellWanted() {
    channel?.postMessage({ say: 'want', tab, topics: [...listeners.keys()] } satisfies Told)
  }

  function soon() {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (!isLeader) return
      const topics = new Set([...listeners.keys(), ...[...others.values()].flat()])
      source ??= connectTo(provider, token, hearing)
      source.follow([...topics].sort().slice(0, MOST_TOPICS))
    }, GATHERED_FOR)
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
    if (isLeader) soon()
    else tellWanted()
  }
}
