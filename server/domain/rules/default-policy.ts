import { is } from './conditions.ts'
import type { DefaultRule, DefaultRules } from './default-rule.ts'
import { timeFits } from './time-fits.ts'

const NOT_BOOKABLE_ONLINE = "This coach can't be booked online. Contact the business to arrange a time."

/** The offer's own switch, for slots and sessions alike. */
export const OFFER_OPEN: DefaultRule = {
  name: 'offerOpen',
  scope: 'offer',
  restricts: is('offerListed', 'equals', false),
  outcome: 'refuse',
  forStaff: 'same',
  code: 'OFFER_CLOSED',
  sentences: {
    restricts: {
      client: "This offer can't be booked at the moment. Choose another one.",
      coach: 'The offer is not active.',
    },
    passes: { client: 'This offer can be booked.', coach: 'The offer is active.' },
  },
}

/** Who may see and book at all, asked before anything else (C2, 013–015). */
const mayBook: DefaultRule[] = [
  {
    name: 'blocked',
    scope: 'coach',
    restricts: is('blocked', 'equals', true),
    outcome: 'refuse',
    forStaff: 'warn',
    hidden: true,
    // Code and sentence of a private calendar, so that a blocked client can't tell the two apart.
    code: 'CALENDAR_PRIVATE',
    sentences: {
      restricts: { client: NOT_BOOKABLE_ONLINE, coach: 'This client is blocked.' },
      passes: { client: 'You may book this coach.', coach: 'The client is not blocked.' },
    },
  },
  {
    name: 'visibility',
    scope: 'coach',
    restricts: { all: [is('calendarVisibility', 'equals', 'private'), is('invited', 'equals', false)] },
    outcome: 'refuse',
    forStaff: 'skip',
    code: 'CALENDAR_PRIVATE',
    sentences: {
      restricts: {
        client: NOT_BOOKABLE_ONLINE,
        coach: 'The calendar is private, and the client has no personal link.',
      },
      passes: { client: 'You may see this calendar.', coach: '{visibilityState}' },
    },
  },
  {
    name: 'connectedOnly',
    scope: 'coach',
    applies: is('calendarVisibility', 'equals', 'connected'),
    restricts: { not: { any: [is('connected', 'equals', true), is('invited', 'equals', true)] } },
    outcome: 'refuse',
    forStaff: 'skip',
    code: 'CONNECTED_ONLY',
    sentences: {
      restricts: {
        client: 'Connect to see times: this coach is booked by connected clients only.{howToConnect}',
        coach: 'The calendar is for connected clients, and this one is not connected.',
      },
      passes: { client: 'You may see this calendar.', coach: '{visibilityState}' },
    },
  },
  OFFER_OPEN,
]

/** How near, how far and how many (C1, C3, 011, 012, 247). Equal to the notice or the horizon is in time. */
const withinLimits: DefaultRule[] = [
  {
    name: 'notice',
    scope: 'offer',
    restricts: { not: is('leadMinutes', 'atLeast', { fact: 'minimumNoticeMinutes' }) },
    outcome: 'refuse',
    forStaff: 'skip',
    waivable: true,
    code: 'NOTICE',
    sentences: {
      restricts: {
        client: 'Too late to book: {startVersusNotice}. Choose a later time.',
        coach: '{lead} ahead, at least {notice} are needed.',
      },
      passes: { client: 'Early enough to book.', coach: '{lead} ahead, at least {notice} are needed.' },
    },
  },
  {
    name: 'horizon',
    scope: 'offer',
    applies: is('horizonDays', 'notEquals', null),
    restricts: { not: is('leadDays', 'atMost', { fact: 'horizonDays' }) },
    outcome: 'refuse',
    forStaff: 'skip',
    waivable: true,
    code: 'HORIZON',
    sentences: {
      restricts: {
        client: 'Too far ahead: bookings are open for {horizon}. Choose an earlier date.',
        coach: '{leadRoundedUp} ahead, bookings are open for {horizonLimit}.',
      },
      passes: { client: 'Not too far ahead.', coach: '{lead} ahead, bookings are open for {horizonLimit}.' },
    },
  },
  {
    name: 'limitDay',
    scope: 'coach',
    applies: is('maxSessionsPerDay', 'notEquals', null),
    restricts: { not: is('sessionsThatDay', 'lessThan', { fact: 'maxSessionsPerDay' }) },
    outcome: { fact: 'limitOutcome' },
    forStaff: 'warn',
    waivable: true,
    code: 'LIMIT_DAY',
    sentences: {
      restricts: { client: '{dayIsFull}', coach: '{dayCount}.' },
      passes: { client: 'The coach has room that day.', coach: '{dayCount}.' },
    },
  },
  {
    name: 'limitWeek',
    scope: 'coach',
    applies: is('maxSessionsPerWeek', 'notEquals', null),
    restricts: { not: is('sessionsThatWeek', 'lessThan', { fact: 'maxSessionsPerWeek' }) },
    outcome: { fact: 'limitOutcome' },
    forStaff: 'warn',
    waivable: true,
    code: 'LIMIT_WEEK',
    sentences: {
      restricts: { client: '{weekIsFull}', coach: '{weekCount}.' },
      passes: { client: 'The coach has room that week.', coach: '{weekCount}.' },
    },
  },
]

/**
 * The seed's formula (250), each factor a rule: `canFirmBook = allowFirmBooking && (isConnected ||
 * !requireApprovalNonConnected) && startTime > now + threshold`. Said as what is not so, a number that is
 * none leads to a request.
 */
const canFirmBook: DefaultRule[] = [
  {
    name: 'allowFirmBooking',
    scope: 'coach',
    applies: is('appliesApproval', 'equals', true),
    restricts: { not: is('allowFirmBooking', 'equals', true) },
    outcome: 'request',
    forStaff: 'skip',
    waivable: true,
    code: 'APPROVAL',
    sentences: {
      restricts: {
        client: "Needs your coach's approval: this coach approves every booking.",
        coach: 'Instant booking is off: you approve every booking.',
      },
      passes: { client: 'This coach takes instant bookings.', coach: 'Instant booking is on.' },
    },
  },
  {
    name: 'connection',
    scope: 'coach',
    applies: is('appliesApproval', 'equals', true),
    restricts: {
      not: { any: [is('connected', 'equals', true), is('requireApprovalNonConnected', 'equals', false)] },
    },
    outcome: 'request',
    forStaff: 'skip',
    waivable: true,
    code: 'CONNECTION',
    sentences: {
      restricts: {
        client: "Needs your coach's approval: instant booking is for connected clients.{signInIfConnected}",
        coach: 'The client is not connected: you approve.',
      },
      passes: { client: 'Instant booking is open to you.', coach: '{connectionState}' },
    },
  },
  {
    name: 'threshold',
    scope: 'coach',
    applies: is('appliesApproval', 'equals', true),
    restricts: { not: is('leadHours', 'moreThan', { fact: 'firmBookingThresholdHours' }) },
    outcome: 'request',
    forStaff: 'skip',
    waivable: true,
    code: 'THRESHOLD',
    sentences: {
      restricts: {
        client: "Needs your coach's approval: {startVersusThreshold}.",
        coach: '{lead} ahead, instant booking needs more than {threshold}: you approve.',
      },
      passes: {
        client: 'Early enough for instant booking.',
        coach: '{leadRoundedUp} ahead, instant booking needs more than {threshold}.',
      },
    },
  },
]

/** What the seed's coach settings mean. It names the settings as facts, so one policy serves every coach. */
export const defaultPolicy: DefaultRules = {
  rules: [...mayBook, ...timeFits, ...withinLimits, ...canFirmBook],
}
