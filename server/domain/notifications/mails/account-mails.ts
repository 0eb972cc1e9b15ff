import type { MessageType } from '../message.ts'
import type { MailContent } from './content.ts'

/** What the texts about signing in are written from. */
export interface AccountMail {
  business: string
  person: string
  /** The page that the mail leads to. */
  url: string
}

const NOT_YOU = 'You did not ask for this? Then ignore this mail: without the link nothing happens.'

/** What people are told of their own access. */
export const accountMails: Partial<Record<MessageType, (mail: AccountMail) => MailContent>> = {
  sign_in_link: ({ business, person, url }) => ({
    subject: `Sign in to ${business}`,
    title: `Hello ${person}`,
    paragraphs: [`Here is your link to sign in to ${business}. It works once, within 30 minutes.`],
    actions: [{ label: 'Sign in', url }],
    smallPrint: NOT_YOU,
  }),

  password_reset: ({ business, person, url }) => ({
    subject: `A new password for ${business}`,
    title: `Hello ${person}`,
    paragraphs: [`Choose a new password for ${business} here. The link works once, within an hour.`],
    actions: [{ label: 'Choose a new password', url }],
    smallPrint: NOT_YOU,
  }),

  business_found: ({ business, person, url }) => ({
    subject: `Your business on Rapport: ${business}`,
    title: `Hello ${person}`,
    paragraphs: [`You work for ${business}. This is its address for staff.`],
    actions: [{ label: `Go to ${business}`, url }],
    smallPrint: 'You did not ask for this? Then ignore this mail: nothing has changed.',
  }),
}
