import { describe, expect, test } from 'vitest'
import { decide } from '#server/domain/rules/decide.ts'
import type { SessionFacts } from '#server/domain/rules/facts.ts'
import { clientTrace } from '#server/domain/rules/trace.ts'
import { attempt, connected, line } from './attempt.ts'

/** Two seats of five left, three days ahead. */
const seats = (change: Partial<SessionFacts> = {}, more: Parameters<typeof attempt>[0] = {}) =>
  attempt({
    kind: 'group',
    appliesApproval: false,
    leadMinutes: 72 * 60,
    ...more,
    session: {
      id: 'session-1',
      ...{ listing: 'public', cancelled: false, over: false, minutesToClose: 72 * 60 },
      ...{ seatsAsked: 2, seatsLeft: 5, maxSeatsPerBooking: 4, approval: false },
      ...change,
    },
  })

describe('seats', () => {
  test('are confirmed at once whatever the coach’s calendar and settings say (C11, C35)', async () => {
    const strict = { allowFirmBooking: false, requireApprovalNonConnected: true, sessionsThatDay: 4 }
    const decision = await decide(seats({}, { ...strict, calendarVisibility: 'private' }))
    expect(decision).toMatchObject({ outcome: 'firm', sentence: 'Confirmed at once.' })
    expect(decision.trace.map(({ rule }) => rule)).not.toContain('threshold')
  })

  test.each([
    [{ cancelled: true }, 'SESSION_CANCELLED', 'This session is cancelled. Choose another one.'],
    [{ over: true }, 'SESSION_PAST', 'This session is over. Choose another one.'],
    [
      { minutesToClose: 0 },
      'REGISTRATION_CLOSED',
      'Registration for this session is closed. Choose another one.',
    ],
    [{ seatsAsked: 5 }, 'SEATS_TOO_MANY', 'One booking takes 4 seats at most. Choose fewer.'],
    [{ seatsLeft: 1 }, 'SESSION_FULL', 'Only 1 seat of this session is left.'],
    [{ seatsLeft: 0 }, 'SESSION_FULL', 'All seats of this session are taken.'],
  ] as const)('are refused where %j', async (change, code, sentence) => {
    expect(await decide(seats(change))).toMatchObject({ outcome: 'refuse', code, sentence })
  })

  test('need approval where the session’s own terms ask for it', async () => {
    expect(await decide(seats({ approval: true }))).toMatchObject({ outcome: 'request', code: 'APPROVAL' })
    expect((await decide(seats({ approval: true }, { by: 'staff' }))).outcome).toBe('firm')
  })

  test('are open by the session’s own listing: a personal link opens all, being connected one', async () => {
    const codeFor = async (listing: SessionFacts['listing'], viewer = {}) =>
      (await decide(seats({ listing }, { viewer }))).code
    expect(await codeFor('unlisted')).toBeNull()
    expect(await codeFor('connected')).toBe('CONNECTED_ONLY')
    expect(await codeFor('connected', connected)).toBeNull()
    expect(await codeFor('private', connected)).toBe('SESSION_PRIVATE')
    expect(await codeFor('private', { invited: true })).toBeNull()
  })

  test('tell a blocked client what a private session tells', async () => {
    const { trace: _, ...blocked } = await decide(seats({}, { viewer: { ...connected, blocked: true } }))
    const { trace: __, ...stranger } = await decide(seats({ listing: 'private' }))
    expect(blocked).toEqual(stranger)
    expect(clientTrace(await decide(seats())).map(({ rule }) => rule)).not.toContain('blocked')
  })

  test('are given by staff against listing and deadlines, which only warn, never beyond those there are', async () => {
    const late = { listing: 'private', minutesToClose: -60, seatsAsked: 5 } as const
    const decision = await decide(seats(late, { by: 'staff', leadMinutes: -10 }))
    expect(decision.outcome).toBe('firm')
    expect(decision.warnings.map(({ code }) => code)).toEqual([
      'SESSION_PRIVATE',
      'SESSION_PAST',
      'REGISTRATION_CLOSED',
      'SEATS_TOO_MANY',
    ])
    expect(line(decision, 'registration').coachSentence).toBe('Registration closed 1 h ago.')
    expect((await decide(seats({ seatsLeft: 1 }, { by: 'staff' }))).code).toBe('SESSION_FULL')
  })
})
