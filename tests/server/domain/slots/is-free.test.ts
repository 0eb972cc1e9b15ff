import { expect, test } from 'vitest'
import { conflictsAt, isFree } from '#server/domain/slots/is-free.ts'
import { ask, claim, coach, instant, interval } from './builders.ts'

const booked = claim('2027-06-01T10:00Z', '2027-06-01T11:00Z')
const calendar = coach({
  claims: [booked],
  externalBusy: [interval('2027-06-03T10:00Z', '2027-06-03T11:00Z')],
})
const taken = interval('2027-06-01T10:00Z', '2027-06-01T11:00Z')

function reason(at: string, request = {}) {
  return isFree(calendar, ask(request), instant(at))
}

test('a free start has no reason against it, whatever the window', () => {
  expect(reason('2027-06-01T09:00Z')).toBeNull()
  expect(reason('2027-06-01T11:00Z')).toBeNull()
  expect(reason('2031-06-02T09:30Z')).toBeNull()
})

test('outside the hours, or running out of them', () => {
  expect(reason('2027-06-01T08:30Z')).toEqual({ code: 'OUTSIDE_HOURS', with: null })
  expect(reason('2027-06-02T11:30Z')).toEqual({ code: 'OUTSIDE_HOURS', with: null })
})

test('between two steps', () => {
  expect(reason('2027-06-02T09:10Z')).toEqual({ code: 'OFF_STEP', with: null })
})

test('taken names the time it meets, by a session and by an external event', () => {
  expect(reason('2027-06-01T09:30Z')).toEqual({ code: 'SLOT_TAKEN', with: taken })
  expect(reason('2027-06-03T10:30Z')).toEqual({
    code: 'SLOT_TAKEN',
    with: interval('2027-06-03T10:00Z', '2027-06-03T11:00Z'),
  })
})

test('too near is told apart from taken, also for the buffer that the neighbour needs', () => {
  expect(reason('2027-06-01T09:00Z', { bufferMinutes: 15 })).toEqual({ code: 'BUFFER', with: taken })
  const careful = coach({ claims: [{ ...booked, bufferMinutes: 30 }] })
  expect(isFree(careful, ask(), instant('2027-06-01T11:00Z'))).toEqual({ code: 'BUFFER', with: taken })
})

test('notice and horizon include their own instant', () => {
  const bounds = { earliest: instant('2027-06-02T09:30Z'), latest: instant('2027-06-02T10:30Z') }
  expect(reason('2027-06-02T09:00Z', bounds)).toEqual({ code: 'NOTICE', with: null })
  expect(reason('2027-06-02T09:30Z', bounds)).toBeNull()
  expect(reason('2027-06-02T10:30Z', bounds)).toBeNull()
  expect(reason('2027-06-02T11:00Z', bounds)).toEqual({ code: 'HORIZON', with: null })
})

test('a coach who may overrule sees every reason at once', () => {
  const early = instant('2027-06-01T10:05Z')
  const codes = conflictsAt(calendar, ask({ earliest: early + 1 }), early).map(({ code }) => code)
  expect(codes).toEqual(['NOTICE', 'OFF_STEP', 'SLOT_TAKEN'])
})
