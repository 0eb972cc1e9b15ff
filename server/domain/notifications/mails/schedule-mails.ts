import type { ScheduleFacts } from '../schedule-facts.ts'
import type { MailContent } from './content.ts'
import { placeRows } from './session-words.ts'
import { formatInstant, formatTime } from './when.ts'

export interface ScheduleMail {
  schedule: ScheduleFacts
  /** The reader's. */
  zone: string
  /** The sessions in the admin. */
  page: string
}

/** What those who lead the sessions of a schedule are told of a round: its dates, and those that were left out. */
export function scheduleRound({ schedule, zone, page }: ScheduleMail): MailContent {
  const { title, sessions, skipped } = schedule
  const planned = sessions.length === 1 ? '1 session' : `${sessions.length} sessions`
  const left = skipped.length === 1 ? '1 date' : `${skipped.length} dates`
  return {
    subject:
      sessions.length > 0 ? `Planned: ${title}, ${planned}` : `Nothing planned: ${title}, ${left} left out`,
    title: sessions.length > 0 ? `You lead ${planned}` : 'No session was planned',
    paragraphs: [
      ...(sessions.length > 0
        ? ['The calendar entries come with this mail. Of those who book you hear one by one.']
        : []),
      ...(skipped.length > 0
        ? [
            `${left} of the schedule ${skipped.length === 1 ? 'was' : 'were'} left out, since that time is taken.`,
          ]
        : []),
    ],
    details: [
      { label: 'What', value: title },
      ...sessions
        .flatMap(({ dates }) => dates)
        .map(({ startsAt, endsAt }) => ({
          label: 'When',
          value: formatTime(startsAt, endsAt, zone),
        })),
      ...(sessions[0] ? placeRows(sessions[0]) : []),
      ...skipped.map(({ startsAt, coach }) => ({
        label: 'Left out',
        value: `${formatInstant(startsAt, zone)}: ${coach} is taken`,
      })),
    ],
    actions: [{ label: 'See the sessions', url: page }],
  }
}
