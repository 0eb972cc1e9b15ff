import {
  Armchair,
  CalendarCheck,
  Clock,
  Hourglass,
  MapPin,
  Scale,
  Tag,
  User,
  UsersRound,
  Video,
} from 'lucide-react'
import { Fact } from '../../components/Fact.tsx'
import { Money } from '../../components/Money.tsx'
import { MinimumNote } from '../../components/sessions/MinimumNote.tsx'
import { Place } from '../../components/sessions/Place.tsx'
import { PriceTable } from '../../components/sessions/PriceTable.tsx'
import { SessionDates } from '../../components/sessions/SessionDates.tsx'
import { seatsInWords } from '../../components/sessions/session.ts'
import { Time } from '../../components/Time.tsx'
import { TimeZonePicker } from '../../components/TimeZonePicker.tsx'
import { durationInWords } from '../../formats.ts'
import { useView } from '../../view.tsx'
import { zoneCity } from '../../zone.ts'
import type { BookingView } from './route.tsx'

/** What was booked, when for either side (237), and what was decided and why. */
export function Facts({ booking }: { booking: BookingView }) {
  const { offer, coach, session, startsAt, answerBy } = booking
  const isOff = booking.status === 'CANCELLED' || booking.status === 'DECLINED'
  const isAsked = booking.status === 'REQUESTED' && booking.awaiting === 'coach' && answerBy !== null
  const isOnline = session.joinUrl !== null
  return (
    <>
      <div className="p-5 sm:p-6">
        <h2 className="text-xl wrap-anywhere">{offer.title}</h2>
        <dl className="mt-4 flex flex-col gap-3.5">
          <Fact icon={CalendarCheck} name="When">
            <SessionDates
              dates={session.dates}
              className={`font-semibold ${isOff ? 'text-muted line-through' : ''}`}
            />
            {session.dates.length === 1 && <OtherZone booking={booking} />}
          </Fact>
          <Fact icon={User} name="With">
            {new Intl.ListFormat('en').format(session.coaches)}
          </Fact>
          {(session.bookedBy === 'session' || offer.location) && (
            <Fact icon={isOnline && !offer.location ? Video : MapPin} name="Where">
              {offer.location || <Place held={heldFor(booking)} />}
            </Fact>
          )}
          {session.dates.length === 1 && (
            <Fact icon={Clock} name="How long">
              {durationInWords(booking.durationMinutes)}
            </Fact>
          )}
          {booking.seats > 1 && (
            <Fact icon={Armchair} name="Seats">
              {seatsInWords(booking.seats)}
              <span className="block text-sm text-muted">{whoComes(booking)}</span>
            </Fact>
          )}
          <Fact icon={Tag} name="Price">
            {booking.depositMinor === null && booking.priceLines.length < 2 ? (
              <Money minor={booking.priceMinor} currency={booking.currency} />
            ) : (
              <div className="w-full max-w-xs">
                <PriceTable
                  price={{ ...booking, lines: booking.priceLines, amountMinor: booking.priceMinor }}
                />
              </div>
            )}
          </Fact>
          {isAsked && (
            <Fact icon={Hourglass} name="Answer by">
              <span className="font-medium">
                You’ll have an answer by <Time at={answerBy} />
              </span>
              <span className="block text-sm text-muted">We send it by e-mail.</span>
            </Fact>
          )}
          {!isOff && session.minimum !== null && (
            <Fact icon={UsersRound} name="Whether it is held">
              <MinimumNote
                minimum={{ ...session, seats: session.minimum, decided: session.decideBy === null }}
                state={session.state}
                isBare
              />
            </Fact>
          )}
          <Fact icon={Scale} name="How it was decided">
            {booking.decision.sentence}
          </Fact>
        </dl>
      </div>
      <div className="border-t border-line bg-ground px-5 py-3 sm:px-6">
        <TimeZonePicker at={startsAt} suggestions={[coach.timeZone, booking.client.timeZone]} />
      </div>
    </>
  )
}

/** Where this booking takes part: of a session held both ways, the one that was chosen. */
function heldFor({ session: { format, venue }, mode }: BookingView) {
  return { format: mode === 'any' ? format : mode, venue }
}

/** `You, Ben and one more` */
function whoComes({ seats, guests }: BookingView): string {
  const unnamed = seats - 1 - guests.length
  const more = unnamed === 0 ? [] : [unnamed === 1 ? 'one more' : `${unnamed} more`]
  return new Intl.ListFormat('en').format(['You', ...guests, ...more])
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
