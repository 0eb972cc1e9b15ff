import { sessionsCalendar } from '../calendar.ts'
import { scheduleRound } from '../mails/schedule-mails.ts'
import type { ScheduleFacts } from '../schedule-facts.ts'
import type { Business, Composing, Draft, DueMessage, MailRoom } from './draft.ts'

/** To one who leads the sessions of a schedule, about a round of them: the entries of all come in one object. */
export function scheduleDraft(
  query: Composing,
  { person, schedule }: DueMessage & { schedule: ScheduleFacts },
  room: MailRoom,
  { name, host }: Business,
): Draft {
  const { sessions, timeZone } = schedule
  const zone = sessions[0]?.leaders.find(({ personId }) => personId === person.id)?.timeZone ?? timeZone
  const entries = sessions.map(session => {
    const url = room.urls.tenant(host, `/admin/sessions/${session.id}`)
    const { kind, kindSettings } = session.offer
    const format = query.kind(kind).format({ settings: kindSettings, terms: session.terms })
    return {
      session,
      method: 'REQUEST' as const,
      url,
      joinUrl: format === 'in_person' ? null : `${url}/join`,
      organizer: { name, email: room.mailFrom },
      now: query.now,
    }
  })
  return {
    content: scheduleRound({ schedule, zone, page: room.urls.tenant(host, '/admin/sessions') }),
    to: person,
    calendar: entries.length > 0 ? { method: 'REQUEST', content: sessionsCalendar(entries) } : undefined,
  }
}
