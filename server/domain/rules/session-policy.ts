import { is } from './conditions.ts'
import { OFFER_OPEN } from './default-policy.ts'
import type { DefaultRule, DefaultRules } from './default-rule.ts'

const NOT_BOOKABLE_ONLINE = "This session can't be booked online. Contact the business to take part."

/** Who may see and book the session at all: its own listing, whatever the coach's calendar says (C35). */
const mayBook: DefaultRule[] = [
  {
    name: 'blocked',
    scope: 'coach',
    restricts: is('blocked', 'equals', true),
    outcome: 'refuse',
    forStaff: 'warn',
    hidden: true,
    // Code and sentence of a private session, so that a blocked client can't tell the two apart.
    code: 'SESSION_PRIVATE',
    sentences: {
      restricts: { client: NOT_BOOKABLE_ONLINE, coach: 'This client is blocked.' },
      passes: { client: 'You may book this session.', coach: 'The client is not blocked.' },
    },
  },
  {
    name: 'sessionListing',
    scope: 'session',
    restricts: { all: [is('sessionListing', 'equals', 'private'), is('invited', 'equals', false)] },
    outcome: 'refuse',
    forStaff: 'warn',
    code: 'SESSION_PRIVATE',
    sentences: {
      restricts: {
        client: NOT_BOOKABLE_ONLINE,
        coach: 'The session is private, and the client has no personal link.',
      },
      passes: { client: 'You may see this session.', coach: '{listingState}' },
    },
  },
  {
    name: 'sessionConnected',
    scope: 'session',
    applies: is('sessionListing', 'equals', 'connected'),
    restricts: { not: { any: [is('connected', 'equals', true), is('invited', 'equals', true)] } },
    outcome: 'refuse',
    forStaff: 'warn',
    code: 'CONNECTED_ONLY',
    sentences: {
      restricts: {
        client: 'This session is for connected clients.{howToConnect}',
        coach: 'The session is for connected clients, and this one is not connected.',
      },
      passes: {
        client: 'You may see this session.',
        coach: 'The client is connected or has a personal link.',
      },
    },
  },
  OFFER_OPEN,
]

/** Whether it takes place, and still takes bookings. */
const isOpen: DefaultRule[] = [
  {
    name: 'sessionCancelled',
    scope: 'session',
    restricts: is('sessionCancelled', 'equals', true),
    outcome: 'refuse',
    forStaff: 'same',
    code: 'SESSION_CANCELLED',
    sentences: {
      restricts: {
        client: 'This session is cancelled. Choose another one.',
        coach: 'The session is cancelled.',
      },
      passes: { client: 'The session is on.', coach: 'The session is on.' },
    },
  },
  {
    name: 'sessionOver',
    scope: 'session',
    restricts: is('sessionOver', 'equals', true),
    outcome: 'refuse',
    forStaff: 'same',
    code: 'SESSION_PAST',
    sentences: {
      restricts: { client: 'This session is over. Choose another one.', coach: 'The session is over.' },
      passes: { client: 'The session is not over.', coach: 'The session is not over.' },
    },
  },
  {
    name: 'sessionBegun',
    scope: 'session',
    restricts: { not: is('leadMinutes', 'moreThan', 0) },
    outcome: 'refuse',
    // Whoever comes to the door may still be let in.
    forStaff: 'warn',
    code: 'SESSION_PAST',
    sentences: {
      restricts: {
        client: 'This session has begun. Choose another one.',
        coach: 'The session has begun.',
      },
      passes: { client: 'The session lies ahead.', coach: 'Lead {lead}.' },
    },
  },
  {
    name: 'registration',
    scope: 'session',
    restricts: { not: is('minutesToClose', 'moreThan', 0) },
    outcome: 'refuse',
    forStaff: 'warn',
    waivable: true,
    code: 'REGISTRATION_CLOSED',
    sentences: {
      restricts: {
        client: 'Registration for this session is closed. Choose another one.',
        coach: '{closing}',
      },
      passes: { client: 'Registration is open.', coach: '{closing}' },
    },
  },
]

/** How many seats there are, and how many for one booking. Capacity holds for staff too. */
const seatsFit: DefaultRule[] = [
  {
    name: 'seatsPerBooking',
    scope: 'session',
    restricts: { not: is('seatsAsked', 'atMost', { fact: 'maxSeatsPerBooking' }) },
    outcome: 'refuse',
    forStaff: 'warn',
    waivable: true,
    code: 'SEATS_TOO_MANY',
    sentences: {
      restricts: {
        client: 'One booking takes {seatsPerBooking} at most. Choose fewer.',
        coach: 'One booking takes {seatsPerBooking} at most.',
      },
      passes: { client: 'Not too many seats.', coach: 'One booking takes {seatsPerBooking} at most.' },
    },
  },
  {
    name: 'capacity',
    scope: 'session',
    restricts: { not: is('seatsAsked', 'atMost', { fact: 'seatsLeft' }) },
    outcome: 'refuse',
    forStaff: 'same',
    code: 'SESSION_FULL',
    sentences: {
      restricts: { client: '{notEnoughSeats}', coach: '{seatState}' },
      passes: { client: 'There are seats left.', coach: '{seatState}' },
    },
  },
]

/** Seats are confirmed at once unless the session's own terms ask for approval; the coach's settings don't count (C11). */
const approval: DefaultRule[] = [
  {
    name: 'sessionApproval',
    scope: 'session',
    restricts: is('sessionApproval', 'equals', true),
    outcome: 'request',
    forStaff: 'skip',
    waivable: true,
    code: 'APPROVAL',
    sentences: {
      restricts: {
        client: "Needs your coach's approval: each booking of this session is approved.",
        coach: 'You approve each booking of this session.',
      },
      passes: { client: 'Seats are confirmed at once.', coach: 'Seats are confirmed at once.' },
    },
  },
]

/** What the terms of a session mean for whoever books seats of it. */
export const sessionPolicy: DefaultRules = { rules: [...mayBook, ...isOpen, ...seatsFit, ...approval] }
