import { Clock, MapPin, Tag } from 'lucide-react'
import { durationInWords } from '../formats.ts'
import { Money } from './Money.tsx'

interface OfferFactsProps {
  offer: { durationMinutes: number; location: string; priceMinor: number; currency: string }
  className?: string
}

/** Length, price and place of an offer, in a line. */
export function OfferFacts({ offer, className = '' }: OfferFactsProps) {
  const { durationMinutes, location, priceMinor, currency } = offer
  return (
    <ul
      className={`flex flex-wrap gap-x-5 gap-y-1.5 text-[0.9375rem] text-muted [&_li]:flex [&_li]:items-center [&_li]:gap-1.5 [&_svg]:size-4 [&_svg]:shrink-0 ${className}`}
    >
      <li>
        <Clock aria-hidden="true" />
        {durationInWords(durationMinutes)}
      </li>
      <li>
        <Tag aria-hidden="true" />
        <Money minor={priceMinor} currency={currency} />
      </li>
      {location && (
        <li>
          <MapPin aria-hidden="true" />
          <span className="min-w-0 wrap-anywhere">{location}</span>
        </li>
      )}
    </ul>
  )
}
