import type { BookingFacts, HeldSession } from '../booking-facts.ts'
import type { BookingMail, Detail } from './content.ts'
import { joinRow } from './join-row.ts'
import { formatMoney, formatPrice } from './money.ts'
import { dateRows, placeRows } from './session-words.ts'
import { formatInstant } from './when.ts'

/** What is booked of a session with dates of its own: all dates, where or how one meets, the seats and their price. */
export function seatDetails(
  { booking, links }: BookingMail,
  held: HeldSession,
  reader: 'client' | 'coach',
): Detail[] {
  const { client, coach, offer, session, mode } = booking
  const zone = reader === 'client' ? client.timeZone : coach.timeZone
  return [
    { label: 'What', value: offer.title },
    ...dateRows(held, zone, session.timeZone),
    ...(mode === 'online' ? [] : placeRows(held)),
    ...(links.join ? [joinRow(links.join)] : []),
    reader === 'client'
      ? { label: held.coaches.length > 1 ? 'With' : 'Coach', value: held.coaches.join(', ') }
      : { label: 'Client', value: `${client.name}, ${client.email}` },
    { label: 'Seats', value: seatsInWords(booking) },
    ...priceRows(booking, zone),
  ]
}

const modes: Partial<Record<BookingFacts['mode'], string>> = { online: 'online', in_person: 'in the room' }

/** "2 seats, online". */
function seatsInWords({ seats, mode }: Pick<BookingFacts, 'seats' | 'mode'>): string {
  return [seats === 1 ? '1 seat' : `${seats} seats`, modes[mode]].filter(Boolean).join(', ')
}

/** The price with the lines that explain it, and what is due when (279, 304). */
function priceRows(booking: BookingFacts, zone: string): Detail[] {
  const { priceMinor, currency, priceLines, depositMinor, balanceDueAt } = booking
  const lines =
    priceLines.length < 2
      ? []
      : priceLines.map(({ label, amountMinor }) => ({ label, value: formatMoney(amountMinor, currency) }))
  const price = { label: 'Price', value: formatPrice(priceMinor, currency) }
  if (depositMinor === null) return [...lines, price]
  const balance = formatMoney(priceMinor - depositMinor, currency)
  return [
    ...lines,
    price,
    { label: 'Deposit', value: formatMoney(depositMinor, currency) },
    {
      label: 'Balance',
      value: balanceDueAt ? `${balance}, due by ${formatInstant(balanceDueAt, zone)}` : balance,
    },
  ]
}
