export { type CancellationTerms, cancellationTerms } from './cancellation-terms.ts'
export { checkTerms, seatQuotas } from './check-terms.ts'
export type {
  Channel,
  Delivery,
  Email,
  KeptMail,
  KeptMailInFull,
  KeptMails,
  Mailbox,
} from './email-channel.ts'
export { Undeliverable } from './email-channel.ts'
export { Hopeless, Refused, Unreachable } from './errors.ts'
export {
  definePlugin,
  type EventBooking,
  type OperatorSettings,
  type Plugin,
  type PluginContext,
  type PluginEvent,
  type PluginLog,
  type Store,
  type WebhookAnswer,
  type WebhookFact,
  type WebhookRequest,
} from './plugin.ts'
export { discounted, partOf, phaseOf, priceSeats } from './pricing.ts'
export type { BrowserConnection, ChannelPass, RealtimeProvider } from './realtime.ts'
export type {
  Occupation,
  Price,
  PriceAsk,
  PriceLine,
  SessionKind,
  SessionRules,
  TermsProblem,
  TimedPhase,
} from './session-kind.ts'
export {
  type PricePhase,
  pricePhase,
  type SeatMode,
  type SessionTerms,
  sessionTerms,
  TERMS_SECTIONS,
  type TermsSection,
} from './session-terms.ts'
export type { Meeting, Room, VideoProvider } from './video.ts'
