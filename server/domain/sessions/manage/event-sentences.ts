type Data = Record<string, unknown>

const askedInWords: Record<string, string> = {
  warn: 'You were warned that the minimum isn’t reached',
  ask: 'You were asked to decide',
  remind: 'You were reminded to decide',
}

/** What an event of a session says to those who hold it. Instants stay out: the page shows them in the reader's zone. */
const sentences: Record<string, (data: Data) => string> = {
  'session.created': ({ scheduleId }) => (scheduleId ? 'Made by its schedule' : 'Made'),
  'session.changed': data => `${changedInWords(data)} changed`,
  'session.moved': () => 'Moved to another time',
  'session.capacity_changed': ({ old, new: now }) => `Seats changed from ${String(old)} to ${String(now)}`,
  'session.confirmed': ({ taken }) => `Certain to take place, with ${seats(taken)} taken`,
  'session.extended': ({ taken }) => `The decision was put off, with ${seats(taken)} taken`,
  'session.decision_due': ({ step }) => askedInWords[String(step)] ?? 'It was to be decided',
  'session.cancelled': ({ reason }) =>
    reason === 'minimum_not_met' ? 'Cancelled, since too few had booked' : 'Cancelled by the coach',
  'session.update_posted': () => 'A message went to all participants',
  'post.removed': () => 'A message was removed from the chat',
  'material.added': () => 'Material added',
  'material.changed': () => 'Material changed',
  'material.released': () => 'Material came out',
  'material.removed': () => 'Material removed',
  'session.room_ready': () => 'The video room is ready',
  'session.room_failed': () => 'The video room couldn’t be made',
}

/** Falls back to the event's own words, so that a new one is never missing. */
export function sessionSentence(name: string, data: Data): string {
  const said = sentences[name]?.(data)
  if (said) return said
  const words = name.replace(/^.*\./, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const parts = { coachIds: 'coaches', terms: 'terms', listing: 'listing' }

function changedInWords(data: Data): string {
  const words = Object.entries(parts).flatMap(([name, word]) => (name in data ? [word] : []))
  const text = words.join(' and ') || 'something'
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function seats(count: unknown): string {
  return count === 1 ? '1 seat' : `${String(count)} seats`
}
