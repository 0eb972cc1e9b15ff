import { Link } from '@remix-run/react'
import { Check, Link2, MessageSquareText, MoveRight, X } from 'lucide-react'
import { forwardRef } from 'react'
import type { Outputs } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Button } from '../../../components/Button.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { TimeLeft } from '../../../components/TimeLeft.tsx'
import { durationInWords } from '../../../formats.ts'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import { coachReasons } from '../coach-reasons.ts'

export type Request = Outputs['bookings']['requests']['bookings'][number]

interface RequestCardProps {
  request: Request
  /** Whether the coach must be named, since there are several. */
  namesCoach: boolean
  onApprove: () => void
  onDecline: () => void
}

/** One request with what is needed to decide on it, and the two answers. Focusable, for j and k. */
export const RequestCard = forwardRef<HTMLLIElement, RequestCardProps>(function RequestCard(
  { request, namesCoach, onApprove, onDecline },
  ref,
) {
  const { zone } = useView()
  const { id, client, offer, coach, move, decision, clientNotes, can } = request
  const answerBy = move?.answerBy ?? request.answerBy
  const heading = `request-${id}`
  return (
    <li
      ref={ref}
      tabIndex={-1}
      aria-labelledby={heading}
      data-request={id}
      className="rounded-card border border-line bg-surface p-5 shadow-card outline-offset-2 focus:outline-2 focus:outline-accent-ink sm:p-6"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={heading} className="text-lg">
          <Link to={`/admin/bookings/${id}`} className="hover:underline">
            {client.name}
          </Link>
        </h2>
        {client.connectionStatus === 'connected' ? (
          <Badge tone="good" icon={Link2}>
            Connected
          </Badge>
        ) : (
          <Badge>Not connected</Badge>
        )}
      </div>
      <p className="text-muted">
        {offer.title}, {durationInWords(request.durationMinutes)}
        {request.seats > 1 && `, ${request.seats} seats`}
        {namesCoach && ` with ${coach.name}`}
      </p>

      {move ? (
        <MoveWords request={request} move={move} />
      ) : (
        <p className="mt-3 text-lg font-medium">
          <Time at={request.startsAt} as="day" />, <TimeRange from={request.startsAt} to={request.endsAt} />
          <ZoneName zone={zone} />
        </p>
      )}
      {client.timeZone !== zone && (
        <p className="text-sm text-muted">
          For {client.name}: <Time at={move?.startsAt ?? request.startsAt} zone={client.timeZone} />{' '}
          <ZoneName zone={client.timeZone} />
        </p>
      )}

      <p className="mt-3 text-[0.9375rem]">
        {move ? `${client.name} was told: ${move.sentence}` : coachReasons(decision.trace)}
      </p>
      {clientNotes && (
        <p className="mt-2 flex gap-2 text-[0.9375rem]">
          <MessageSquareText aria-hidden="true" className="mt-1 size-4 shrink-0 text-muted" />
          <span className="min-w-0 whitespace-pre-line">{clientNotes}</span>
        </p>
      )}

      <div className="mt-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        {answerBy ? <TimeLeft until={answerBy} /> : <span />}
        <div className="flex w-full gap-2 sm:w-auto">
          <Button
            className="flex-1"
            onPress={onDecline}
            isDisabled={!can.decline}
            aria-label={`Decline ${client.name}`}
          >
            <X aria-hidden="true" />
            Decline
          </Button>
          <Button
            variant="primary"
            className="flex-1"
            onPress={onApprove}
            isDisabled={!can.approve}
            aria-label={`Approve ${client.name}`}
          >
            <Check aria-hidden="true" />
            Approve
          </Button>
        </div>
      </div>
    </li>
  )
})

function MoveWords({ request, move }: { request: Request; move: NonNullable<Request['move']> }) {
  const { zone } = useView()
  return (
    <p className="mt-3">
      <span className="text-muted">Would like to move from </span>
      <s className="text-muted">
        <Time at={request.startsAt} />
      </s>
      <span className="text-muted"> to </span>
      <MoveRight aria-hidden="true" className="mr-1 inline size-4 text-wait" />
      <strong className="text-lg font-medium">
        <Time at={move.startsAt} as="day" />, <TimeRange from={move.startsAt} to={move.endsAt} />
      </strong>
      <ZoneName zone={zone} />
    </p>
  )
}

function ZoneName({ zone }: { zone: string }) {
  return <span className="text-sm font-normal text-muted"> {zoneInWords(zone)} time</span>
}
