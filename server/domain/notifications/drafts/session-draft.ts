import { sessionCalendar } from '../calendar.ts'
import { sessionMails } from '../mails/session-mails.ts'
import { messageTypes } from '../message-types.ts'
import type { SessionMessageFacts } from '../session-facts.ts'
import type { Business, Composing, Draft, DueMessage, MailRoom } from './draft.ts'

/** To one who leads a session, about it as a whole: its calendar entry doesn't say who takes part. */
export function sessionDraft(
  query: Composing,
  { type, data, person, session }: DueMessage & { session: SessionMessageFacts },
  room: MailRoom,
  { name, host }: Business,
): Draft {
  const leader = session.leaders.find(({ personId }) => personId === person.id)
  const page = room.urls.tenant(host, `/admin/sessions/${session.id}`)
  const format = query
    .kind(session.offer.kind)
    .format({ settings: session.offer.kindSettings, terms: session.terms })
  const join = format === 'in_person' ? null : `${page}/join`
  const { calendar: method } = messageTypes[type]
  const write = sessionMails[type]
  if (!write) throw new Error(`no text of ${type} for those who lead a session`)
  return {
    content: write({
      session,
      data,
      now: query.now,
      zone: leader?.timeZone ?? session.timeZone,
      links: { page, join },
    }),
    to: person,
    calendar: method
      ? {
          method,
          content: sessionCalendar({
            session: leader ? session : { ...session, leaders: [{ ...session.leaders[0]!, ...person }] },
            method,
            formerDates: data.formerDates,
            url: page,
            joinUrl: join,
            organizer: { name, email: room.mailFrom },
            now: query.now,
          }),
        }
      : undefined,
  }
}
