import { sessionTerms } from '@rapport/sdk'
import { describe, expect, it, test } from 'vitest'
import { deadlines, lapsesAt } from '#server/domain/sessions/deadlines.ts'

const at = (given: object, start: string, zone: string) =>
  deadlines(sessionTerms.parse(given), new Date(start), zone)

test('days before the start fall on the same time of day, whatever the clocks do in between', () => {
  // 10:00 in Berlin, after the clocks went forward on 28 March.
  const start = '2027-04-03T08:00:00Z'
  const { decideBy, balanceDueAt, reminders, phases, closesAt } = at(
    {
      closesHoursBefore: 24 * 7,
      deposit: { amountMinor: 100, balanceDaysBefore: 14 },
      minimum: { seats: 4, decidesDaysBefore: 7, otherwise: 'ask' },
      reminderDaysBefore: [2, 30, 2],
      phases: [
        { name: 'early_bird', priceMinor: 1, endsDaysBefore: 10, seats: null },
        { name: 'regular', priceMinor: 2, endsDaysBefore: null, seats: null },
      ],
    },
    start,
    'Europe/Berlin',
  )
  expect(decideBy).toEqual(new Date('2027-03-27T09:00:00Z'))
  expect(balanceDueAt).toEqual(new Date('2027-03-20T09:00:00Z'))
  expect(reminders).toEqual([new Date('2027-03-04T09:00:00Z'), new Date('2027-04-01T08:00:00Z')])
  expect(phases.map(({ until }) => until)).toEqual([new Date('2027-03-24T09:00:00Z'), null])
  // Hours are as they pass.
  expect(closesAt).toEqual(new Date('2027-03-27T08:00:00Z'))
})

test('a wall clock that doesn’t exist moves on by the gap', () => {
  const { decideBy } = at(
    { minimum: { seats: 1, decidesDaysBefore: 1, otherwise: 'ask' } },
    '2027-03-29T00:30:00Z',
    'Europe/Berlin',
  )
  expect(decideBy).toEqual(new Date('2027-03-28T01:30:00Z'))
})

test('terms that ask for nothing set no deadline but the start', () => {
  expect(at({}, '2027-04-03T08:00:00Z', 'Asia/Kathmandu')).toEqual({
    closesAt: new Date('2027-04-03T08:00:00Z'),
    decideBy: null,
    balanceDueAt: null,
    phases: [],
    reminders: [],
  })
})

describe('a session that is left to its coach', () => {
  const START = new Date('2027-04-07T16:00:00Z')
  const terms = (otherwise: 'ask' | 'cancel') =>
    sessionTerms.parse({ minimum: { seats: 2, decidesDaysBefore: 7, otherwise } })

  it.each([
    ['2027-03-31T16:00:00Z', '2027-04-06T16:00:00Z'],
    ['2027-04-06T16:00:00Z', '2027-04-07T04:00:00Z'],
    ['2027-04-07T12:00:00Z', '2027-04-07T14:00:00Z'],
  ])('asked at %s, ends by itself at %s', (decideBy, at) => {
    expect(lapsesAt(terms('ask'), new Date(decideBy), START)).toEqual(new Date(at))
  })

  it('has no such end once it is decided, nor where its terms decide', () => {
    expect(lapsesAt(terms('ask'), null, START)).toBeNull()
    expect(lapsesAt(terms('cancel'), new Date('2027-03-31T16:00:00Z'), START)).toBeNull()
    expect(lapsesAt(null, null, START)).toBeNull()
  })
})
