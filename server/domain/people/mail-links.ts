import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { findPerson } from './find-person.ts'
import { makeLoginLink } from './login-links.ts'

/**
 * Lets a link be mailed to whoever has this address here, and does nothing for anybody else. The event, and the
 * message it leads to, carry the link's id; its token is made when the mail is sent, and lies nowhere.
 */
export async function mailLink(
  command: Command,
  { email, purpose }: { email: string; purpose: 'sign_in' | 'password_reset' },
): Promise<void> {
  const person = await findPerson(command, email)
  if (!person) return
  const linkId = await makeLoginLink(command, { personId: person.personId, purpose })
  await record(command, 'person.link_requested', {
    subject: 'person',
    subjectId: person.personId,
    data: { linkId, purpose },
  })
}
