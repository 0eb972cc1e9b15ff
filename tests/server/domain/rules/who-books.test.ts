import { describe, expect, test } from 'vitest'
import { decide } from '#server/domain/rules/decide.ts'
import { attempt, connected, line } from './attempt.ts'

describe('who may see and book', () => {
  test('a blocked client can not tell it from a private calendar, whatever else holds', async () => {
    const blocked = await decide(attempt({ viewer: { ...connected, invited: true, blocked: true } }))
    const { trace: _, ...toldToBlocked } = blocked
    const { trace: __, ...toldToStranger } = await decide(attempt({ calendarVisibility: 'private' }))
    expect(toldToBlocked).toEqual(toldToStranger)
    expect(JSON.stringify(toldToBlocked).toLowerCase()).not.toContain('block')
    expect(line(blocked, 'blocked').coachSentence).toBe('This client is blocked.')
  })

  test('a personal link opens a private and a connected calendar', async () => {
    for (const calendarVisibility of ['private', 'connected'] as const) {
      const decision = await decide(attempt({ calendarVisibility, viewer: { invited: true } }))
      expect(decision.outcome).toBe('firm')
    }
  })

  test('being connected opens a connected calendar, not a private one', async () => {
    const connectedOnly = attempt({ calendarVisibility: 'connected', viewer: connected })
    expect((await decide(connectedOnly)).outcome).toBe('firm')
    expect((await decide({ ...connectedOnly, calendarVisibility: 'private' })).code).toBe('CALENDAR_PRIVATE')
  })
})

test('kinds that are not subject to 1on1 approval are firm despite it, within the limits (C11)', async () => {
  const strict = { allowFirmBooking: false, requireApprovalNonConnected: true, leadMinutes: 150 }
  const group = attempt({ kind: 'group', appliesApproval: false, ...strict })
  const decision = await decide(group)
  expect(decision.outcome).toBe('firm')
  expect(line(decision, 'allowFirmBooking')).toMatchObject({ applied: false, passed: true, outcome: 'firm' })
  expect((await decide({ ...group, sessionsThatDay: 4 })).code).toBe('LIMIT_DAY')
})

describe('staff who book for a client', () => {
  test('are bound neither by approval, threshold, notice, horizon nor visibility', async () => {
    const decision = await decide(
      attempt({
        by: 'staff',
        allowFirmBooking: false,
        requireApprovalNonConnected: true,
        leadMinutes: 5,
        horizonDays: 0,
        calendarVisibility: 'private',
      }),
    )
    expect(decision).toMatchObject({ outcome: 'firm', restrictions: [], warnings: [] })
    expect(line(decision, 'threshold')).toMatchObject({ applied: false, passed: true })
  })

  test('are warned of full days and weeks, odd times and a blocked client (C3)', async () => {
    const full = { by: 'staff' as const, sessionsThatDay: 4, sessionsThatWeek: 12 }
    const decision = await decide(attempt({ ...full, viewer: { blocked: true } }))
    expect(decision).toMatchObject({ outcome: 'firm', code: null, restrictions: [] })
    expect(decision.warnings).toEqual([
      { code: 'CALENDAR_PRIVATE', message: 'This client is blocked.' },
      { code: 'LIMIT_DAY', message: '5 sessions that day with this one, the limit is 4.' },
      { code: 'LIMIT_WEEK', message: '13 sessions that week with this one, the limit is 12.' },
    ])
    expect(line(decision, 'limitDay')).toMatchObject({ passed: false, outcome: 'firm' })
    for (const code of ['OUTSIDE_HOURS', 'OFF_STEP', 'BUFFER'] as const) {
      const odd = await decide(attempt({ by: 'staff', conflict: { code } }))
      expect([odd.outcome, odd.warnings[0]?.code]).toEqual(['firm', code])
    }
  })

  test.each([
    [{ conflict: { code: 'SLOT_TAKEN' as const } }, 'SLOT_TAKEN'],
    [{ offerListed: false }, 'OFFER_CLOSED'],
  ])('are refused like anyone: %o', async (change, code) => {
    expect(await decide(attempt({ by: 'staff', ...change }))).toMatchObject({ outcome: 'refuse', code })
  })
})
