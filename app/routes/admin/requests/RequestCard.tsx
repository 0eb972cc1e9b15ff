import { Link } from '@remix-run/react'
import {
  CalendarSearch,
  Check,
  Link2,
  MessageCircleQuestion,
  MessageSquareText,
  MoveRight,
  X,
} from 'lucide-react'
import { forwardRef } from 'react'
import type { Outputs } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Button } from '../../../components/Button.tsx'
import { Spinner } from '../../../components/Spinner.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { TimeLeft } from '../../../components/TimeLeft.tsx'
import { durationInWords } from '../../../formats.ts'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import { coachReasons } from '../coach-reasons.ts'
import { FurtherChoices } from '../conversation/FurtherChoices.tsx'
import { Questions } from '../conversation/Questions.tsx'
import { Rivals } from '../conversation/Rivals.tsx'
import { StateBadges } from '../conversation/StateBadges.tsx'
import { Suggestions } from '../conversation/Suggestions.tsx'

export type Request = Outputs['bookings']['requests']['bookings'][number]

interface RequestCardProps {
  request: Request
  /** Whether the coach must be named, since there are several. */
  namesCoach: boolean
  isSelected: boolean
  /** An answer to it that is about to be sent, together with others. */
  answering: 'approve' | 'decline' | null
  onSelect: (asRange: boolean) => void
  onApprove: () => void
  onDecline: () => void
  onSuggest: () => void
  onAsk: () => void
}

/** One request with what is needed to decide on it, and the answers. Focusable, for j and k. */
export const RequestCard = forwardRef<HTMLLIElement, RequestCardProps>(function RequestCard(props, ref) {
  const { request, namesCoach, isSelected, answering, onSelect } = props
  const { zone } = useView()
  const { id, client, offer, coach, move, decision, clientNotes } = request
  const heading = `request-${id}`
  return (
    <li
      ref={ref}
      tabIndex={-1}
      aria-labelledby={heading}
      data-request={id}
      className={`rounded-card border bg-surface p-5 shadow-card outline-offset-2 focus:outline-2 focus:outline-accent-ink sm:p-6 ${isSelected ? 'border-accent-ink' : 'border-line'}`}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label className="-m-2.5 flex size-11 shrink-0 cursor-pointer items-center justify-center">
          <span className="sr-only">Select {client.name}</span>
          <input
            type="checkbox"
            checked={isSelected}
            disabled={answering !== null}
            onChange={({ nativeEvent }) => onSelect((nativeEvent as MouseEvent).shiftKey)}
            className="size-5 cursor-pointer accent-accent-ink"
          />
        </label>
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
        <StateBadges booking={request} />
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
      <div className="not-empty:mt-2">
        <Rivals booking={request} />
      </div>

      <p className="mt-3 text-[0.9375rem]">
        {move ? `${client.name} was told: ${move.sentence}` : coachReasons(decision.trace)}
      </p>
      {clientNotes && (
        <p className="mt-2 flex gap-2 text-[0.9375rem]">
          <MessageSquareText aria-hidden="true" className="mt-1 size-4 shrink-0 text-muted" />
          <span className="min-w-0 whitespace-pre-line">{clientNotes}</span>
        </p>
      )}
      <div className="flex flex-col gap-3 not-empty:mt-4">
        <FurtherChoices booking={request} />
        <Suggestions booking={request} />
        <Questions booking={request} isBrief />
      </div>

      {answering ? (
        <p className="mt-4 flex min-h-11 items-center gap-2 font-medium text-muted">
          <Spinner />
          {answering === 'approve' ? 'About to be approved' : 'About to be declined'}
        </p>
      ) : (
        <CardActions {...props} />
      )}
    </li>
  )
})

function CardActions({ request, onApprove, onDecline, onSuggest, onAsk }: RequestCardProps) {
  const { can, client, move, awaiting } = request
  const answerBy = move?.answerBy ?? request.answerBy
  return (
    <>
      {answerBy && (move || awaiting === 'coach') && (
        <p className="mt-4">
          <TimeLeft until={answerBy} />
        </p>
      )}
      <div className="mt-3 flex flex-col-reverse gap-x-4 gap-y-2 sm:flex-row sm:flex-wrap sm:items-center sm:justify-between">
        <div className="-mx-3 flex flex-wrap gap-x-1 max-sm:justify-between max-sm:[&_svg]:hidden sm:mr-0">
          {can.propose && (
            <Button
              variant="quiet"
              size="small"
              onPress={onSuggest}
              aria-label={`Suggest other times to ${client.name}`}
            >
              <CalendarSearch aria-hidden="true" />
              Suggest other times
            </Button>
          )}
          {can.ask && (
            <Button
              variant="quiet"
              size="small"
              onPress={onAsk}
              aria-label={`Ask a question of ${client.name}`}
            >
              <MessageCircleQuestion aria-hidden="true" />
              Ask a question
            </Button>
          )}
        </div>
        <div className="flex w-full gap-2 sm:w-auto">
          <Button
            className="flex-1 whitespace-nowrap sm:flex-none"
            onPress={onDecline}
            isDisabled={!can.decline}
            aria-label={`Decline ${client.name}`}
          >
            <X aria-hidden="true" />
            Decline
          </Button>
          <Button
            variant="primary"
            className="flex-1 whitespace-nowrap sm:flex-none"
            onPress={onApprove}
            isDisabled={!can.approve}
            aria-label={`Approve ${client.name}`}
          >
            <Check aria-hidden="true" />
            Approve
          </Button>
        </div>
      </div>
    </>
  )
}

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
