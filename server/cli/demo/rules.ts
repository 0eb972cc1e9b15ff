import type { PolicyDocument } from '#server/domain/policies/read-versions.ts'

/** The tag of the clients whom Aurora treats best. */
export const VIP = 'VIP'

/** Aurora's own rules, over what its coaches' settings say: published before the first booking was made. */
export const rules: PolicyDocument = {
  rules: [
    {
      id: 'vipClients',
      title: 'VIP clients',
      scope: 'tag',
      target: VIP,
      when: null,
      does: { waives: ['threshold', 'connection'], sets: { horizonDays: 365 } },
      active: true,
    },
    {
      id: 'lateFirstSession',
      title: 'First sessions late in the evening',
      scope: 'tenant',
      target: null,
      when: {
        all: [
          { fact: 'clientNew', operator: 'equals', value: true },
          { fact: 'timeOfDay', operator: 'atLeast', value: 20 * 60 },
        ],
      },
      does: {
        restricts: {
          outcome: 'request',
          sentence:
            'Needs your coach’s approval: a first session after eight in the evening is agreed by hand.',
        },
      },
      active: true,
    },
    {
      id: 'missedSessions',
      title: 'Clients who often stay away',
      scope: 'tenant',
      target: null,
      when: {
        all: [
          { fact: 'clientBookings', operator: 'atLeast', value: 3 },
          { fact: 'noShowPercent', operator: 'atLeast', value: 20 },
        ],
      },
      does: {
        restricts: { outcome: 'request', sentence: 'Needs your coach’s approval before it is confirmed.' },
      },
      active: true,
    },
    {
      id: 'breakAfterThree',
      title: 'A longer break after three in a row',
      scope: 'tenant',
      target: null,
      when: { fact: 'sessionsInARow', operator: 'atLeast', value: 4 },
      does: { sets: { bufferMinutes: 30 } },
      active: true,
    },
  ],
  cancellation: [],
}
