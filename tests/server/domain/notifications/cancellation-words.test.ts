import { expect, test } from 'vitest'
import type { SoldTerms } from '#server/domain/cancellation/terms.ts'
import type { BookingFacts } from '#server/domain/notifications/booking-facts.ts'
import {
  lateMoveRows,
  policyLine,
  refundRows,
} from '#server/domain/notifications/mails/cancellation-words.ts'
import type { BookingMail } from '#server/domain/notifications/mails/content.ts'

const sold: SoldTerms = {
  terms: {
    tiers: [
      { hoursBefore: 48, refundPercent: 100, keepsDeposit: false },
      { hoursBefore: 24, refundPercent: 50, keepsDeposit: false },
    ],
    graceMinutes: 0,
    noShowRefundPercent: 0,
    lateMove: { hoursBefore: 24, outcome: 'ask', feePercent: 0 },
  },
  ...{ from: 'kind', policyVersion: 0, moveFeeMinor: 0, movedByStaff: false },
}

function mail(now: string, changes: Partial<BookingFacts> = {}): BookingMail {
  const booking = {
    ...{ status: 'CONFIRMED', priceMinor: 8000, feeMinor: 0, depositMinor: null, currency: 'EUR' },
    ...{ endedFrom: null, policySnapshot: sold, createdAt: new Date('2027-03-01T09:00:00Z') },
    session: { startsAt: new Date('2027-03-10T09:00:00Z') },
    client: { timeZone: 'Europe/Berlin' },
    ...changes,
  } as unknown as BookingFacts
  return { booking, now: new Date(now) } as BookingMail
}

test('a mail says until when cancelling is free and what it comes to then, in the client’s zone', () => {
  expect(policyLine(mail('2027-03-02T09:00:00Z'))).toBe(
    'You can move or cancel it on its page. Cancelling is free until Mon 8 March, 10:00 (Berlin), ' +
      'after that €40.00 comes back until Tue 9 March, 10:00 (Berlin), after that nothing comes back.',
  )
  expect(policyLine(mail('2027-03-08T21:00:00Z'), 'cancel')).toMatch(
    /^You can cancel it on its page\. If you cancel, €40\.00 comes back until Tue 9 March, 10:00 \(Berlin\), after/,
  )
  expect(policyLine(mail('2027-03-10T08:00:00Z'))).toContain('If you cancel, nothing comes back.')
  expect(policyLine(mail('2027-03-10T08:00:00Z', { policySnapshot: {} }))).toBe(
    'You can move or cancel it on its page until it begins.',
  )
})

test('a mail about a cancellation says what is due back, without claiming that it was sent', () => {
  const rows = (changes: Partial<BookingFacts>) =>
    refundRows(mail('2027-03-10T08:00:00Z', { status: 'CANCELLED', endedFrom: 'CONFIRMED', ...changes }))
  expect(rows({ feeMinor: 0 })).toEqual([{ label: 'Refund due', value: '€80.00' }])
  expect(rows({ feeMinor: 3000 })).toEqual([
    { label: 'Refund due', value: '€50.00' },
    { label: 'Fee', value: '€30.00, by the terms it was booked with' },
  ])
  expect(rows({ feeMinor: 8000 })).toEqual([
    { label: 'Refund due', value: 'None, by the terms it was booked with' },
  ])
  expect(rows({ priceMinor: 0 })).toEqual([])
  expect(rows({ endedFrom: 'REQUESTED' })).toEqual([])
})

test('a mail about a move says what it cost, where it did', () => {
  const rows = (feeMinor: number) => lateMoveRows(mail('2027-03-08T21:00:00Z', { feeMinor }))
  expect(rows(2000)).toEqual([{ label: 'Due for moving late', value: '€20.00' }])
  expect(rows(0)).toEqual([])
})
