import { Link } from '@remix-run/react'
import { CircleCheck, Link2, Unlink, UserX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '../../../components/Badge.tsx'
import { Card } from '../../../components/Card.tsx'
import { Money } from '../../../components/Money.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { TimeLeft } from '../../../components/TimeLeft.tsx'
import { durationInWords } from '../../../formats.ts'
import { zoneInWords } from '../../../zone.ts'
import { coachReasons } from '../coach-reasons.ts'
import { count, modeInWords } from '../session/session.ts'
import type { Booking } from './route.tsx'

const parties = { client: 'the client', coach: 'the coach', system: 'the system' }

/** When, who, what, for how much; and how it ended, where it did. */
export function Facts({ booking }: { booking: Booking }) {
  const { startsAt, endsAt, coach, client, offer, clientNotes, attendance, feedback } = booking
  return (
    <Card as="section">
      <h2 className="sr-only">Details</h2>
      <p className="text-xl font-medium">
        <Time at={startsAt} zone={coach.timeZone} as="day" />,{' '}
        <TimeRange from={startsAt} to={endsAt} zone={coach.timeZone} />
      </p>
      <p className="text-muted">
        {zoneInWords(coach.timeZone)} time ({coach.name}), {durationInWords(booking.durationMinutes)}
      </p>
      {client.timeZone !== coach.timeZone && (
        <p className="mt-1">
          <Time at={startsAt} zone={client.timeZone} as="day" />,{' '}
          <TimeRange from={startsAt} to={endsAt} zone={client.timeZone} />{' '}
          <span className="text-muted">
            {zoneInWords(client.timeZone)} time ({client.name})
          </span>
        </p>
      )}
      {booking.answerBy && booking.awaiting === 'coach' && booking.can.approve && (
        <p className="mt-3">
          <TimeLeft until={booking.answerBy} />
        </p>
      )}
      <Ending booking={booking} />

      <dl className="mt-5 grid grid-cols-1 gap-x-6 gap-y-4 border-t border-line pt-5 sm:grid-cols-2">
        <Fact name="Client">
          {client.name}
          {client.email && (
            <a href={`mailto:${client.email}`} className="block break-all text-accent-ink underline">
              {client.email}
            </a>
          )}
          <span className="mt-1 block">
            {client.connectionStatus === 'connected' ? (
              <Badge tone="good" icon={Link2}>
                Connected
              </Badge>
            ) : (
              <Badge icon={Unlink}>Not connected</Badge>
            )}
          </span>
        </Fact>
        <Fact name="Offer">
          <Link to={`/${offer.slug}`} className="text-accent-ink underline">
            {offer.title}
          </Link>
          {offer.location && <span className="block text-muted">{offer.location}</span>}
        </Fact>
        <Fact name="Price">
          <Money minor={booking.priceMinor} currency={booking.currency} />
          {booking.depositMinor !== null && booking.balanceDueAt && (
            <span className="block text-muted">
              <Money minor={booking.depositMinor} currency={booking.currency} /> at once, the rest by{' '}
              <Time at={booking.balanceDueAt} zone={coach.timeZone} as="date" />
            </span>
          )}
        </Fact>
        {booking.session.bookedBy === 'session' && (
          <Fact name="Seats">
            {count(booking.seats, 'seat')}
            {booking.mode !== 'any' && `, ${modeInWords(booking.mode).toLowerCase()}`}
            {booking.guests.length > 0 && (
              <span className="block text-muted">with {booking.guests.join(', ')}</span>
            )}
            <Link to={`/admin/sessions/${booking.session.id}`} className="block text-accent-ink underline">
              The session{booking.session.dates.length > 1 && `, on ${booking.session.dates.length} dates`}
            </Link>
          </Fact>
        )}
        <Fact name="Booked as">
          {booking.bookingType === 'REQUESTED' ? 'A request' : 'An instant booking'}
          <span className="block text-muted">{coachReasons(booking.decision.trace)}</span>
        </Fact>
        {booking.confirmationTimestamp && (
          <Fact name="Confirmed">
            <Time at={booking.confirmationTimestamp} />
          </Fact>
        )}
        {attendance && (
          <Fact name="Attendance">
            {attendance === 'attended' ? (
              <Badge tone="good" icon={CircleCheck}>
                Attended
              </Badge>
            ) : (
              <Badge tone="bad" icon={UserX}>
                Didn’t come
              </Badge>
            )}
          </Fact>
        )}
        {feedback && (
          <Fact name="Feedback">
            {feedback.rating} of 5{feedback.comment && <span className="block">“{feedback.comment}”</span>}
          </Fact>
        )}
      </dl>
      {clientNotes && (
        <div className="mt-4">
          <h3 className="text-sm font-medium text-muted">What {client.name} wrote</h3>
          <p className="whitespace-pre-line">{clientNotes}</p>
        </div>
      )}
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Ending({ booking }: { booking: Booking }) {
  const { status, cancelledBy, cancelReason, declineReason, endedAt } = booking
  if (status !== 'CANCELLED' && status !== 'DECLINED') return null
  const reason = status === 'DECLINED' ? declineReason : cancelReason
  const withdrawn =
    status === 'CANCELLED' && booking.confirmationTimestamp === null && cancelledBy === 'client'
  return (
    <div className="mt-4 rounded-control bg-sunken p-4">
      <p className="font-medium">
        {status === 'DECLINED' ? 'Declined' : withdrawn ? 'Withdrawn' : 'Cancelled'}
        {status === 'CANCELLED' && cancelledBy && ` by ${parties[cancelledBy]}`}
        {endedAt && (
          <>
            {' '}
            on <Time at={endedAt} />
          </>
        )}
      </p>
      {reason && <p className="text-muted">“{reason}”</p>}
    </div>
  )
}
