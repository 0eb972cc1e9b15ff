/** What a browser needs to follow a channel of this provider. Public: it is sent to every visitor. */
export interface BrowserConnection {
  /** Names the client that `app/live` loads: `server-sent-events` or `pusher`. */
  client: string
  settings: Record<string, string | number | boolean>
}

/**
 * Carries hints to open pages: names of what to fetch again, never data. A lost hint costs freshness only, since
 * pages catch up by version. Called after commit, outside of any transaction.
 */
export interface RealtimeProvider {
  browser: BrowserConnection
  /** Tells everybody who follows `channel`. Absent where the host's own event stream carries hints. */
  publish?(channel: string, topics: readonly string[], call: { signal: AbortSignal }): Promise<void>
  /** The answer to a browser that asks to follow `channel`; the host has checked that it may. */
  authorize?(request: { channel: string; socketId: string }): Record<string, string>
}
