import { defaultSettings } from '#server/domain/rules/settings.ts'
import { business, type CoachPart, coaches, type OfferPart, offers } from './cast.ts'
import { inventedName } from './people.ts'
import type { Random } from './random.ts'

/** The bookings that Aurora's three coaches have at most; beyond that, more coaches are hired. */
const MOST_OF_THREE = 1_600
const MOST_OF_ONE_MORE = 1_200
/** Coaches who share one offer. */
const GROUP = 6

export interface Team {
  coaches: (CoachPart & { wanted: number })[]
  offers: OfferPart[]
}

/** Who is needed for so many bookings a year, how many of them each is to have, and what they offer. */
export function teamFor(size: number, random: Random): Team {
  const ofThree = Math.min(size, MOST_OF_THREE)
  const more = Math.ceil((size - ofThree) / MOST_OF_ONE_MORE)
  const names = new Set<string>(coaches.map(({ name }) => name))
  const hired = Array.from({ length: more }, (_, at) => {
    let name = inventedName(random)
    while (names.has(name)) name = inventedName(random)
    names.add(name)
    return { ...oneMore(at, name), wanted: Math.ceil((size - ofThree) / more) }
  })
  const groups = Array.from({ length: Math.ceil(more / GROUP) }, (_, at) =>
    offerOf(hired.slice(at * GROUP, (at + 1) * GROUP), at + 1),
  )
  return {
    coaches: [...coaches.map(coach => ({ ...coach, wanted: Math.round(ofThree * coach.share) })), ...hired],
    offers: [...offers, ...groups],
  }
}

function oneMore(at: number, name: string): CoachPart {
  return {
    key: `more-${at + 1}`,
    name,
    mailbox: `coach-${at + 1}`,
    role: 'coach',
    timeZone: business.timeZone,
    bio: '',
    settings: { ...defaultSettings, bufferMinutes: 5 },
    hours: [1, 2, 3, 4, 5, 6].flatMap(weekday => [
      { weekday, startMinute: 480, endMinute: 780 },
      { weekday, startMinute: 840, endMinute: 1140 },
    ]),
    exceptions: [],
    absences: [],
    share: 0,
    mostAhead: 20,
    connectedOnly: false,
  }
}

function offerOf(group: CoachPart[], number: number): OfferPart {
  return {
    slug: `focus-session-${number}`,
    title: `Focus session ${number}`,
    description: 'Three quarters of an hour on one goal, with whoever of the team has time.',
    location: 'Video call',
    durationMinutes: 45,
    stepMinutes: 15,
    bufferMinutes: 5,
    noticeMinutes: 120,
    horizonDays: 180,
    priceMinor: 9_000,
    listing: 'public',
    coaches: group.map(({ key }) => key),
    weight: 1,
  }
}
