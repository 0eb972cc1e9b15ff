import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { endLogin } from './login-sessions.ts'

/** Ends the browser's login; returns the Set-Cookie header that clears its cookie. Fine for who isn't signed in. */
export async function signOut(
  command: Command,
  { token, secure }: { token: string | null; secure: boolean },
): Promise<string> {
  if ('personId' in command.actor) {
    await record(command, 'person.signed_out', { subject: 'person', subjectId: command.actor.personId })
  }
  return endLogin(command, { token, secure })
}
