import { is } from './conditions.ts'
import type { DefaultRule } from './default-rule.ts'

const TOO_SHORT_A_BREAK = 'This time leaves the coach too short a break. Choose another one.'

const shorterThanBuffer = (gap: 'gapBeforeMinutes' | 'gapAfterMinutes') => ({
  all: [is(gap, 'notEquals', null), { not: is(gap, 'atLeast', { fact: 'bufferMinutes' }) }],
})

/** Whether the time itself is free and regular, as the slot engine found it (248). */
export const timeFits: DefaultRule[] = [
  {
    name: 'overlap',
    scope: 'coach',
    restricts: is('conflict', 'equals', 'SLOT_TAKEN'),
    outcome: 'refuse',
    forStaff: 'same',
    code: 'SLOT_TAKEN',
    sentences: {
      restricts: { client: 'This time is already taken. Choose another one.', coach: 'The time is taken.' },
      passes: { client: 'The time is free.', coach: 'The time is free.' },
    },
  },
  {
    name: 'neighbourBuffer',
    scope: 'coach',
    restricts: is('conflict', 'equals', 'BUFFER'),
    outcome: 'refuse',
    forStaff: 'warn',
    code: 'BUFFER',
    sentences: {
      restricts: {
        client: TOO_SHORT_A_BREAK,
        coach: 'It leaves less of a break than the session before or after was booked with.',
      },
      passes: {
        client: 'The coach has a break before and after.',
        coach: 'The sessions before and after keep the break they were booked with.',
      },
    },
  },
  {
    name: 'buffer',
    scope: 'coach',
    // Whatever breaks a neighbour's is told by that.
    applies: is('conflict', 'notEquals', 'BUFFER'),
    restricts: { any: [shorterThanBuffer('gapBeforeMinutes'), shorterThanBuffer('gapAfterMinutes')] },
    outcome: 'refuse',
    forStaff: 'warn',
    waivable: true,
    code: 'BUFFER',
    sentences: {
      restricts: { client: TOO_SHORT_A_BREAK, coach: '{gaps}, your buffer is {buffer}.' },
      passes: {
        client: 'The coach has a break before and after.',
        coach: '{gaps}, your buffer is {buffer}.',
      },
    },
  },
  {
    name: 'hours',
    scope: 'coach',
    restricts: is('conflict', 'equals', 'OUTSIDE_HOURS'),
    outcome: 'refuse',
    forStaff: 'warn',
    code: 'OUTSIDE_HOURS',
    sentences: {
      restricts: {
        client: "This time is outside the coach's hours. Choose one of the times offered.",
        coach: 'Outside your hours.',
      },
      passes: { client: "Within the coach's hours.", coach: 'Within your hours.' },
    },
  },
  {
    name: 'step',
    scope: 'offer',
    restricts: is('conflict', 'equals', 'OFF_STEP'),
    outcome: 'refuse',
    forStaff: 'warn',
    code: 'OFF_STEP',
    sentences: {
      restricts: {
        client: "Sessions don't start at this time. Choose one of the times offered.",
        coach: "Not one of the offer's starting times.",
      },
      passes: { client: 'Sessions start at this time.', coach: "One of the offer's starting times." },
    },
  },
]
