/** What Aurora offers to several people at a time. All of it is invented. */

export interface GroupPart {
  slug: string
  title: string
  description: string
  kind: 'group' | 'workshop'
  durationMinutes: number
  priceMinor: number
  coaches: string[]
  /** Over the kind's defaults. */
  terms: Record<string, unknown>
  /** When it is held, on the first coach's wall clock. */
  held: { weekday: number; at: string; inDays: number; weeks: number; repeats: boolean }
  /** How many book each session, the first first. */
  bookings: number[]
}

export const groups: GroupPart[] = [
  {
    slug: 'tuesday-circle',
    title: 'Tuesday circle',
    description:
      'An hour on Tuesday evenings for people who lead: one of you brings a question, all of us think along. Come once or every week.',
    kind: 'group',
    durationMinutes: 60,
    priceMinor: 2_500,
    coaches: ['mira'],
    terms: {
      capacity: 10,
      maxSeatsPerBooking: 3,
      groupDiscount: { seats: 3, percent: 10 },
      connectedPercent: 10,
      chat: true,
      participantList: true,
      sharedResources: true,
    },
    held: { weekday: 2, at: '19:00', inDays: 0, weeks: 12, repeats: true },
    bookings: [10, 7, 5, 3, 2],
  },
  {
    slug: 'first-time-leading',
    title: 'Leading for the first time',
    description:
      'Three afternoons online for those who lead a team since not long ago: delegating, saying no, and what to do when it gets loud.',
    kind: 'workshop',
    durationMinutes: 180,
    priceMinor: 39_000,
    coaches: ['mira'],
    terms: {
      capacity: 14,
      phases: [
        { name: 'early_bird', priceMinor: 32_000, endsDaysBefore: 21, seats: 8 },
        { name: 'regular', priceMinor: 39_000, endsDaysBefore: 5, seats: null },
        { name: 'late', priceMinor: 45_000, endsDaysBefore: null, seats: null },
      ],
      deposit: { amountMinor: 8_000, balanceDaysBefore: 14 },
      minimum: { seats: 8, decidesDaysBefore: 10, otherwise: 'extend', extendsDays: 4 },
      reminderDaysBefore: [14, 3],
      participantList: true,
      certificate: { title: 'Leading for the first time', minutes: null },
      recordingDays: 30,
    },
    held: { weekday: 4, at: '14:00', inDays: 35, weeks: 3, repeats: false },
    bookings: [6],
  },
  {
    slug: 'career-day',
    title: 'Career day',
    description:
      'A whole morning on what comes next for you, in our room in Berlin or from wherever you are. With worksheets that you take along.',
    kind: 'workshop',
    durationMinutes: 210,
    priceMinor: 14_000,
    coaches: ['mira'],
    terms: {
      format: 'hybrid',
      venue: {
        address: 'Aurora Coaching, Lindenufer 12, 13597 Berlin',
        mapUrl: 'https://www.openstreetmap.org/?mlat=52.5385&mlon=13.2068#map=17/52.5385/13.2068',
        travelNote: 'Ten minutes on foot from Rathaus Spandau. The door is the blue one, please ring twice.',
      },
      capacity: 8,
      onlineCapacity: 20,
      maxSeatsPerBooking: 2,
      reminderDaysBefore: [7],
      chat: true,
      certificate: { title: 'Career day', minutes: 210 },
    },
    held: { weekday: 3, at: '09:00', inDays: 24, weeks: 1, repeats: false },
    bookings: [9],
  },
]
