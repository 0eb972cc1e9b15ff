import { useQuery } from '@tanstack/react-query'
import { CalendarX2 } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../api.ts'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { Radios } from '../../components/Choices.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { placeInWords } from '../../components/sessions/Place.tsx'
import { type SessionView, seatsLeftInWords } from '../../components/sessions/session.ts'
import { failureOf } from '../../failure.ts'
import type { Formats } from '../../formats.ts'
import { newKey } from '../../new-key.ts'
import { useView } from '../../view.tsx'
import { FromTo } from './FromTo.tsx'
import { LateMove, lateMoveOf } from './LateMove.tsx'
import type { BookingView } from './route.tsx'
import { useChange } from './use-change.ts'

interface MoveSessionProps {
  booking: BookingView
  token: string
  onClose: () => void
}

/** Another session of the offer for the same seats: one choice, one button. */
export default function MoveSession({ booking, token, onClose }: MoveSessionProps) {
  const trpc = useTRPC()
  const { formats } = useView()
  const found = useQuery(trpc.sessions.list.queryOptions({ offer: booking.offer.id }))
  const [chosen, setChosen] = useState<{ id: string; key: string } | null>(null)
  const move = useChange(token, onClose)
  const others = (found.data?.sessions ?? []).filter(
    session => session.id !== booking.session.id && roomFor(session, booking) > 0,
  )
  const to = others.find(({ id }) => id === chosen?.id)
  const late = lateMoveOf(booking)
  const isTooLate = late?.outcome === 'refuse' || late?.outcome === 'ask'

  return (
    <Dialog
      title="Move to another date"
      width="wide"
      isOpen
      onClose={onClose}
      actions={
        others.length > 0 &&
        !isTooLate && (
          <>
            <Button onPress={onClose}>Keep this date</Button>
            <Button
              variant="primary"
              isPending={move.isPending}
              isDisabled={!to}
              onPress={() =>
                chosen &&
                move.mutate(bookings =>
                  bookings.reschedule.mutate({
                    token,
                    sessionId: chosen.id,
                    agreedFeeMinor: late?.feeMinor ?? 0,
                    idempotencyKey: chosen.key,
                  }),
                )
              }
            >
              {booking.seats === 1 ? 'Move my seat' : `Move my ${booking.seats} seats`}
            </Button>
          </>
        )
      }
    >
      <LateMove booking={booking} />
      {isTooLate ? null : found.isError ? (
        <Banner tone="bad" role="alert" title="The dates didn’t load">
          {failureOf(found.error).message}
        </Banner>
      ) : !found.data ? (
        <Skeleton className="h-52 w-full rounded-control" />
      ) : others.length === 0 ? (
        <EmptyState icon={CalendarX2} title="No other date has room">
          {booking.seats === 1 ? 'There is no free seat' : `There are no ${booking.seats} free seats`} on
          another date just now. Please look again later, or write to {booking.coach.name}.
        </EmptyState>
      ) : (
        <>
          <Radios
            label="Dates with room"
            choices={others.map(session => ({
              id: session.id,
              label: formats.moment(session.startsAt),
              detail: detailOf(session, formats),
            }))}
            value={chosen?.id ?? ''}
            onChange={id => {
              move.reset()
              setChosen({ id, key: newKey() })
            }}
          />
          {to && (
            <div className="mt-5">
              <FromTo from={booking.startsAt} to={to.startsAt} />
              <p className="mt-3 text-muted">
                {booking.status === 'REQUESTED'
                  ? 'Your request moves to this date, and still waits for an answer.'
                  : booking.seats === 1
                    ? 'It moves at once, and your old seat becomes free.'
                    : 'They move at once, and your old seats become free.'}{' '}
                The price stays as you booked it.
              </p>
            </div>
          )}
          {move.isError && (
            <Banner tone="bad" role="alert" className="mt-4" title="Your seat wasn’t moved">
              {failureOf(move.error).message}
            </Banner>
          )}
        </>
      )}
    </Dialog>
  )
}

/** How many seats are free for this booking beyond those it needs; 0 where they don't suffice. */
function roomFor({ seats, capacity, canBook }: SessionView, booking: BookingView): number {
  const { available } = seats.find(({ mode }) => mode === booking.mode) ?? capacity
  return canBook && available >= booking.seats ? available : 0
}

function detailOf(session: SessionView, formats: Formats): string {
  const dates = session.dates.slice(1).map(({ startsAt }) => formats.moment(startsAt))
  return [
    ...(dates.length > 0 ? [`and ${dates.join(', ')}`] : []),
    placeInWords(session),
    seatsLeftInWords(session.capacity),
  ].join(' · ')
}
