import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Time } from '../../../components/Time.tsx'
import type { Booking } from '../booking/route.tsx'
import { useBookingChange } from '../booking/use-booking-change.ts'

/** What the client was asked and answered; what is still open can be taken back. `isBrief` shows the last one only. */
export function Questions({ booking, isBrief }: { booking: Booking; isBrief?: boolean }) {
  const { id, client, can, questions } = booking
  const trpc = useTRPC()
  const { changed, refused } = useBookingChange()
  const withdraw = useMutation(
    trpc.bookings.withdrawQuestion.mutationOptions({
      onSuccess: answer => changed(answer, 'The question is taken back. It’s your turn again.'),
      onError: error => refused(id, error),
    }),
  )
  const shown = isBrief ? questions.slice(-1) : questions
  if (shown.length === 0) return null
  return (
    <ul aria-label={`Questions to ${client.name}`} className="flex flex-col gap-3">
      {shown.map(({ question, askedAt, answerBy, answer }, index) => {
        const isOpen = can.withdrawQuestion && index === shown.length - 1
        return (
          <li key={askedAt} className="rounded-control bg-sunken p-4">
            <p className="text-sm text-muted">
              Asked <Time at={askedAt} />
            </p>
            <p className="whitespace-pre-line">{question}</p>
            {answer ? (
              <>
                <p className="mt-2 text-sm text-muted">{client.name} answered</p>
                <p className="font-medium whitespace-pre-line">{answer}</p>
              </>
            ) : (
              <p className="mt-2 text-sm text-muted">
                {isOpen && answerBy ? (
                  <>
                    No answer yet. {client.name} has until <Time at={answerBy} />; then it’s your turn again.
                  </>
                ) : (
                  'Not answered.'
                )}
              </p>
            )}
            {isOpen && (
              <Button
                size="small"
                className="mt-3"
                isPending={withdraw.isPending}
                onPress={() => withdraw.mutate({ id })}
              >
                Take the question back
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
