import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { Time } from '../../components/Time.tsx'
import { failureOf } from '../../failure.ts'
import type { BookingView } from './route.tsx'
import { useChange } from './use-change.ts'

interface PendingMoveProps {
  booking: BookingView
  token: string
}

/** A new time that waits for the coach, or was turned down; the old time stands meanwhile. */
export function PendingMove({ booking, token }: PendingMoveProps) {
  const { move, coach, startsAt, can } = booking
  const withdraw = useChange(token)
  if (!move || (!can.reschedule && move.status !== 'pending')) return null

  if (move.status === 'declined') {
    return (
      <Banner tone="bad" title={`${coach.name} can’t make the new time`}>
        {move.reason && <p>“{move.reason}”</p>}
        Your session stays on <Time at={startsAt} />.
      </Banner>
    )
  }
  if (move.status !== 'pending') return null
  return (
    <Banner
      tone="wait"
      role="status"
      title="A new time waits for approval"
      actions={
        can.withdrawMove && (
          <Button
            size="small"
            isPending={withdraw.isPending}
            onPress={() => withdraw.mutate(bookings => bookings.withdrawMove.mutate({ token }))}
          >
            Keep the old time
          </Button>
        )
      }
    >
      You asked to move to <Time at={move.startsAt} className="font-semibold" />. Until {coach.name} says yes
      {move.answerBy && (
        <>
          {' '}
          (by <Time at={move.answerBy} />)
        </>
      )}
      , your session stays on <Time at={startsAt} />.
      {withdraw.isError && <p className="mt-1 font-medium text-bad">{failureOf(withdraw.error).message}</p>}
    </Banner>
  )
}
