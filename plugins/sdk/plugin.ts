import type { z } from 'zod'
import type { Channel } from './email-channel.ts'
import type { RealtimeProvider } from './realtime.ts'
import type { SessionKind } from './session-kind.ts'
import type { VideoProvider } from './video.ts'

/** Values of a plugin's own, kept per installation. Keys have 1 to 200 characters; values are JSON. */
export interface Store {
  get(key: string): Promise<unknown>
  /** `expiresAt` is when it may be forgotten; never where it is left out. */
  set(key: string, value: unknown, options?: { expiresAt?: Date }): Promise<void>
  delete(key: string): Promise<void>
}

/** Writes into the installation's log, which its business reads. Never log secrets. */
export interface PluginLog {
  info(detail: string): void
  error(detail: string): void
}

/**
 * What a plugin works with: its settings, already checked, and the host's services. `tenantId` is null for what
 * the operator set up for all businesses.
 */
export interface PluginContext {
  tenantId: string | null
  config: Record<string, unknown>
  secrets: Record<string, string>
  /**
   * `fetch` that reaches public addresses alone, also after resolving names and on redirects, and reads at most
   * 1 MB of an answer. Rejects with `Unreachable` where it may not go.
   */
  fetch: typeof fetch
  store: Store
  log: PluginLog
  now(): Date
  /** A folder of the plugin's own, made on first use. For what the operator set up only. */
  directory: string
}

/** A committed event, as listeners get it: ids, instants and codes, and what they belong to. */
export interface PluginEvent {
  /** Unique; the same on every try. */
  id: string
  /** `booking.confirmed`, `session.cancelled`, … */
  name: string
  at: Date
  subject: string
  subjectId: string
  data: Record<string, unknown>
  /** The booking as it stands now, where the event is about one. */
  booking: EventBooking | null
}

/** A booking as it leaves the house. Instants are ISO 8601 in UTC, money is in minor units. */
export interface EventBooking {
  id: string
  status: string
  bookingType: string
  offer: { id: string; slug: string; title: string; kind: string }
  sessionId: string
  startsAt: string
  endsAt: string
  seats: number
  coach: { id: string; name: string }
  client: { id: string; name: string; email: string; timeZone: string }
  priceMinor: number
  currency: string
}

/** A request that came to the installation's own address. */
export interface WebhookRequest {
  method: string
  /** Lower-case names. */
  headers: Record<string, string>
  /** As it was sent: verify signatures on this. */
  body: Buffer
}

/** What a webhook says happened; the host turns each fact into a command. Plugins add facts as they come to need them. */
export interface WebhookFact {
  type: string
  data: Record<string, unknown>
}

export interface WebhookAnswer {
  /** The sender's own id of it: one that came before is answered and not worked on again. */
  receipt: string
  facts: WebhookFact[]
  /** Sent back with status 200, for senders that ask for a word. */
  reply?: string
}

/** A plugin's settings as the operator's environment gives them. */
export interface OperatorSettings {
  config: Record<string, unknown>
  secrets: Record<string, string>
}

export interface Plugin {
  /** Unique, lower case, for example `one-on-one`. */
  id: string
  name: string
  /** One or two sentences for whoever decides whether to switch it on. */
  description: string
  version: string
  /** The major version of this SDK it was written for. */
  sdk: 1
  /** Settings a business may change: a flat object of texts, numbers, truths and choices, each with `describe()`. */
  config?: z.ZodObject
  /**
   * Settings that are sealed and never shown again: a flat object of texts. With `meta({ generate: 'whsec_' })` the form
   * offers to make one that begins so, with 32 random bytes in Base64.
   */
  secrets?: z.ZodObject
  /**
   * Settings for all businesses, from the operator's environment; null where it has none. A plugin without
   * `config`, `secrets` and `on` is the operator's alone.
   */
  operator?(environment: Readonly<Record<string, string | undefined>>): OperatorSettings | null
  provides?: {
    kinds?: SessionKind[]
    email?(context: PluginContext): Channel
    video?(context: PluginContext): VideoProvider
    realtime?(context: PluginContext): RealtimeProvider
  }
  /** Called from a job for events of these names, `*` for all; perhaps twice, not always in order. Throw to be asked again. */
  on?: Record<
    string,
    (event: PluginEvent, context: PluginContext, call: { signal: AbortSignal }) => Promise<void>
  >
  /** Reads a webhook: verifies and translates, nothing else. Throws `Refused` for one that isn't what it says. */
  webhook?(request: WebhookRequest, context: PluginContext): WebhookAnswer | Promise<WebhookAnswer>
  /** Whether the settings work: returns a sentence of what was found, throws with what is wrong. */
  health?(context: PluginContext, call: { signal: AbortSignal }): Promise<string>
}

/** Declares a plugin; its checks run when the host loads it. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin
}
