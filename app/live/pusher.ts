import Pusher, { type Channel } from 'pusher-js'
import type { Hearing, Provider, Source } from './source.ts'

interface Pass {
  name: string
  auth: string
}

interface Answer {
  versions: Record<string, string>
  /** By topic, `*` among them. */
  passes: Record<string, Pass> | null
}

/** Topics followed within so many ms are asked for together. */
const GATHERED_FOR = 30
/** A hint can get lost between Rapport and the provider: versions are compared so often, ms. */
const COMPARED_EVERY = 60_000
const LONGEST_WAIT = 30_000

/**
 * Topics as private channels of Pusher, or of a server that speaks its protocol. Rapport gives out the passes; once
 * the provider says that it follows, Rapport is asked what versions the topics have, so nothing falls between.
 * `onLost` is called when the provider can't be reached, `onBack` when it can again.
 */
export function pusherChannels(
  { settings }: Provider,
  token: string | null,
  hearing: Hearing,
  reach: { onLost(): void; onBack(): void },
): Source {
  const { key, host, port, secure } = settings as { key: string; host: string; port: number; secure: boolean }
  const channels = new Map<string, { name: string; channel: Channel }>()
  const passes = new Map<string, { socketId: string; auth: string }>()
  let wanted: string[] = []
  let failures = 0
  let following: ReturnType<typeof setTimeout> | undefined
  let comparing: ReturnType<typeof setTimeout> | undefined

  const pusher = new Pusher(key, {
    cluster: '',
    wsHost: host,
    wsPort: port,
    wssPort: port,
    forceTLS: secure,
    enabledTransports: ['ws', 'wss'],
    enableStats: false,
    channelAuthorization: {
      // A pass is for one connection: after a new one the channels are asked for anew, all at once.
      customHandler: ({ channelName, socketId }, callback) => {
        const pass = passes.get(channelName)
        if (pass?.socketId === socketId) callback(null, { auth: pass.auth })
        else callback(new Error('this pass is for another connection'), null)
      },
    },
  })
  pusher.connection.bind('connected', () => {
    reach.onBack()
    for (const topic of [...channels.keys()]) leave(topic)
    soon(0)
  })
  pusher.connection.bind('unavailable', reach.onLost)
  pusher.connection.bind('failed', reach.onLost)

  function soon(wait: number) {
    clearTimeout(following)
    following = setTimeout(() => void subscribe(), Math.max(wait, GATHERED_FOR))
  }

  async function subscribe() {
    const socketId = pusher.connection.state === 'connected' ? pusher.connection.socket_id : null
    for (const topic of [...channels.keys()]) if (topic !== '*' && !wanted.includes(topic)) leave(topic)
    const missing = wanted.filter(topic => !channels.has(topic))
    if (!socketId || missing.length === 0) return
    const answer = await ask(missing, socketId)
    if (!answer) return soon(retryAfter())
    failures = 0
    for (const [topic, { name, auth }] of Object.entries(answer.passes ?? {})) {
      passes.set(name, { socketId, auth })
      if (!channels.has(topic)) join(topic, name)
    }
  }

  function join(topic: string, name: string) {
    const channel = pusher.subscribe(name)
    channel.bind('hint', () => hearing.hint(topic))
    channel.bind('pusher:subscription_succeeded', () => compare(GATHERED_FOR))
    channel.bind('pusher:subscription_error', () => {
      leave(topic)
      soon(retryAfter())
    })
    channels.set(topic, { name, channel })
  }

  function leave(topic: string) {
    const { name, channel } = channels.get(topic)!
    channel.unbind()
    pusher.unsubscribe(name)
    channels.delete(topic)
  }

  function compare(wait: number) {
    clearTimeout(comparing)
    comparing = setTimeout(async () => {
      if (wanted.length === 0) return
      const answer = await ask(wanted)
      if (answer) hearing.hello(answer.versions)
      compare(COMPARED_EVERY)
    }, wait)
  }

  function retryAfter() {
    return Math.min(LONGEST_WAIT, 1000 * 2 ** failures++) * (0.75 + Math.random() / 2)
  }

  async function ask(topics: string[], socketId?: string): Promise<Answer | null> {
    try {
      const body = JSON.stringify({ topics, token, socketId })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch('/live/auth', { method: 'POST', headers, body })
      return answer.ok ? await answer.json() : null
    } catch {
      return null
    }
  }

  return {
    follow(topics) {
      wanted = topics
      if (topics.length === 0) pusher.disconnect()
      else pusher.connect()
      soon(0)
    },
  }
}
