import type { Hearing, Source } from './source.ts'

const LONGEST_WAIT = 30_000

/** Rapport's own stream. After each new connection the server says what versions the topics have. */
export function eventStream(token: string | null, hearing: Hearing): Source {
  let source: EventSource | null = null
  let asked = ''
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  addEventListener('online', connect)

  /** Opens the stream anew where the topics are others than before or it broke. */
  function follow(topics: string[]) {
    const query =
      topics.length > 0
        ? new URLSearchParams({ topics: topics.join(','), ...(token && { token }) }).toString()
        : ''
    if (query === asked && source && source.readyState !== EventSource.CLOSED) return
    asked = query
    connect()
  }

  function connect() {
    clearTimeout(timer)
    source?.close()
    source = asked ? listen(`/live?${asked}`) : null
  }

  function listen(url: string): EventSource {
    const opened = new EventSource(url)
    opened.addEventListener('hello', event => {
      failures = 0
      hearing.hello(JSON.parse(event.data).versions)
    })
    opened.addEventListener('hint', event => hearing.hint(JSON.parse(event.data).topic))
    // Browsers come back by themselves after a lost connection, but not after an answer such as 503.
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED && source === opened) {
        const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** failures++) * (0.75 + Math.random() / 2)
        clearTimeout(timer)
        timer = setTimeout(connect, wait)
      }
    })
    return opened
  }

  return { follow }
}
