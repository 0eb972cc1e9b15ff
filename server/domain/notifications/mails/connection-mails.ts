import type { MessageType } from '../message.ts'
import type { MailContent } from './content.ts'

/** What the texts about a connection are written from. */
export interface ConnectionMail {
  business: string
  coach: string
  client: string
  /** The business's site for the client, the connections in the admin for the coach. */
  url: string
}

/** What client and coach are told of the tie between them. */
export const connectionMails: Partial<Record<MessageType, (mail: ConnectionMail) => MailContent>> = {
  connection_invited: ({ business, coach, url }) => ({
    subject: `${coach} invites you to ${business}`,
    title: `${coach} invites you`,
    paragraphs: [
      `You can book sessions with ${coach} at ${business}. Sign in with this address and connect, and you see all the times there are.`,
    ],
    actions: [{ label: 'See sessions and connect', url }],
    smallPrint: 'You don’t want this? Then ignore this mail: nothing happens without you.',
  }),

  connection_requested: ({ client, url }) => ({
    subject: `${client} asks to connect with you`,
    title: `${client} asks to connect`,
    paragraphs: ['Connected clients see your times and book by the rules you have for them.'],
    actions: [{ label: 'Answer', url }],
  }),

  connection_accepted: ({ coach, client, url }) => ({
    subject: `Connected: ${coach} and ${client}`,
    title: 'You are connected',
    paragraphs: [`${coach} and ${client} are connected now.`],
    actions: [{ label: 'Go there', url }],
  }),
}
