export type { Channel, Delivery, Email, EmailAttachment } from './email-channel.ts'
export { definePlugin, type Plugin } from './plugin.ts'
export type { Occupation, SessionKind } from './session-kind.ts'
