import { CalendarCheck, Clock, Hourglass, MapPin, Scale, Tag, User } from 'lucide-react'
import type { ReactNode } from 'react'
import { Money } from '../../components/Money.tsx'
import { Time, TimeRange } from '../../components/Time.tsx'
import { TimeZonePicker } from '../../components/TimeZonePicker.tsx'
import { durationInWords } from '../../formats.ts'
import { useView } from '../../view.tsx'
import { zoneCity } from '../../zone.ts'
import type { BookingView } from './route.tsx'

/** What was booked, when for either side (237), and what was decided and why. */
export function Facts({ booking }: { booking: BookingView }) {
  const { offer, coach, startsAt, endsAt, answerBy } = booking
  const isOff = booking.status === 'CANCELLED' || booking.status === 'DECLINED'
  const isAsked = booking.status === 'REQUESTED' && answerBy !== null
  return (
    <>
      <div className="p-5 sm:p-7">
        <h2 className="text-xl wrap-anywhere">{offer.title}</h2>
        <dl className="mt-4 flex flex-col gap-3.5">
          <Fact icon={CalendarCheck} name="When">
            <span className={`font-semibold ${isOff ? 'text-muted line-through' : ''}`}>
              <Time at={startsAt} as="day" className="block" />
              <TimeRange from={startsAt} to={endsAt} className="block" />
            </span>
            <OtherZone booking={booking} />
          </Fact>
          <Fact icon={User} name="With">
            {coach.name}
          </Fact>
          {offer.location && (
            <Fact icon={MapPin} name="Where">
              {offer.location}
            </Fact>
          )}
          <Fact icon={Clock} name="How long">
            {durationInWords(booking.durationMinutes)}
          </Fact>
          <Fact icon={Tag} name="Price">
            <Money minor={booking.priceMinor} currency={booking.currency} />
          </Fact>
          {isAsked && (
            <Fact icon={Hourglass} name="Answer by">
              <span className="font-medium">
                Answer by <Time at={answerBy} />
              </span>
              <span className="block text-sm text-muted">
                Then at the latest you’ll hear from us by e-mail.
              </span>
            </Fact>
          )}
          <Fact icon={Scale} name="How it was decided">
            {booking.decision.sentence}
          </Fact>
        </dl>
      </div>
      <div className="border-t border-line bg-ground px-5 py-3 sm:px-7">
        <TimeZonePicker at={startsAt} suggestions={[coach.timeZone, booking.client.timeZone]} />
      </div>
    </>
  )
}

/** The same time where the coach is; one line where both are in one zone. */
function OtherZone({ booking: { coach, startsAt, endsAt } }: { booking: BookingView }) {
  const { zone, formats } = useView()
  const there = formats.in(coach.timeZone)
  const sameDay = formats.shortDay(startsAt) === there.shortDay(startsAt)
  return (
    <span className="block text-sm text-muted" suppressHydrationWarning>
      {zone === coach.timeZone
        ? `${zoneCity(zone)} time (${formats.offset(startsAt)}), for you and ${coach.name}`
        : `For ${coach.name}: ${sameDay ? '' : `${there.shortDay(startsAt)}, `}${there.timeRange(startsAt, endsAt)} in ${zoneCity(coach.timeZone)} (${there.offset(startsAt)})`}
    </span>
  )
}

interface FactProps {
  icon: typeof Clock
  name: string
  children: ReactNode
}

function Fact({ icon: Icon, name, children }: FactProps) {
  return (
    <div className="flex gap-3">
      <dt className="shrink-0">
        <Icon aria-hidden="true" className="mt-0.5 size-5 text-muted" />
        <span className="sr-only">{name}</span>
      </dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}
