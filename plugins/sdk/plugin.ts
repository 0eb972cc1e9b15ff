import type { Channel } from './email-channel.ts'
import type { SessionKind } from './session-kind.ts'

/** What the operator's environment gives a plugin at start. */
export interface Surroundings {
  /** A folder of the plugin's own, made on first use. */
  directory: string
  /** The operator's settings: `SMTP_URL` and the like, already checked. */
  smtpUrl: string | null
}

export interface Plugin {
  /** Unique, lower case, for example `one-on-one`. */
  id: string
  name: string
  version: string
  /** The major version of this SDK it was written for. */
  sdk: 1
  provides: {
    kinds?: SessionKind[]
    /** A way to deliver mail, or null where the surroundings lack what it needs. */
    email?(surroundings: Surroundings): Channel | null
  }
}

/** Declares a plugin; its checks run when the host loads it. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin
}
