import type { TermsProblem } from './session-kind.ts'
import {
  type PricePhase,
  type SeatMode,
  type SessionTerms,
  sessionTerms,
  type TermsSection,
} from './session-terms.ts'

const PHASE_ORDER: readonly PricePhase['name'][] = ['early_bird', 'regular', 'late']

/**
 * What is wrong with terms as a coach typed them, in sentences; empty where they can be kept (303, 305, 308, 318).
 * `sections` are those of the kind: what lies outside of them must stay as it is without being set.
 */
export function checkTerms(
  terms: SessionTerms,
  offer: { priceMinor: number },
  sections: readonly TermsSection[],
): TermsProblem[] {
  return [
    ...checkSections(terms, sections),
    ...checkPlace(terms),
    ...checkSeats(terms),
    ...checkPhases(terms),
    ...checkDeposit(terms, offer.priceMinor),
    ...checkMinimum(terms),
  ]
}

/** One quota of seats, or one in the room and one online for a session held both ways (300). */
export function seatQuotas({
  format,
  capacity,
  onlineCapacity,
}: SessionTerms): { mode: SeatMode; capacity: number }[] {
  if (format !== 'hybrid') return [{ mode: 'any', capacity }]
  return [
    { mode: 'in_person', capacity },
    { mode: 'online', capacity: onlineCapacity ?? 0 },
  ]
}

const FIELDS: Record<TermsSection, readonly (keyof SessionTerms)[]> = {
  format: ['format', 'venue', 'onlineCapacity'],
  phases: ['phases'],
  groupDiscount: ['groupDiscount'],
  connectedDiscount: ['connectedPercent'],
  deposit: ['deposit'],
  minimum: ['minimum'],
  approval: ['approval'],
  reminders: ['reminderDaysBefore'],
  interaction: ['chat', 'participantList', 'sharedResources'],
  certificate: ['certificate'],
  recording: ['recordingDays'],
}

function checkSections(terms: SessionTerms, sections: readonly TermsSection[]): TermsProblem[] {
  const unset = sessionTerms.parse({})
  return Object.entries(FIELDS)
    .filter(([section]) => !sections.includes(section as TermsSection))
    .flatMap(([, fields]) => fields)
    .filter(field => JSON.stringify(terms[field]) !== JSON.stringify(unset[field]))
    .map(field => ({ field, sentence: 'Sessions of this kind don’t have this. Leave it out.' }))
}

function checkPlace({ format, venue, onlineCapacity }: SessionTerms): TermsProblem[] {
  const problems: TermsProblem[] = []
  if (format !== 'online' && !venue?.address)
    problems.push({ field: 'venue.address', sentence: 'Say where people meet in person.' })
  if (format === 'hybrid' && onlineCapacity === null)
    problems.push({ field: 'onlineCapacity', sentence: 'Say how many can take part online.' })
  if (format !== 'hybrid' && onlineCapacity !== null) {
    const sentence = 'Seats online of their own are for sessions held both ways. Leave this out.'
    problems.push({ field: 'onlineCapacity', sentence })
  }
  return problems
}

function checkSeats(terms: SessionTerms): TermsProblem[] {
  const { maxSeatsPerBooking, groupDiscount } = terms
  const problems: TermsProblem[] = []
  const most = Math.max(...seatQuotas(terms).map(({ capacity }) => capacity))
  if (maxSeatsPerBooking > most)
    problems.push({
      field: 'maxSeatsPerBooking',
      sentence: `Nobody can book more than the ${most} seats there are.`,
    })
  if (groupDiscount && groupDiscount.seats > maxSeatsPerBooking)
    problems.push({
      field: 'groupDiscount.seats',
      sentence: `One booking has at most ${maxSeatsPerBooking} of the seats, so nobody would get this discount. Allow more seats in one booking.`,
    })
  return problems
}

function checkPhases({ phases, closesHoursBefore }: SessionTerms): TermsProblem[] {
  return phases.flatMap((phase, index) => {
    const at = (field: keyof PricePhase, sentence: string) => [
      { field: `phases.${index}.${field}`, sentence },
    ]
    const before = phases[index - 1]
    const isLast = index === phases.length - 1
    if (before && PHASE_ORDER.indexOf(phase.name) <= PHASE_ORDER.indexOf(before.name))
      return at('name', 'Prices come in this order: early bird, regular, late. Each comes once.')
    if (isLast) {
      if (phase.endsDaysBefore !== null)
        return at('endsDaysBefore', 'The last price holds until booking closes. Leave its end open.')
      return phase.seats === null ? [] : at('seats', 'The last price holds for all seats that are left.')
    }
    if (phase.endsDaysBefore === null && phase.seats === null)
      return at('endsDaysBefore', 'Say when this price ends, or for how many seats it holds.')
    if (before && !endsLater(phase, before))
      return at('endsDaysBefore', 'This price must end after the one before it: closer to the start.')
    if (before && before.seats !== null && phase.seats !== null && phase.seats <= before.seats)
      return at('seats', 'Seats are counted from the first one sold: give more than at the price before.')
    if (
      phase.endsDaysBefore !== null &&
      phase.seats === null &&
      phase.endsDaysBefore * 24 <= closesHoursBefore
    )
      return at('endsDaysBefore', 'Booking closes before this price ends, so the next one would never begin.')
    return []
  })
}

/** Ends without a day are at the end of sales. */
function endsLater(phase: PricePhase, before: PricePhase): boolean {
  const [end, former] = [phase.endsDaysBefore ?? -1, before.endsDaysBefore ?? -1]
  return end < former || (end === -1 && former === -1)
}

function checkDeposit({ deposit, phases }: SessionTerms, priceMinor: number): TermsProblem[] {
  if (!deposit) return []
  const field = 'deposit.amountMinor'
  if (deposit.amountMinor === 0) return [{ field, sentence: 'Say how much the deposit is.' }]
  const least = Math.min(...(phases.length > 0 ? phases.map(phase => phase.priceMinor) : [priceMinor]))
  return deposit.amountMinor > least
    ? [{ field, sentence: 'The deposit is more than a seat costs at its lowest price. Lower it.' }]
    : []
}

function checkMinimum(terms: SessionTerms): TermsProblem[] {
  const { minimum } = terms
  if (!minimum) return []
  const seats = seatQuotas(terms).reduce((total, { capacity }) => total + capacity, 0)
  const problems: TermsProblem[] = []
  if (minimum.seats > seats)
    problems.push({
      field: 'minimum.seats',
      sentence: `There are ${seats} seats in all, so the minimum could never be reached.`,
    })
  if (minimum.otherwise === 'extend' && minimum.extendsDays >= minimum.decidesDaysBefore)
    problems.push({
      field: 'minimum.extendsDays',
      sentence: 'The time is up only after the start. Extend by fewer days, or decide earlier.',
    })
  return problems
}
