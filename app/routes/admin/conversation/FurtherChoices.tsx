import { useMutation } from '@tanstack/react-query'
import { Check, CircleX } from 'lucide-react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { furtherChoices } from '../../../components/conversation/conversation.ts'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import type { Booking } from '../booking/route.tsx'
import { useBookingChange } from '../booking/use-booking-change.ts'

/** By position: the first choice is the time of the booking itself. */
const ranks = ['', 'First choice', 'Second choice', 'Third choice']

/** The client's second and third choice: one tap approves one in place of the first. They aren't held. */
export function FurtherChoices({ booking }: { booking: Booking }) {
  const { id, client, can } = booking
  const trpc = useTRPC()
  const { zone, formats } = useView()
  const { changed, refused } = useBookingChange()
  const approve = useMutation(
    trpc.bookings.approve.mutationOptions({
      onSuccess: answer => changed(answer, `Approved. ${client.name} gets a confirmation by e-mail.`),
      onError: error => refused(id, error),
    }),
  )
  const choices = furtherChoices(booking)
  if (choices.length === 0) return null
  return (
    <ol aria-label={`Other times that suit ${client.name}`} className="flex flex-col gap-2">
      {choices.map(({ id: proposalId, startsAt, endsAt, position, isFree }) => (
        <li
          key={proposalId}
          className={`flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-control border border-line py-2 pr-2 pl-4 ${isFree === false ? 'bg-sunken text-muted' : ''}`}
        >
          <span className="min-w-0">
            <span className="block text-sm text-muted">{ranks[position]}</span>
            <span className={isFree === false ? 'line-through' : 'font-medium'}>
              <Time at={startsAt} as="shortDay" />, <TimeRange from={startsAt} to={endsAt} />
            </span>
            <span className="text-sm text-muted"> {zoneInWords(zone)} time</span>
          </span>
          {isFree === false ? (
            <span className="flex items-center gap-1.5 pr-2 text-sm font-medium">
              <CircleX aria-hidden="true" className="size-4" />
              Taken meanwhile
            </span>
          ) : (
            <Button
              size="small"
              isDisabled={!can.approve}
              isPending={approve.isPending && approve.variables.proposalId === proposalId}
              aria-label={`Approve this time: ${formats.moment(startsAt)} for ${client.name}`}
              onPress={() => approve.mutate({ id, proposalId })}
            >
              <Check aria-hidden="true" />
              Approve this time
            </Button>
          )}
        </li>
      ))}
    </ol>
  )
}
