import { eventStream } from './server-sent-events.ts'
import type { Hearing, Provider, Source } from './source.ts'

/** How long a provider may take to be reached before Rapport's own stream steps in, ms. */
const PATIENCE = 10_000

/** Rapport's own stream, or the business's provider; while that can't be reached, the stream stands in for it. */
export function connectTo(provider: Provider | null, token: string | null, hearing: Hearing): Source {
  if (provider?.client !== 'pusher') return eventStream(token, hearing)
  let wanted: string[] = []
  let channels: Source | null = null
  let standIn: Source | null = null
  let isReached = false
  const stepIn = () => {
    isReached = false
    standIn ??= eventStream(token, hearing)
    standIn.follow(wanted)
  }
  const late = setTimeout(() => isReached || stepIn(), PATIENCE)
  const reach = {
    onLost: stepIn,
    onBack() {
      isReached = true
      clearTimeout(late)
      standIn?.follow([])
    },
  }
  // Its library is loaded only where it is used.
  import('./pusher.ts').then(({ pusherChannels }) => {
    channels = pusherChannels(provider, token, hearing, reach)
    channels.follow(wanted)
  }, stepIn)

  return {
    follow(topics) {
      wanted = topics
      channels?.follow(topics)
      if (!isReached) standIn?.follow(topics)
    },
  }
}
