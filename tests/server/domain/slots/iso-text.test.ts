import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoText } from '#server/domain/slots/iso-text.ts'

test('the text is that of toISOString, on whole minutes and between them, in any year', () => {
  const minutes = fc.integer({ min: -70_000_000, max: 120_000_000 }).map(minute => minute * 60_000)
  const anyTime = fc.date({ noInvalidDate: true }).map(date => date.getTime())
  fc.assert(
    fc.property(fc.array(fc.oneof(minutes, anyTime)), instants => {
      expect(instants.map(isoText)).toEqual(instants.map(at => new Date(at).toISOString()))
    }),
  )
})

test('what is no instant is an error', () => {
  expect(() => isoText(Number.NaN)).toThrow(RangeError)
  expect(() => isoText(Infinity)).toThrow(RangeError)
})
