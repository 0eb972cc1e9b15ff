import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Provider } from './live/source.ts'
import { type LiveStream, openLiveStream } from './live/stream.ts'
import { useRootData } from './root-data.ts'

interface LiveOptions {
  /** A manage token, for `booking:<id>` on a page opened by link. */
  token?: string | null
  /** The topic's version in what the page was rendered from: nothing is fetched again while it stands. */
  version?: string
}

const streams = new Map<string, LiveStream>()

/**
 * Fetches queries again when a topic changes: `calendar:<coachId>`, `booking:<bookingId>`, `requests`, `offers`
 * or `tenant` (058, 062, 064). `keys` are exact query keys, or the beginnings of several.
 */
export function useLive(
  topics: readonly string[],
  keys: readonly QueryKey[],
  options: LiveOptions = {},
): void {
  const queryClient = useQueryClient()
  const provider = useRootData()?.live ?? null
  const { token = null, version } = options
  const named = topics.join(',')
  const invalidated = JSON.stringify(keys)

  useEffect(() => {
    if (!named) return
    const stream = streamOf(token, provider)
    const refetch = () => {
      for (const queryKey of JSON.parse(invalidated) as QueryKey[]) {
        void queryClient.invalidateQueries({ queryKey })
      }
    }
    const leaving = named.split(',').map(topic => stream.follow(topic, refetch, version))
    return () => {
      for (const leave of leaving) leave()
    }
  }, [queryClient, named, invalidated, token, version, provider])
}

function streamOf(token: string | null, provider: Provider | null): LiveStream {
  const known = streams.get(token ?? '')
  if (known) return known
  const opened = openLiveStream(token, provider)
  streams.set(token ?? '', opened)
  return opened
}
