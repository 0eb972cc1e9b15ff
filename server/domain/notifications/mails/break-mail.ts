import { sayDuration } from '../../rules/durations.ts'
import type { Breach, NearSession } from '../notices/breaches.ts'
import type { NoticedCoach } from '../notices/coach.ts'
import type { Detail, MailContent } from './content.ts'
import { formatShort, formatTime } from './when.ts'

export interface BreakMail {
  coach: NoticedCoach
  breach: Breach
  /** The address of a page of the business. */
  page(path: string): string
  noMoreNotices: string
}

/** What a coach is told of something in the break of a session: both are named, and both stand. */
export function breakCutShort({ coach, breach, page, noMoreNotices }: BreakMail): MailContent {
  const { session, by } = breach
  const at = formatShort(new Date(session.startsAt), coach.timeZone)
  const others = by.as === 'session' ? [by.session] : []
  return {
    subject: `Too short a break: ${named(session)}, ${at}`,
    title: by.as === 'session' ? 'Two sessions with too short a break' : 'A break is cut short',
    paragraphs: [
      whatIsLeft(breach),
      'Nothing was changed: both stand. Move one of them if you need the break.',
    ],
    details: [session, ...others]
      .toSorted((a, b) => a.startsAt - b.startsAt)
      .map(each => sessionRow(each, coach.timeZone))
      .concat(by.as === 'session' ? [] : [{ label: BUSY[by.as].label, value: timeOf(by, coach.timeZone) }]),
    actions: [
      ...[session, ...others].map(each => ({
        label: others.length > 0 ? `Open ${named(each)}` : 'Open the session',
        url: page(each.bookingId ? `/admin/bookings/${each.bookingId}` : `/admin/sessions/${each.sessionId}`),
      })),
      ...(others.length > 0 ? [] : [{ label: 'Open your hours', url: page('/admin/hours') }]),
    ],
    smallPrint: `You would rather not get such notices? Say so here: ${noMoreNotices}`,
  }
}

const BUSY = {
  timeOff: { label: 'Time off', said: 'Your time off' },
  closed: { label: 'Closed', said: 'The time you closed that day' },
}

function whatIsLeft({ session, by, side, breakMinutes, leftMinutes }: Breach): string {
  const kept = sayDuration(breakMinutes)
  const left = leftMinutes === 0 ? 'nothing' : sayDuration(leftMinutes)
  if (by.as === 'session')
    return `Between them ${kept} should be kept free, and ${left} ${leftMinutes === 0 || leftMinutes === 1 ? 'is' : 'are'} left.`
  const of = session.clientName ? `the session with ${session.clientName}` : `“${session.title}”`
  return `${kept} should be kept free ${side} ${of}. ${BUSY[by.as].said} leaves ${left} of ${breakMinutes === 1 ? 'it' : 'them'}.`
}

function named({ clientName, title }: NearSession): string {
  return clientName ?? title
}

function sessionRow(session: NearSession, zone: string): Detail {
  const { title, clientName } = session
  return { label: clientName ? `${title}, ${clientName}` : title, value: timeOf(session, zone) }
}

function timeOf({ startsAt, endsAt }: { startsAt: number; endsAt: number }, zone: string): string {
  return formatTime(new Date(startsAt), new Date(endsAt), zone)
}
