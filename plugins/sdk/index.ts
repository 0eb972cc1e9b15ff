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
export { definePlugin, type Plugin, type Surroundings } from './plugin.ts'
export type { Occupation, SessionKind } from './session-kind.ts'
