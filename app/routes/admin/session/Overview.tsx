import { Link } from '@remix-run/react'
import { CalendarClock, CircleX, Repeat, UserCog } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { Money } from '../../../components/Money.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Place } from '../../../components/sessions/Place.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { useNow } from '../../../components/use-now.ts'
import { zoneInWords } from '../../../zone.ts'
import { CancelDialog } from './CancelDialog.tsx'
import { Decision } from './Decision.tsx'
import { EndScheduleDialog } from './EndScheduleDialog.tsx'
import { History } from './History.tsx'
import { listings } from './listings.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { Room } from './Room.tsx'
import { Seats } from './Seats.tsx'
import type { Session } from './session.ts'
import { WhoDialog } from './WhoDialog.tsx'

/** When, where and by whom it is held, how many seats are taken, and what can be done with it as a whole. */
export function Overview({ session }: { session: Session }) {
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        <Decision session={session} />
        <Facts session={session} />
        <Actions session={session} />
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <Seats session={session} />
        <Room session={session} />
      </div>
      <History session={session} />
    </div>
  )
}

function Facts({ session }: { session: Session }) {
  const { dates, timeZone, coaches, offer, listing, price, stateReason, state } = session
  return (
    <Card as="section">
      <h2 className="sr-only">Details</h2>
      <ol className="flex flex-col gap-1">
        {dates.map(({ startsAt, endsAt }) => (
          <li key={startsAt} className="text-lg font-medium">
            <Time at={startsAt} zone={timeZone} as="day" />,{' '}
            <TimeRange from={startsAt} to={endsAt} zone={timeZone} />
          </li>
        ))}
      </ol>
      <p className="text-muted">{zoneInWords(timeZone)} time</p>
      {state === 'CANCELLED' && (
        <p className="mt-4 rounded-control bg-sunken p-4 font-medium">
          {stateReason === 'minimum_not_met'
            ? 'Cancelled, since too few had booked.'
            : 'Cancelled by the coach.'}
        </p>
      )}
      <dl className="mt-5 grid grid-cols-1 gap-x-6 gap-y-4 border-line border-t pt-5 sm:grid-cols-2">
        <Fact name={coaches.length === 1 ? 'Coach' : 'Coaches'}>
          {coaches.map(({ name }) => name).join(', ')}
        </Fact>
        <Fact name="Where">
          <Place held={session} />
        </Fact>
        <Fact name="Offer">
          <Link to={`/admin/offers/${offer.id}`} className="text-accent-ink underline">
            {offer.title}
          </Link>
        </Fact>
        <Fact name="Price of a seat now">
          <Money minor={price.amountMinor} currency={price.currency} />
        </Fact>
        <Fact name="Seen and booked by">{listings.find(({ id }) => id === listing)?.label}</Fact>
        <Fact name="Booking closes">
          <Time at={session.closesAt} zone={timeZone} />
        </Fact>
      </dl>
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

function Actions({ session }: { session: Session }) {
  const [dialog, setDialog] = useState<'move' | 'who' | 'cancel' | 'schedule' | null>(null)
  const now = useNow()
  const isAhead = now === null || Date.parse(session.startsAt) > now
  const close = () => setDialog(null)
  if (session.state === 'CANCELLED') return null
  const schedule = session.schedule?.endedAt === null ? session.schedule : null
  return (
    <Panel title="What to do">
      <div className="flex flex-wrap gap-2">
        {isAhead && (
          <Button onPress={() => setDialog('move')}>
            <CalendarClock aria-hidden="true" />
            {session.dates.length === 1 ? 'Move' : 'Change the dates'}
          </Button>
        )}
        <Button onPress={() => setDialog('who')}>
          <UserCog aria-hidden="true" />
          Coaches and listing
        </Button>
        {schedule && (
          <Button onPress={() => setDialog('schedule')}>
            <Repeat aria-hidden="true" />
            End the schedule
          </Button>
        )}
        {isAhead && (
          <Button onPress={() => setDialog('cancel')}>
            <CircleX aria-hidden="true" />
            Cancel the session
          </Button>
        )}
      </div>
      {dialog === 'move' && <MoveDialog session={session} onClose={close} />}
      {dialog === 'who' && <WhoDialog session={session} onClose={close} />}
      {dialog === 'cancel' && <CancelDialog session={session} onClose={close} />}
      {dialog === 'schedule' && schedule && <EndScheduleDialog scheduleId={schedule.id} onClose={close} />}
    </Panel>
  )
}
