import { is } from './conditions.ts'
import type { Rule } from './policy.ts'

export interface RuleTemplate {
  id: string
  /** What it is good for. */
  sentence: string
  /** To be changed before it is saved; whoever saves it gives it an id of its own. */
  rule: Omit<Rule, 'id'>
}

const everybody = { scope: 'tenant', target: null, active: true } as const

/** Rules to start from. */
export const templates: readonly RuleTemplate[] = [
  {
    id: 'vipAtOnce',
    sentence: 'Clients you tag “VIP” are confirmed at once and book further ahead.',
    rule: {
      title: 'VIPs need no approval',
      ...{ scope: 'tag', target: 'VIP', when: null, active: true },
      does: {
        waives: ['allowFirmBooking', 'connection', 'threshold', 'sessionApproval'],
        sets: { horizonDays: 120 },
      },
    },
  },
  {
    id: 'newNeedApproval',
    sentence: 'You look at each first booking before it is confirmed.',
    rule: {
      title: 'New clients need approval',
      ...everybody,
      when: is('clientNew', 'equals', true),
      does: {
        restricts: { outcome: 'request', sentence: 'First bookings are confirmed by your coach in person.' },
      },
    },
  },
  {
    id: 'noShowsNeedApproval',
    sentence: 'Who missed a quarter of their sessions, or more, asks first.',
    rule: {
      title: 'After missed sessions you approve',
      ...everybody,
      when: is('noShowPercent', 'atLeast', 25),
      does: { restricts: { outcome: 'request', sentence: 'Your coach confirms this booking in person.' } },
    },
  },
  {
    id: 'breakAfterThree',
    sentence: 'From the fourth session in a row on, the break is half an hour.',
    rule: {
      title: 'Longer break after three in a row',
      ...everybody,
      when: is('sessionsInARow', 'atLeast', 4),
      does: { sets: { bufferMinutes: 30 } },
    },
  },
  {
    id: 'breakBetweenPlaces',
    sentence: 'Where the session beside is held elsewhere, time to get there is kept.',
    rule: {
      title: 'Time to travel',
      ...everybody,
      when: is('placeChanges', 'equals', true),
      does: { sets: { bufferMinutes: 45 } },
    },
  },
  {
    id: 'fridayAfternoon',
    sentence: 'Friday afternoons are booked two days ahead, not later.',
    rule: {
      title: 'Friday afternoons in good time',
      ...everybody,
      when: { all: [is('weekday', 'oneOf', [5]), is('timeOfDay', 'atLeast', 720)] },
      does: { sets: { minimumNoticeMinutes: 2880 } },
    },
  },
  {
    id: 'regularsDiscount',
    sentence: 'Who made four bookings in thirty days pays less.',
    rule: {
      title: 'Regulars pay 10 % less',
      ...everybody,
      when: is('bookingsLast30Days', 'atLeast', 4),
      does: { sets: { discountPercent: 10 } },
    },
  },
  {
    id: 'depositOfNew',
    sentence: 'A first booking is secured by half of its price.',
    rule: {
      title: 'New clients pay a deposit',
      ...everybody,
      when: is('clientNew', 'equals', true),
      does: { sets: { depositPercent: 50 } },
    },
  },
]
