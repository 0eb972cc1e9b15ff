import { CalendarCheck, CalendarX, Hourglass, MapPin, Tag, User, Zap } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '../../components/Card.tsx'
import { BeforeBooking } from '../../components/cancellation/BeforeBooking.tsx'
import { Money } from '../../components/Money.tsx'
import { PriceTable } from '../../components/sessions/PriceTable.tsx'
import type { SessionPrice } from '../../components/sessions/session.ts'
import { durationInWords } from '../../formats.ts'
import { useView } from '../../view.tsx'
import { zoneInWords } from '../../zone.ts'
import type { Offer } from './Times.tsx'

interface SummaryProps {
  offer: Offer
  coach: { name: string } | null
  startsAt: string
  decision: { outcome: string; sentence: string } | null
  /** What it costs whoever looks, once that is known; until then the offer's price. */
  price: SessionPrice | null
  /** The whole price, minor units, where it turned out to be another for the address that was given. */
  priceForThem: number | null
  children: ReactNode
}

/** What is about to be booked: when, with whom, where, for how much, and how it is decided (018). */
export function Summary({ offer, coach, startsAt, decision, price, priceForThem, children }: SummaryProps) {
  const { zone, formats } = useView()
  const endsAt = Date.parse(startsAt) + offer.durationMinutes * 60_000
  const Decided = decision?.outcome === 'request' ? Hourglass : Zap
  return (
    <Card as="section" className="overflow-hidden wrap-anywhere">
      <div className="border-b border-line p-5 sm:p-6">
        <h2 className="text-lg">{offer.title}</h2>
        <p className="mt-2 flex gap-2.5">
          <CalendarCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent-ink" />
          <span suppressHydrationWarning>
            <time dateTime={startsAt} className="block font-semibold" suppressHydrationWarning>
              {formats.day(startsAt)}
            </time>
            <span className="block font-semibold tabular" suppressHydrationWarning>
              {formats.timeRange(startsAt, endsAt)}
            </span>
            <span className="block text-sm text-muted" suppressHydrationWarning>
              {zoneInWords(zone)} ({formats.offset(startsAt)}), {durationInWords(offer.durationMinutes)}
            </span>
          </span>
        </p>
      </div>
      <ul className="flex flex-col gap-2.5 p-5 text-[0.9375rem] sm:p-6 [&_li]:flex [&_li]:gap-2.5 [&_svg]:mt-0.5 [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-muted">
        <li>
          <User aria-hidden="true" />
          <span className="min-w-0">{coach ? coach.name : 'Whoever is free then'}</span>
        </li>
        {offer.location && (
          <li>
            <MapPin aria-hidden="true" />
            <span className="min-w-0">{offer.location}</span>
          </li>
        )}
        <li>
          <Tag aria-hidden="true" />
          {priceForThem === null && price && isOwn(price) ? (
            <div className="min-w-0 grow">
              <PriceTable price={price} />
            </div>
          ) : (
            <Money minor={priceForThem ?? offer.priceMinor} currency={offer.currency} />
          )}
        </li>
        {offer.priceMinor > 0 && (
          <li>
            <CalendarX aria-hidden="true" />
            <BeforeBooking about={{ offer: offer.slug, startsAt, ...asPriced(priceForThem, price) }} />
          </li>
        )}
        {decision && (
          <li className="[&_svg]:!text-accent-ink">
            <Decided aria-hidden="true" />
            <span>{decision.sentence}</span>
          </li>
        )}
      </ul>
      <div className="border-t border-line bg-ground px-5 py-3 sm:px-6">{children}</div>
    </Card>
  )
}

/** Whether it isn't simply the offer's price. */
function isOwn({ lines, depositMinor }: SessionPrice): boolean {
  return lines.length > 1 || depositMinor !== null
}

function asPriced(priceForThem: number | null, price: SessionPrice | null) {
  if (priceForThem !== null) return { priceMinor: priceForThem }
  if (!price || !isOwn(price)) return {}
  const { amountMinor, depositMinor } = price
  return { priceMinor: amountMinor, ...(depositMinor !== null && { depositMinor }) }
}
