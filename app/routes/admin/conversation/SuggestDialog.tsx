import { useMutation } from '@tanstack/react-query'
import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { suggestedTimes } from '../../../components/conversation/conversation.ts'
import { Dialog } from '../../../components/Dialog.tsx'
import { OfferPicker } from '../../../components/slot-picker/OfferPicker.tsx'
import type { Start } from '../../../components/slot-picker/slots.ts'
import { TextField } from '../../../components/TextField.tsx'
import { Time } from '../../../components/Time.tsx'
import { failureOf } from '../../../failure.ts'
import { newKey } from '../../../new-key.ts'
import type { Booking } from '../booking/route.tsx'
import { useBookingChange } from '../booking/use-booking-change.ts'
import { type ChosenTime, ChosenTimes } from './ChosenTimes.tsx'

const most = 5

interface SuggestDialogProps {
  booking: Booking
  onClose: () => void
}

/** One to five other times for the client, each held until the client answers (034). */
export function SuggestDialog({ booking, onClose }: SuggestDialogProps) {
  const { id, client, coach, offer, startsAt, status } = booking
  const trpc = useTRPC()
  const { changed } = useBookingChange()
  const [times, setTimes] = useState<ChosenTime[]>([])
  const [message, setMessage] = useState('')
  /** The time that can't be had, of those that were sent. */
  const [lost, setLost] = useState('')
  const [key] = useState(newKey)
  const propose = useMutation(
    trpc.bookings.propose.mutationOptions({
      onSuccess(answer) {
        changed(answer, `${client.name} is told by e-mail, and the times are held meanwhile.`)
        onClose()
      },
      onError: error => setLost(String(failureOf(error).data.startsAt ?? '')),
    }),
  )
  const chosen = new Map(times.map((time, at) => [time.startsAt, `Suggestion ${at + 1}`]))

  function pick(start: Start) {
    propose.reset()
    if (chosen.has(start.startsAt)) setTimes(times.filter(time => time.startsAt !== start.startsAt))
    else if (times.length < most) setTimes([...times, { startsAt: start.startsAt, endsAt: start.endsAt }])
  }

  return (
    <Dialog
      title="Suggest other times"
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={onClose}>Don’t suggest</Button>
          <Button
            variant="primary"
            isPending={propose.isPending}
            isDisabled={times.length === 0}
            onPress={() =>
              propose.mutate({
                id,
                times: times.map(time => time.startsAt),
                ...(message.trim() && { message: message.trim() }),
                idempotencyKey: key,
              })
            }
          >
            {times.length < 2 ? 'Suggest this time' : `Suggest ${times.length} times`}
          </Button>
        </>
      }
    >
      <p className="mb-4">
        Choose one to five times, the best first. {client.name} takes one with a tap and is confirmed at once,
        without another answer from you.{' '}
        {status === 'REQUESTED' ? (
          <>
            The time asked for, <Time at={startsAt} className="font-medium" />, stays held as well.
          </>
        ) : (
          <>
            Until then the session stays on <Time at={startsAt} className="font-medium" />.
          </>
        )}
        {suggestedTimes(booking).length > 0 && ' They take the place of those you suggested before.'}
      </p>
      <OfferPicker offer={offer.id} coach={coach} near={startsAt} isDecider chosen={chosen} onPick={pick} />
      <section aria-label="Chosen times" className="mt-6 border-t border-line pt-5">
        <p role="status" className="mb-3 font-medium">
          {times.length === 0
            ? 'No time chosen yet'
            : times.length === most
              ? 'Five times chosen, the most there can be'
              : `${times.length} of up to five chosen`}
        </p>
        <ChosenTimes times={times} client={client} onChange={setTimes} />
        {times.length > 0 && <HowLongHeld times={times} booking={booking} />}
        <TextField
          label={`A message for ${client.name}`}
          className="mt-4"
          rows={3}
          maxLength={1000}
          value={message}
          onChange={setMessage}
        />
      </section>
      {propose.isError && (
        <Banner tone="bad" role="alert" className="mt-4" title="The times weren’t suggested">
          {lost && (
            <>
              <Time at={lost} className="font-medium" />:{' '}
            </>
          )}
          {failureOf(propose.error).message}
        </Banner>
      )}
    </Dialog>
  )
}

interface HowLongHeldProps {
  times: readonly ChosenTime[]
  booking: Booking
}

/** Until when the server would hold these times, if they were suggested now. */
function HowLongHeld({ times, booking: { client, startsAt } }: HowLongHeldProps) {
  const [now] = useState(Date.now)
  const until = times.map(time => heldFrom(now, Math.min(Date.parse(time.startsAt), Date.parse(startsAt))))
  const first = Math.min(...until)
  const last = Math.max(...until)
  return (
    <p className="mt-3 flex gap-2 text-sm text-muted">
      <Hourglass aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        Held for {client.name} until{' '}
        <Time at={new Date(last).toISOString()} className="font-medium text-ink" />
        {first < last && (
          <>
            , the one that starts first only until <Time at={new Date(first).toISOString()} />
          </>
        )}
        . Nobody else can book {times.length === 1 ? 'it' : 'them'} meanwhile; you can take{' '}
        {times.length === 1 ? 'it' : 'them'} back.
      </span>
    </p>
  )
}

const HOUR = 3_600_000

/** 48 hours, but never past an hour before what must be decided by then, or half the way to it (034). */
function heldFrom(now: number, start: number): number {
  return Math.min(now + 48 * HOUR, Math.max(start - HOUR, (now + start) / 2))
}
