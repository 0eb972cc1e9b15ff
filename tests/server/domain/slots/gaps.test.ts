import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GapRequest, gapReader, type PlacedClaim } from '#server/domain/slots/gaps.ts'
import type { Interval } from '#server/domain/slots/types.ts'
import { claim, instant, interval } from './builders.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const at = (time: string) => instant(`2027-06-01T${time}Z`)

function session(from: string, to: string, change: Partial<PlacedClaim> = {}): PlacedClaim {
  return { ...claim(`2027-06-01T${from}Z`, `2027-06-01T${to}Z`), place: '', ...change }
}

function around(claims: PlacedClaim[], time: string, asked: Partial<GapRequest> = {}, busy: Interval[] = []) {
  const request = { now: at('00:00'), durationMinutes: 60, bufferExternalBusy: false, place: '', ...asked }
  return gapReader({ claims, externalBusy: busy }, request).around(at(time))
}

const nothing = { gapBeforeMinutes: null, gapAfterMinutes: null, sessionsInARow: 1, placeChanges: false }

test('a session by itself has nothing around it, nor what is more than a day away', () => {
  expect(around([], '10:00')).toEqual(nothing)
  const farOff = { ...claim('2027-05-30T08:00Z', '2027-05-31T09:59Z'), place: '' }
  expect(around([farOff], '10:00').gapBeforeMinutes).toBeNull()
  expect(around([{ ...farOff, endsAt: instant('2027-05-31T10:00Z') }], '10:00').gapBeforeMinutes).toBe(1440)
})

test('gaps reach to sessions and others’ holds, not to one’s own or one that ran out', () => {
  const hold = (change: Partial<PlacedClaim>) =>
    session('11:20', '12:00', { sessionId: null, holdId: 'hold', expiresAt: at('00:10'), ...change })
  const before = session('08:30', '09:45')
  const free = { ...nothing, gapBeforeMinutes: 15, sessionsInARow: 2 }
  expect(around([before, hold({})], '10:00')).toEqual({ ...free, gapAfterMinutes: 20 })
  expect(around([before, hold({})], '10:00', { ownHoldId: 'hold' })).toEqual(free)
  expect(around([before, hold({ expiresAt: at('00:00') })], '10:00')).toEqual(free)
})

test('time outside counts where buffers are kept from it, and makes no row', () => {
  const busy = [interval('2027-06-01T09:00Z', '2027-06-01T09:50Z')]
  expect(around([], '10:00', {}, busy)).toEqual(nothing)
  expect(around([], '10:00', { bufferExternalBusy: true }, busy)).toEqual({
    ...nothing,
    gapBeforeMinutes: 10,
  })
})

test('a row ends where an hour lies between two sessions', () => {
  const morning = [session('07:00', '08:00'), session('08:59', '09:30'), session('09:45', '10:30')]
  expect(around(morning, '10:30').sessionsInARow).toBe(4)
  expect(around(morning, '11:29').sessionsInARow).toBe(4)
  expect(around(morning, '11:30').sessionsInARow).toBe(1)
  expect(around([...morning, session('12:00', '13:00')], '10:45').sessionsInARow).toBe(5)
})

test('a session near by at another place changes the place', () => {
  const there = session('08:00', '09:00', { place: 'Harbour' })
  expect(around([there], '10:00').placeChanges).toBe(true)
  expect(around([there], '10:00', { place: 'Harbour' }).placeChanges).toBe(false)
  expect(around([there], '12:00').placeChanges).toBe(false)
})

test('the gaps are those that looking at every claim finds', () => {
  const claims = fc
    .array(fc.record({ gap: fc.integer({ min: 0, max: 90 }), length: fc.integer({ min: 5, max: 120 }) }), {
      maxLength: 25,
    })
    .map(parts => {
      let end = at('00:00')
      return parts.map(({ gap, length }): PlacedClaim => {
        const startsAt = end + gap * MINUTE
        end = startsAt + length * MINUTE
        return { ...session('00:00', '00:01'), startsAt, endsAt: end }
      })
    })
  fc.assert(
    fc.property(claims, fc.nat(2880), (claims, minute) => {
      const startsAt = at('00:00') + minute * MINUTE
      const endsAt = startsAt + 30 * MINUTE
      if (claims.some(other => other.startsAt < endsAt && startsAt < other.endsAt)) return
      const shuffled = claims.toSorted((a, b) => (a.startsAt % 7) - (b.startsAt % 7))
      const reader = gapReader(
        { claims: shuffled, externalBusy: [] },
        { now: at('00:00'), durationMinutes: 30, bufferExternalBusy: true, place: '' },
      )
      const nearest = (gaps: number[]) => {
        const least = Math.min(...gaps.filter(gap => gap >= 0), Infinity)
        return least > DAY ? null : least / MINUTE
      }
      const found = reader.around(startsAt)
      expect(found.gapBeforeMinutes).toBe(nearest(claims.map(other => startsAt - other.endsAt)))
      expect(found.gapAfterMinutes).toBe(nearest(claims.map(other => other.startsAt - endsAt)))
      expect(found.sessionsInARow).toBe(rowWith(claims, { startsAt, endsAt }))
      const next = claims.filter(other => other.startsAt >= endsAt)
      expect(reader.nextClaim(endsAt)).toBe(Math.min(...next.map(other => other.startsAt), Infinity))
    }),
    { numRuns: 300 },
  )
})

function rowWith(claims: readonly Interval[], asked: Interval): number {
  const all = [...claims, asked].sort((a, b) => a.startsAt - b.startsAt)
  const rows = all.reduce<Interval[][]>((rows, next) => {
    const last = rows.at(-1)?.at(-1)
    if (last && next.startsAt - last.endsAt < 60 * MINUTE) rows.at(-1)!.push(next)
    else rows.push([next])
    return rows
  }, [])
  return rows.find(row => row.includes(asked))!.length
}
