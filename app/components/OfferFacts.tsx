import { Clock, MapPin, Tag, UsersRound } from 'lucide-react'
import { datesDurationInWords, durationInWords } from '../formats.ts'
import { Money } from './Money.tsx'

interface OfferFactsProps {
  offer: {
    kindLabel: string
    bookedBy: 'slot' | 'session'
    durationMinutes: number
    location: string
    priceMinor: number
    currency: string
  }
  /** Minor units, where not the offer's own price holds; null where there is no one price to name. */
  priceMinor?: number | null
  /** Of the session that comes next, where it may last otherwise than the offer says. */
  dates?: readonly { startsAt: string; endsAt: string }[] | undefined
  className?: string
}

/** What it is, its length, price and place, in a line. */
export function OfferFacts({ offer, priceMinor = offer.priceMinor, dates, className = '' }: OfferFactsProps) {
  const { kindLabel, bookedBy, durationMinutes, location, currency } = offer
  return (
    <ul
      className={`flex flex-wrap gap-x-5 gap-y-1.5 text-[0.9375rem] text-muted [&_li]:flex [&_li]:items-center [&_li]:gap-1.5 [&_svg]:size-4 [&_svg]:shrink-0 ${className}`}
    >
      {bookedBy === 'session' && (
        <li>
          <UsersRound aria-hidden="true" />
          {kindLabel}
        </li>
      )}
      <li>
        <Clock aria-hidden="true" />
        {dates && dates.length > 1 && `${dates.length} dates, `}
        {dates ? datesDurationInWords(dates) : durationInWords(durationMinutes)}
      </li>
      {priceMinor !== null && (
        <li>
          <Tag aria-hidden="true" />
          <Money minor={priceMinor} currency={currency} />
        </li>
      )}
      {location && (
        <li>
          <MapPin aria-hidden="true" />
          <span className="min-w-0 wrap-anywhere">{location}</span>
        </li>
      )}
    </ul>
  )
}
