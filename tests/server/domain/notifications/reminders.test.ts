import { describe, expect, it } from 'vitest'
import { reminderCause, remindersOf } from '#server/domain/notifications/reminders.ts'

const startsAt = new Date('2027-03-10T09:00:00Z')
const endsAt = new Date('2027-03-10T10:00:00Z')

/** The types planned for a session that was confirmed at this instant. */
function plannedAt(confirmed: string, now = confirmed) {
  const planned = remindersOf({ startsAt, endsAt }, { confirmedAt: new Date(confirmed), now: new Date(now) })
  return planned.map(({ type, to, dueAt }) => `${type} ${to} ${dueAt.toISOString().slice(0, 16)}`)
}

describe('the reminders of a session', () => {
  it('go to both 24 hours and 1 hour before, and a question to the client an hour after', () => {
    expect(plannedAt('2027-03-01T09:00:00Z')).toEqual([
      'reminder_24h client 2027-03-09T09:00',
      'reminder_24h coach 2027-03-09T09:00',
      'reminder_1h client 2027-03-10T08:00',
      'reminder_1h coach 2027-03-10T08:00',
      'feedback_request client 2027-03-10T11:00',
    ])
  })

  it.each([
    ['three hours ahead: the 1 hour one alone', '2027-03-10T06:00:00Z', ['reminder_1h', 'feedback_request']],
    ['25 hours ahead: both', '2027-03-09T08:00:00Z', ['reminder_24h', 'reminder_1h', 'feedback_request']],
    [
      'exactly half an hour before the first: both',
      '2027-03-09T08:30:00Z',
      ['reminder_24h', 'reminder_1h', 'feedback_request'],
    ],
    [
      'a second less than half an hour before the first: the second',
      '2027-03-09T08:30:01Z',
      ['reminder_1h', 'feedback_request'],
    ],
    ['80 minutes ahead: none, the confirmation is too near', '2027-03-10T07:40:00Z', ['feedback_request']],
    ['half an hour ahead: none', '2027-03-10T08:30:00Z', ['feedback_request']],
    ['after it was over: nothing at all', '2027-03-10T11:00:00Z', []],
  ])('of a booking %s', (_, confirmed, types) => {
    expect([...new Set(plannedAt(confirmed).map(line => line.split(' ')[0]))]).toEqual(types)
  })

  it('planned late, as by a worker that was down, are not those whose time has passed', () => {
    expect(plannedAt('2027-03-01T09:00:00Z', '2027-03-10T08:00:00Z')).toEqual([
      'feedback_request client 2027-03-10T11:00',
    ])
  })

  it('have one cause per booking and sequence, in the form of an id', () => {
    const booking = '01a20285-8992-7939-97c9-4e047e434849'
    expect(reminderCause(booking, 0)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    expect(reminderCause(booking, 0)).toBe(reminderCause(booking, 0))
    expect(reminderCause(booking, 1)).not.toBe(reminderCause(booking, 0))
  })
})
