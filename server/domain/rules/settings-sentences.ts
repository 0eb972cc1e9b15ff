import { count, sayDuration } from './durations.ts'
import type { CoachSettings } from './settings.ts'

export interface SettingsSentence {
  /** The part of the settings the sentence is about, a stable key for the page. */
  about: 'visibility' | 'approval' | 'answer' | 'limits' | 'buffer'
  sentence: string
}

/** A coach's settings as the staff's rules page reads them out, addressed to the coach. */
export function settingsSentences(settings: CoachSettings): SettingsSentence[] {
  return [
    { about: 'visibility', sentence: visibilitySentence(settings) },
    ...approvalSentences(settings).map(sentence => ({ about: 'approval' as const, sentence })),
    { about: 'answer', sentence: answerSentence(settings) },
    ...competingSentences(settings).map(sentence => ({ about: 'answer' as const, sentence })),
    { about: 'limits', sentence: limitSentence(settings) },
    { about: 'buffer', sentence: bufferSentence(settings) },
  ]
}

function visibilitySentence({ calendarVisibility }: CoachSettings) {
  if (calendarVisibility === 'public') return 'Everyone sees your free times.'
  if (calendarVisibility === 'connected')
    return 'Only connected clients see your free times; others see the offer.'
  return 'Nobody sees your free times, except those who have a personal link from you.'
}

function approvalSentences(settings: CoachSettings) {
  const { allowFirmBooking, firmBookingThresholdHours, requireApprovalNonConnected } = settings
  if (!allowFirmBooking) return ['You approve every booking.']

  const who = requireApprovalNonConnected ? 'Connected clients' : 'Clients'
  const firm =
    firmBookingThresholdHours === 0
      ? `${who} are confirmed at once.`
      : `${who} are confirmed at once when the session starts more than ${sayDuration(firmBookingThresholdHours * 60)} from now; otherwise you approve.`
  return requireApprovalNonConnected
    ? [firm, 'You approve every booking of a client who is not connected.']
    : [firm]
}

function answerSentence({ approvalHours, approvalTimeout }: CoachSettings) {
  const end = approvalTimeout === 'approve' ? 'approved' : 'declined'
  return `You have ${sayDuration(approvalHours * 60)} to answer a request; unanswered, it is ${end} by itself.`
}

function competingSentences({ competingRequests }: CoachSettings) {
  if (!competingRequests) return []
  return [
    'Several clients may ask for the same time. Once you approve one, the others are declined and told of other times.',
  ]
}

function limitSentence({ maxSessionsPerDay, maxSessionsPerWeek, limitOutcome }: CoachSettings) {
  const day = maxSessionsPerDay === null ? [] : [`${count(maxSessionsPerDay, 'session')} a day`]
  const week = maxSessionsPerWeek === null ? [] : [`${count(maxSessionsPerWeek, 'session')} a week`]
  const limits = [...day, ...week].join(' and ')
  if (limits === '') return 'There is no limit to your sessions a day or week.'
  return `At most ${limits}; ${limitOutcome === 'request' ? 'beyond that you approve.' : 'beyond that no time is offered.'}`
}

function bufferSentence({ bufferMinutes, bufferExternalBusy }: CoachSettings) {
  if (bufferMinutes === 0) return 'Sessions may follow each other without a break.'
  const beside = bufferExternalBusy ? ' and around busy times of your other calendars' : ''
  const stay = bufferMinutes === 1 || bufferMinutes === 60 ? 'stays' : 'stay'
  return `At least ${sayDuration(bufferMinutes)} ${stay} free between sessions${beside}.`
}
