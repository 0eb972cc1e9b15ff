import { count } from '../../rules/durations.ts'
import type { NoticedCoach } from '../notices/coach.ts'
import type { Notice } from '../notices/find-notice.ts'
import type { MailContent } from './content.ts'
import { formatDay } from './when.ts'

type Fullness = NonNullable<Notice['fullness']>

export interface LimitMail {
  coach: NoticedCoach
  fullness: Fullness
  /** The address of a page of the business. */
  page(path: string): string
  noMoreNotices: string
}

/** What a coach is told of a day or week near its limit, at it, or over it. */
export function limitWarning({ coach, fullness, page, noMoreNotices }: LimitMail): MailContent {
  const { per, from, most, ofRule, level } = fullness
  const when = per === 'day' ? formatDay(from) : `the week of ${formatDay(from)}`
  const [subject, title] = {
    near: [`Nearly full: ${when}`, `${capital(when)} is nearly full`],
    full: [`Full: ${when}`, `${capital(when)} is full`],
    over: [`Over your limit: ${when}`, `${capital(when)} is over your limit`],
  }[level]
  return {
    subject: `${subject}, ${inNumbers(fullness)}`,
    title: title!,
    paragraphs: [
      `${takenSoFar(fullness)}; ${ofRule ? 'the limit your rules set' : 'your limit'} is ${most} a ${per}.`,
      whatNow(fullness, coach),
    ],
    actions: [
      {
        label: `See the ${per}`,
        url: page(`/admin?${new URLSearchParams({ date: from, view: per, coach: coach.id })}`),
      },
    ],
    smallPrint: `You would rather not get such notices? Say so here: ${noMoreNotices}`,
  }
}

function inNumbers({ level, sessions, requests, most }: Fullness): string {
  if (level === 'over') return `${sessions} sessions instead of ${most}`
  const booked = `${sessions} of ${count(most, 'session')}`
  return requests > 0 ? `${booked} and ${count(requests, 'request')}` : booked
}

function takenSoFar({ sessions, requests }: Fullness): string {
  const asked =
    requests > 0 ? `${count(requests, 'request')} that ${requests === 1 ? 'waits' : 'wait'} for you` : null
  const booked = `${count(sessions, 'session')} ${sessions === 1 ? 'is' : 'are'} booked`
  return asked ? `${booked}, beside ${asked}` : booked
}

function whatNow({ per, level, most, ofRule, sessions, requests }: Fullness, coach: NoticedCoach): string {
  if (level === 'over') return 'You, a colleague or one of your rules let it through.'
  if (level === 'near') {
    const left = most - sessions - requests
    return `${left === 1 ? 'One more' : `${left} more`}, and the ${per} is full.`
  }
  if (coach.limitOutcome === 'request') return 'What clients book beyond that comes to you as a request.'
  return ofRule
    ? 'Clients for whom it holds see no more free times there.'
    : 'Clients see no more free times there, unless one of your rules lets them book beyond it.'
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
