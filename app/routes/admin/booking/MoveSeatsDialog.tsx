import { useMutation, useQuery } from '@tanstack/react-query'
import { CalendarX2 } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { failureOf } from '../../../failure.ts'
import { newKey } from '../../../new-key.ts'
import { useView } from '../../../view.tsx'
import { Loaded } from '../session/Loaded.tsx'
import type { Booking } from './route.tsx'
import { useBookingChange } from './use-booking-change.ts'

interface MoveSeatsDialogProps {
  booking: Booking
  onClose: () => void
}

/** Moves a booking's seats to another session of the same offer. */
export function MoveSeatsDialog({ booking, onClose }: MoveSeatsDialogProps) {
  const { id, offer, client, seats, mode, session } = booking
  const trpc = useTRPC()
  const { formats } = useView()
  const { changed } = useBookingChange()
  const [chosen, setChosen] = useState<{ sessionId: string; idempotencyKey: string } | null>(null)
  const list = useQuery(trpc.sessions.manage.list.queryOptions({ offerId: offer.id }))
  const move = useMutation(
    trpc.bookings.reschedule.mutationOptions({
      onSuccess(answer) {
        changed(answer, `Moved. ${client.name} is told by e-mail.`)
        onClose()
      },
    }),
  )
  const isOne = seats === 1

  return (
    <Dialog
      title={`Move ${isOne ? 'the seat' : `${seats} seats`} of ${client.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button
            variant="primary"
            isPending={move.isPending}
            isDisabled={!chosen}
            onPress={() => chosen && move.mutate({ id, ...chosen })}
          >
            {isOne ? 'Move it' : 'Move them'}
          </Button>
        </>
      }
    >
      {move.error && (
        <Banner tone="bad" role="alert" className="mb-4" title="Nothing was moved">
          {failureOf(move.error).message}
        </Banner>
      )}
      <Loaded query={list} what="The other dates">
        {({ sessions }) => {
          const others = sessions.filter(other => {
            const quota = other.seats.find(one => one.mode === mode)
            const isAhead = Date.parse(other.startsAt) > Date.now()
            return other.id !== session.id && other.state !== 'CANCELLED' && isAhead && quota
          })
          if (others.length === 0) {
            return (
              <EmptyState icon={CalendarX2} title="No other date to come">
                Make another session of {offer.title}, and the seats can move there.
              </EmptyState>
            )
          }
          return (
            <>
              <Radios
                label={<span className="sr-only">Another date</span>}
                choices={others.map(other => ({
                  id: other.id,
                  label: formats.moment(other.startsAt),
                  detail: `${other.seats.find(one => one.mode === mode)?.available ?? 0} free`,
                }))}
                value={chosen?.sessionId ?? ''}
                onChange={sessionId => {
                  move.reset()
                  setChosen({ sessionId, idempotencyKey: newKey() })
                }}
              />
              <p className="mt-4 text-muted">
                {client.name} is told by e-mail, with a new calendar entry. The price stays as it was booked.
              </p>
            </>
          )
        }}
      </Loaded>
    </Dialog>
  )
}
