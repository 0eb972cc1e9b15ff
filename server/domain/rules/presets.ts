import type { CoachSettings } from './settings.ts'

export interface Preset {
  id: 'open' | 'balanced' | 'careful'
  title: string
  sentence: string
  settings: Partial<CoachSettings>
}

/** Three ways to begin, each some of the coach's settings; the others stay as they are. */
export const presets: readonly Preset[] = [
  {
    id: 'open',
    title: 'Open',
    sentence: 'Everyone books at once, up to the last minute, with short breaks and no limit.',
    settings: {
      ...{ allowFirmBooking: true, firmBookingThresholdHours: 0, requireApprovalNonConnected: false },
      ...{ calendarVisibility: 'public', bufferMinutes: 10 },
      ...{ maxSessionsPerDay: null, maxSessionsPerWeek: null },
    },
  },
  {
    id: 'balanced',
    title: 'Balanced',
    sentence:
      'Everyone books at once a day ahead; at shorter notice, and once your day is full, you approve.',
    settings: {
      ...{ allowFirmBooking: true, firmBookingThresholdHours: 24, requireApprovalNonConnected: false },
      ...{ calendarVisibility: 'public', bufferMinutes: 15 },
      ...{ maxSessionsPerDay: 6, maxSessionsPerWeek: null, limitOutcome: 'request' },
    },
  },
  {
    id: 'careful',
    title: 'Careful',
    sentence:
      'Connected clients book at once two days ahead; you approve all others. At most four sessions a day and sixteen a week.',
    settings: {
      ...{ allowFirmBooking: true, firmBookingThresholdHours: 48, requireApprovalNonConnected: true },
      ...{ calendarVisibility: 'public', bufferMinutes: 30 },
      ...{ maxSessionsPerDay: 4, maxSessionsPerWeek: 16, limitOutcome: 'refuse' },
    },
  },
]
