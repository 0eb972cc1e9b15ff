import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { planMessage } from '../notifications/plan-message.ts'
import { findOrMakeClient } from './find-or-make-client.ts'
import { findPerson } from './find-person.ts'
import { makeLoginLink } from './login-links.ts'

export interface MailedLink {
  email: string
  purpose: 'sign_in' | 'password_reset'
  name?: string | undefined
  /** The path to come back to. */
  next?: string | undefined
}

/**
 * Mails a link to whoever has this address here. Anybody else gets none, unless a `name` says that they want to
 * become a client: the link then proves their address. The message carries the link's id; its token is made when
 * the mail is sent, and lies nowhere.
 */
export async function mailLink(command: Command, { email, purpose, name, next }: MailedLink): Promise<void> {
  if (name) await findOrMakeClient(command, { email, name })
  const person = await findPerson(command, email)
  if (!person) return
  const linkId = await makeLoginLink(command, { personId: person.personId, purpose, next })
  await record(command, 'person.link_requested', {
    subject: 'person',
    subjectId: person.personId,
    data: { linkId, purpose },
  })
  await planMessage(command, {
    type: purpose === 'sign_in' ? 'sign_in_link' : 'password_reset',
    cause: linkId,
    personId: person.personId,
    data: { linkId },
  })
}
