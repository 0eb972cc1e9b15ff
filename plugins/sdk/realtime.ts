/** What a browser needs to follow channels of this provider. Public: it is sent to every visitor. */
export interface BrowserConnection {
  /** Names the client that `app/live` loads: `server-sent-events` or `pusher`. */
  client: string
  settings: Record<string, string | number | boolean>
  /** Where the browser connects to besides the business's own host: `wss://ws-eu.pusher.com`. */
  origins: readonly string[]
}

/** Lets one browser follow one channel. */
export interface ChannelPass {
  /** What the provider calls the channel. */
  name: string
  /** Shown to the provider. */
  auth: string
}

/**
 * Carries hints to open pages: that something changed, never what it changed to. A lost hint costs freshness only,
 * since pages catch up by version. Called after commit, outside of any transaction. Names of channels have at most
 * 110 characters out of `a-z`, `0-9`, `-` and `.`.
 */
export interface RealtimeProvider {
  browser: BrowserConnection
  /**
   * Tells everybody who follows one of these channels that it changed. Absent where the host's own event stream
   * carries hints. Throws when it couldn't be told; the host doesn't try again.
   */
  publish?(channels: readonly string[], call: { signal: AbortSignal }): Promise<void>
  /** A pass for a browser that asks to follow `channel`; the host has checked that it may. There where `publish` is. */
  authorize?(request: { channel: string; socketId: string }): ChannelPass
}
