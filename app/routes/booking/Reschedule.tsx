import { useState } from 'react'
import { Alternatives, alternativesIn } from '../../components/Alternatives.tsx'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { OfferPicker } from '../../components/slot-picker/OfferPicker.tsx'
import { type Failure, failureOf } from '../../failure.ts'
import { newKey } from '../../new-key.ts'
import { FromTo } from './FromTo.tsx'
import { LateMove, lateMoveOf } from './LateMove.tsx'
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
  const { offer, coach, startsAt } = booking
  const [picked, setPicked] = useState<Picked | null>(null)
  const [lost, setLost] = useState<Failure | null>(null)
  const move = useChange(token, onClose)

  const pick = (startsAt: string, instant: boolean | null) => {
    setLost(null)
    move.reset()
    setPicked({ startsAt, instant, key: newKey() })
  }
  const late = lateMoveOf(booking)
  const send = (to: Picked) =>
    move.mutate(
      bookings =>
        bookings.reschedule.mutate({
          token,
          startsAt: to.startsAt,
          agreedFeeMinor: late?.feeMinor ?? 0,
          idempotencyKey: to.key,
        }),
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
      <LateMove booking={booking} />
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
      ) : (
        late?.outcome !== 'refuse' && (
          <OfferPicker
            offer={offer.id}
            coach={coach}
            near={startsAt}
            onPick={start => pick(start.startsAt, late?.outcome === 'ask' ? false : start.instant)}
          />
        )
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
