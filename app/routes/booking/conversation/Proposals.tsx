import { useSearchParams } from '@remix-run/react'
import { useQueryClient } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { heldUntil, suggestedTimes } from '../../../components/conversation/conversation.ts'
import { Spinner } from '../../../components/Spinner.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { TimeLeft } from '../../../components/TimeLeft.tsx'
import { failureOf } from '../../../failure.ts'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import type { BookingView } from '../route.tsx'
import { useChange } from '../use-change.ts'

const NoneFitsDialog = lazy(() => import('./NoneFitsDialog.tsx'))

interface ProposalsProps {
  booking: BookingView
  token: string
  /** Called once a time was taken: the booking is confirmed. */
  onAccepted: () => void
  /** Called once all of them were turned down. */
  onDeclined: () => void
}

/** The times the coach suggests, each held and taken with one tap (034). */
export function Proposals({ booking, token, onAccepted, onDeclined }: ProposalsProps) {
  const { coach, startsAt, status, can } = booking
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { zone, formats } = useView()
  const [params] = useSearchParams()
  /** The one whose link in the mail was followed. */
  const meant = params.get('proposal')
  const [taking, setTaking] = useState<string | null>(null)
  const [isDeclining, setDeclining] = useState(false)
  const accept = useChange(token, onAccepted)
  const times = can.acceptProposal ? suggestedTimes(booking) : []
  const until = heldUntil(times)
  if (times.length === 0) return null

  function take(proposalId: string) {
    if (accept.isPending) return
    setTaking(proposalId)
    accept.mutate(bookings => bookings.acceptProposal.mutate({ token, proposalId }), {
      // What stands in the way has changed the booking: the page must not go on showing the old one.
      onError: () => void queryClient.invalidateQueries({ queryKey: trpc.bookings.get.queryKey({ token }) }),
    })
  }

  return (
    <Card as="section" className="border-accent-line p-5 sm:p-6">
      <h2 className="text-lg wrap-anywhere">
        {status === 'REQUESTED'
          ? times.length === 1
            ? 'Does this time suit you?'
            : 'Which time suits you?'
          : `${coach.name} suggests ${times.length === 1 ? 'another time' : 'other times'}`}
      </h2>
      <p className="mt-1">
        With one tap {times.length === 1 ? 'it' : 'a time'} is yours, confirmed at once.{' '}
        {status === 'REQUESTED' ? (
          <>
            The time you asked for, <Time at={startsAt} />, becomes free for others.
          </>
        ) : (
          <>
            Your session moves there; until then it stays on <Time at={startsAt} />.
          </>
        )}
      </p>
      {times[0]!.message && (
        <blockquote className="mt-3 rounded-control bg-sunken px-4 py-3 whitespace-pre-line wrap-anywhere">
          {times[0]!.message}
        </blockquote>
      )}
      {accept.isError && (
        <Banner tone="bad" role="alert" className="mt-4" title="This time couldn’t be taken">
          {failureOf(accept.error).message}
        </Banner>
      )}
      <ul className="mt-4 flex flex-col gap-2.5">
        {times.map(time => (
          <li key={time.id}>
            <AriaButton
              onPress={() => take(time.id)}
              autoFocus={time.id === meant}
              isDisabled={accept.isPending}
              className="flex min-h-18 w-full cursor-pointer items-center justify-between gap-3 rounded-control border border-accent-line bg-accent-soft/60 px-4 py-3 text-left transition-colors hover:border-accent-ink hover:bg-accent-soft disabled:cursor-default disabled:opacity-70 data-meant:border-2 data-meant:border-accent-ink"
              data-meant={time.id === meant || undefined}
            >
              <span className="min-w-0">
                <span className="block text-lg font-semibold">
                  <Time at={time.startsAt} as="shortDay" />
                </span>
                <span className="tabular block">
                  <TimeRange from={time.startsAt} to={time.endsAt} />
                </span>
                {time.id === meant && (
                  <span className="block text-sm text-muted">The one you chose in the mail</span>
                )}
              </span>
              <span className="inline-flex min-h-11 shrink-0 items-center gap-2 rounded-control bg-accent px-4 font-medium text-accent-text">
                {accept.isPending && taking === time.id ? (
                  <Spinner />
                ) : (
                  <Check aria-hidden="true" className="size-[1.125rem]" />
                )}
                Accept
              </span>
            </AriaButton>
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-sm text-muted" suppressHydrationWarning>
          Times in {zoneInWords(zone)} ({formats.offset(times[0]!.startsAt)})
        </p>
        {until && <TimeLeft until={until} words="Held for you until" />}
      </div>
      {can.declineProposals && (
        <div className="mt-4 border-t border-line pt-4">
          <Button onPress={() => setDeclining(true)}>
            {times.length === 1 ? 'It doesn’t fit' : 'None of these fits'}
          </Button>
        </div>
      )}
      <Suspense>
        {isDeclining && (
          <NoneFitsDialog
            booking={booking}
            token={token}
            onClose={() => setDeclining(false)}
            onDeclined={onDeclined}
          />
        )}
      </Suspense>
    </Card>
  )
}
