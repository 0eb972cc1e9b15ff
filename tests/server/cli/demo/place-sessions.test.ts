import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coaches, offers } from '#server/cli/demo/cast.ts'
import { type DemoCoach, placeSessions } from '#server/cli/demo/place-sessions.ts'
import { createRandom } from '#server/cli/demo/random.ts'
import { findStarts } from '#server/domain/slots/find-starts.ts'
import type { Claim } from '#server/domain/slots/types.ts'

const DAY = 86_400_000

function demoCoach(key: string): DemoCoach {
  const part = coaches.find(coach => coach.key === key)!
  return {
    id: key,
    personId: key,
    settings: part.settings,
    calendar: {
      coachId: key,
      timeZone: part.timeZone,
      hours: part.hours,
      overrides: [],
      timeOff: [],
      claims: [],
      externalBusy: [],
    },
    offers: offers.filter(offer => offer.coaches.includes(key)).map(offer => ({ ...offer, id: offer.slug })),
    mostAhead: part.mostAhead,
    clients: [0, 1, 2, 3, 4, 5, 6, 7],
    connected: new Set([0, 1, 2, 3]),
  }
}

const someNow = fc
  .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2030-01-01T00:00:00Z') })
  .map(now => Math.floor(now / 1000) * 1000)

describe('whenever the demo is made', () => {
  it('the first offer keeps at least six of ten of its times free in the next thirty days', () => {
    const mira = demoCoach('mira')
    const free = (claims: Claim[], now: number) =>
      findStarts(
        { ...mira.calendar, claims },
        {
          from: now,
          to: now + 30 * DAY,
          now,
          durationMinutes: 30,
          stepMinutes: 30,
          bufferMinutes: mira.settings.bufferMinutes,
          bufferExternalBusy: true,
          earliest: now,
          latest: null,
        },
      ).length
    fc.assert(
      fc.property(someNow, now => {
        const claims = placeSessions(mira, 630, now, createRandom(1_500)).placed.map(
          (placed): Claim => ({
            startsAt: placed.startsAt,
            endsAt: placed.endsAt,
            bufferMinutes: placed.bufferMinutes,
            sessionId: null,
            holdId: null,
            expiresAt: null,
            bookingId: null,
            status: 'booked',
          }),
        )
        expect(claims).toHaveLength(630)
        expect(free(claims, now) / free([], now)).toBeGreaterThan(0.6)
      }),
      { numRuns: 15 },
    )
  })

  it('every session was booked in time: not after now, within the notice and the horizon', () => {
    fc.assert(
      fc.property(someNow, fc.constantFrom('mira', 'daniel', 'priya'), (now, key) => {
        for (const { offer, startsAt, createdAt } of placeSessions(demoCoach(key), 200, now, createRandom(7))
          .placed) {
          expect(createdAt).toBeLessThan(now)
          expect(startsAt - createdAt).toBeGreaterThanOrEqual(offer.noticeMinutes * 60_000)
          expect(startsAt - createdAt).toBeLessThanOrEqual(offer.horizonDays! * DAY)
        }
      }),
      { numRuns: 12 },
    )
  })
})
