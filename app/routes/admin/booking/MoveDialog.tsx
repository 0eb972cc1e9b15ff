import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { OfferPicker } from '../../../components/slot-picker/OfferPicker.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { failureOf } from '../../../failure.ts'
import { newKey } from '../../../new-key.ts'
import { zoneInWords } from '../../../zone.ts'
import type { Booking } from './route.tsx'
import { useBookingChange } from './use-booking-change.ts'

interface MoveDialogProps {
  booking: Booking
  onClose: () => void
}

interface Chosen {
  startsAt: string
  endsAt: string
  /** The same for every try at this time. */
  idempotencyKey: string
}

/** Moves a booking: first another free time, then a look at what changes. */
export function MoveDialog({ booking, onClose }: MoveDialogProps) {
  const { id, offer, coach, client } = booking
  const trpc = useTRPC()
  const { changed } = useBookingChange()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const move = useMutation(
    trpc.bookings.reschedule.mutationOptions({
      onSuccess(answer) {
        changed(answer, `Moved. ${client.name} is told by e-mail.`)
        onClose()
      },
    }),
  )

  return (
    <Dialog
      title={chosen ? 'Move the session?' : 'Choose another time'}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        chosen && (
          <>
            <Button onPress={() => setChosen(null)}>Other time</Button>
            <Button
              variant="primary"
              isPending={move.isPending}
              onPress={() =>
                move.mutate({ id, startsAt: chosen.startsAt, idempotencyKey: chosen.idempotencyKey })
              }
            >
              Move it
            </Button>
          </>
        )
      }
    >
      {move.error && (
        <Banner tone="bad" role="alert" className="mb-4" title="It wasn’t moved">
          {failureOf(move.error).message}
        </Banner>
      )}
      {chosen ? (
        <dl className="grid gap-4 sm:grid-cols-2">
          <When name="Now" startsAt={booking.startsAt} endsAt={booking.endsAt} booking={booking} />
          <When name="Then" startsAt={chosen.startsAt} endsAt={chosen.endsAt} booking={booking} />
          <p className="text-muted sm:col-span-2">
            {client.name} is told by e-mail, with a new calendar entry.
          </p>
        </dl>
      ) : (
        <OfferPicker
          offer={offer.id}
          coach={coach}
          near={booking.startsAt}
          isDecider
          onPick={({ startsAt, endsAt }) => {
            move.reset()
            setChosen({ startsAt, endsAt, idempotencyKey: newKey() })
          }}
        />
      )}
    </Dialog>
  )
}

interface WhenProps {
  name: string
  startsAt: string
  endsAt: string
  booking: Booking
}

function When({ name, startsAt, endsAt, booking: { coach, client } }: WhenProps) {
  const zones = [...new Set([coach.timeZone, client.timeZone])]
  return (
    <div className="rounded-control border border-line p-4">
      <dt className="text-sm text-muted">{name}</dt>
      {zones.map(zone => (
        <dd key={zone} className="mt-1">
          <span className="block font-medium">
            <Time at={startsAt} zone={zone} as="day" />, <TimeRange from={startsAt} to={endsAt} zone={zone} />
          </span>
          <span className="text-sm text-muted">{zoneInWords(zone)} time</span>
        </dd>
      ))}
    </div>
  )
}
