import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ban, CircleCheck, Clock, Undo2, UserCheck } from 'lucide-react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button, buttonLook } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { failureOf } from '../../../failure.ts'
import { load } from '../../../loading.ts'

export const meta: MetaFunction = () => [{ title: 'Check-in' }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const token = params.token!
  return load(context, request, async () => ({ token, seat: await context.api.checkIns.find({ token }) }))
}

type Seat = Outputs['checkIns']['find']
type SeatDate = Seat['dates'][number]

/** What whoever stands at the door sees after scanning a client's code: who it is, and one button. */
export default function CheckInPage() {
  const loaded = useLoaderData<typeof loader>()
  const { token } = loaded
  const trpc = useTRPC()
  const find = trpc.checkIns.find.queryOptions({ token })
  const seat: Seat = useQuery({ ...find, initialData: loaded.seat as Seat }).data
  const { session, clientName, seats } = seat
  const today = seat.dates.find(({ position }) => position === seat.today)

  return (
    <div className="mx-auto max-w-md wrap-anywhere">
      <p className="text-muted">{session.title}</p>
      <h1 className="mt-1 text-3xl">{seat.name ?? `Guest ${seat.seat - 1} of ${clientName}`}</h1>
      {seats > 1 && (
        <p className="mt-1 text-muted">
          Seat {seat.seat} of {seats}
          {seat.seat > 1 && seat.name && `, with ${clientName}`}
        </p>
      )}
      <Standing seat={seat} today={today} />
      <div className="mt-8 flex flex-col gap-2">
        <Link to={`/admin/sessions/${session.id}?part=check-in`} className={buttonLook({}, 'w-full')}>
          The whole list
        </Link>
        <p className="text-center text-sm text-muted">
          For the next one, scan the next code with your camera.
        </p>
      </div>
    </div>
  )
}

/** Whether this seat counts, on this day; and the button where it does. */
function Standing({ seat, today }: { seat: Seat; today: SeatDate | undefined }) {
  const { status, session, dates } = seat
  if (session.state === 'CANCELLED') {
    return <NotToday title="This session was cancelled" detail="Nobody is checked in for it." />
  }
  if (status === 'REQUESTED') {
    return <NotToday title="Not confirmed yet" detail="This booking still waits for an answer." />
  }
  if (status !== 'CONFIRMED' && status !== 'FIRM_BOOKED') {
    return <NotToday title="This booking was cancelled" detail="The seat may be somebody else’s by now." />
  }
  if (!today) {
    return (
      <Banner tone="wait" role="alert" className="mt-6" title="Not today">
        <p>This seat is for another day:</p>
        <ul className="mt-1">
          {dates.map(date => (
            <li key={date.position}>
              <Time at={date.startsAt} zone={session.timeZone} as="day" />,{' '}
              <TimeRange from={date.startsAt} to={date.endsAt} zone={session.timeZone} />
              {date.checkedInAt && ' (was there)'}
            </li>
          ))}
        </ul>
      </Banner>
    )
  }
  return <TodaysDate seat={seat} date={today} />
}

function NotToday({ title, detail }: { title: string; detail: string }) {
  return (
    <Card className="mt-6 flex items-start gap-3 border-bad-line bg-bad-soft p-5">
      <Ban aria-hidden="true" className="mt-1 size-6 shrink-0 text-bad" />
      <span>
        <span className="block text-xl font-semibold text-bad">{title}</span>
        {detail}
      </span>
    </Card>
  )
}

function TodaysDate({ seat, date }: { seat: Seat; date: SeatDate }) {
  const { token } = useLoaderData<typeof loader>()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { bookingId, session } = seat
  const set = useMutation(
    trpc.checkIns.set.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.checkIns.find.queryKey({ token }) }),
    }),
  )
  const mark = (present: boolean) =>
    set.mutate({ bookingId, seat: seat.seat, position: date.position, present })
  return (
    <div className="mt-6 flex flex-col gap-4">
      <p className="flex items-center gap-2 text-lg">
        <Clock aria-hidden="true" className="size-5 text-muted" />
        <span>
          <Time at={date.startsAt} zone={session.timeZone} as="day" />,{' '}
          <TimeRange from={date.startsAt} to={date.endsAt} zone={session.timeZone} />
        </span>
      </p>
      {set.error && (
        <Banner tone="bad" role="alert">
          {failureOf(set.error).message}
        </Banner>
      )}
      {date.checkedInAt ? (
        <>
          <div
            role="status"
            className="flex items-center gap-3 rounded-card border border-good bg-good-soft p-5"
          >
            <CircleCheck aria-hidden="true" className="size-9 shrink-0 text-good" />
            <span>
              <span className="block text-xl font-semibold text-good">Checked in</span>
              at <Time at={date.checkedInAt} zone={session.timeZone} as="time" />
            </span>
          </div>
          <Button variant="quiet" isPending={set.isPending} onPress={() => mark(false)}>
            <Undo2 aria-hidden="true" />
            Take it back
          </Button>
        </>
      ) : date.open ? (
        <Button
          variant="primary"
          className="min-h-20 w-full text-xl"
          isPending={set.isPending}
          onPress={() => mark(true)}
        >
          <UserCheck aria-hidden="true" />
          Check in
        </Button>
      ) : (
        <Banner tone="wait" title="Check-in isn’t open">
          It opens <Time at={date.opensAt} zone={session.timeZone} /> and closes{' '}
          <Time at={date.closesAt} zone={session.timeZone} />.
        </Banner>
      )}
    </div>
  )
}
