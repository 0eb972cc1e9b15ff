import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { heldUntil, suggestedTimes } from '../../../components/conversation/conversation.ts'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import type { Booking } from '../booking/route.tsx'
import { useBookingChange } from '../booking/use-booking-change.ts'

/** The times that were suggested and are held for the client, until when, and the way to take them back. */
export function Suggestions({ booking }: { booking: Booking }) {
  const { id, client, can } = booking
  const trpc = useTRPC()
  const { zone } = useView()
  const { changed, refused } = useBookingChange()
  const withdraw = useMutation(
    trpc.bookings.withdrawProposals.mutationOptions({
      onSuccess: answer => changed(answer, 'The suggestions are taken back, and the times are free again.'),
      onError: error => refused(id, error),
    }),
  )
  const times = suggestedTimes(booking)
  const until = heldUntil(times)
  if (times.length === 0) return null
  return (
    <section aria-label={`Suggested to ${client.name}`} className="rounded-control bg-sunken p-4">
      <p className="font-medium">You suggested to {client.name}</p>
      <ol className="mt-1 list-decimal pl-5">
        {times.map(({ id, startsAt, endsAt }) => (
          <li key={id}>
            <Time at={startsAt} as="shortDay" />, <TimeRange from={startsAt} to={endsAt} />
          </li>
        ))}
      </ol>
      <p className="mt-1 text-sm text-muted">
        {zoneInWords(zone)} time.
        {until && (
          <>
            {' '}
            Held for {client.name} until <Time at={until} />.
          </>
        )}
      </p>
      {can.withdrawProposals && (
        <Button
          size="small"
          className="mt-3"
          isPending={withdraw.isPending}
          onPress={() => withdraw.mutate({ id })}
        >
          Take {times.length === 1 ? 'it' : 'them'} back
        </Button>
      )}
    </section>
  )
}
