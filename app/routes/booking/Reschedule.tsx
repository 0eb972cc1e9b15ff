import { useQuery } from '@tanstack/react-query'
import { CalendarX2 } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../api.ts'
import { Alternatives, alternativesIn } from '../../components/Alternatives.tsx'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { monthOf } from '../../components/slot-picker/months.ts'
import { SlotPicker } from '../../components/slot-picker/SlotPicker.tsx'
import { type Failure, failureOf } from '../../failure.ts'
import { localDateIn } from '../../formats.ts'
import { newKey } from '../../new-key.ts'
import { useRootData } from '../../root-data.ts'
import { useView } from '../../view.tsx'
import { FromTo } from './FromTo.tsx'
import type { BookingView } from './route.tsx'
import { useChange } from './use-change.ts'

interface RescheduleProps {
  booking: BookingView
  token: string
  onClose: () => void
}

interface Picked {
  startsAt: string
  /** Null where that isn't known before asking. */
  instant: boolean | null
  key: string
}

/** Another time for the same booking: the picker, then one question. */
export default function Reschedule({ booking, token, onClose }: RescheduleProps) {
  const trpc = useTRPC()
  const { zone } = useView()
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1
  const { offer, coach, startsAt } = booking
  const found = useQuery(trpc.offers.get.queryOptions({ offer: offer.id }))
  const [month, setMonth] = useState(() => monthOf(localDateIn(startsAt, zone)))
  const [day, setDay] = useState<string | null>(null)
  const [picked, setPicked] = useState<Picked | null>(null)
  const [lost, setLost] = useState<Failure | null>(null)
  const move = useChange(token, onClose)

  const pick = (startsAt: string, instant: boolean | null) => {
    setLost(null)
    move.reset()
    setPicked({ startsAt, instant, key: newKey() })
  }
  const send = (to: Picked) =>
    move.mutate(
      bookings => bookings.reschedule.mutate({ token, startsAt: to.startsAt, idempotencyKey: to.key }),
      {
        onError(error) {
          const failure = failureOf(error)
          if (alternativesIn(failure).length > 0) setLost(failure)
        },
      },
    )

  return (
    <Dialog
      title={picked ? 'Move to this time?' : 'Choose another time'}
      width="wide"
      isOpen
      onClose={onClose}
      actions={
        picked && (
          <>
            <Button onPress={() => setPicked(null)}>Choose another time</Button>
            <Button
              variant="primary"
              isPending={move.isPending}
              isDisabled={lost !== null}
              onPress={() => send(picked)}
            >
              {sendWords(booking, picked)}
            </Button>
          </>
        )
      }
    >
      {picked ? (
        <>
          {lost && (
            <Alternatives
              message={lost.message}
              alternatives={alternativesIn(lost)}
              coaches={[coach]}
              onChoose={({ startsAt }) => pick(startsAt, null)}
              onOther={() => setPicked(null)}
            />
          )}
          <FromTo from={startsAt} to={picked.startsAt} />
          <p className="mt-4 text-muted">{whatHappens(booking, picked)}</p>
          {move.isError && !lost && (
            <Banner
              tone="bad"
              role="alert"
              className="mt-4"
              title={`Your ${booking.status === 'REQUESTED' ? 'request' : 'session'} wasn’t moved`}
            >
              {failureOf(move.error).message}
            </Banner>
          )}
        </>
      ) : found.isError ? (
        <Banner tone="bad" role="alert" title="The free times didn’t load">
          {failureOf(found.error).message}
        </Banner>
      ) : found.data ? (
        <SlotPicker
          offer={found.data}
          coachId={coach.id}
          month={month}
          day={day}
          nearDay={localDateIn(startsAt, zone)}
          weekStartsOn={weekStartsOn}
          seed={null}
          onMonth={to => {
            setMonth(to)
            setDay(null)
          }}
          onDay={to => {
            setDay(to)
            setMonth(monthOf(to))
          }}
          onPick={start => pick(start.startsAt, start.instant)}
          gate={(_, message) => (
            <EmptyState icon={CalendarX2} title="Times aren’t shown here">
              {message} Please write to {coach.name} instead.
            </EmptyState>
          )}
        />
      ) : (
        <Skeleton className="h-80 w-full rounded-control" />
      )}
    </Dialog>
  )
}

/** A confirmed session moves at once only where the new time could be booked at once. */
function sendWords({ status }: BookingView, { instant }: Picked): string {
  if (status === 'REQUESTED') return 'Move the request'
  return instant === false ? 'Ask to move' : 'Move the session'
}

function whatHappens(booking: BookingView, picked: Picked): string {
  const { coach, status } = booking
  if (status === 'REQUESTED') return `Your request moves to this time. ${coach.name} still has to say yes.`
  if (picked.instant === null) return `We’ll tell you at once whether ${coach.name} has to approve it.`
  return picked.instant
    ? `It moves at once, and the old time becomes free. ${coach.name} is told.`
    : `${coach.name} has to approve this time. Until then your session stays where it is.`
}
