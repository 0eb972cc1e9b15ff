import { Link } from '@remix-run/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { CircleX, Plus, UserCheck, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Badge, StatusBadge } from '../../../components/Badge.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { BookDialog } from './BookDialog.tsx'
import { Loaded } from './Loaded.tsx'
import { count, modeInWords, type Participant, type Session, seatsOf } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

/** Who comes, with how many, and how each booking stands. */
export function Participants({ session }: { session: Session }) {
  const trpc = useTRPC()
  const [isBooking, setBooking] = useState(false)
  const [cancelling, setCancelling] = useState<Participant | null>(null)
  const participants = useQuery(trpc.sessions.participants.queryOptions({ id: session.id }))
  const isOpen = session.state !== 'CANCELLED'
  const all = participants.data
  return (
    <Panel
      title="Participants"
      hint={all && `${count(all.length, 'booking')}, ${count(seatsOf(all), 'seat')}`}
      actions={
        isOpen && (
          <Button size="small" onPress={() => setBooking(true)}>
            <Plus aria-hidden="true" />
            Book a seat for a client
          </Button>
        )
      }
    >
      <Loaded query={participants} what="The participants">
        {list =>
          list.length === 0 ? (
            <EmptyState icon={UsersRound} title="Nobody has booked yet">
              Whoever books a seat appears here by itself.
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line">
              {list.map(participant => (
                <ParticipantRow
                  key={participant.bookingId}
                  participant={participant}
                  hasModes={session.seats.length > 1}
                  onCancel={isOpen ? () => setCancelling(participant) : undefined}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isBooking && <BookDialog session={session} onClose={() => setBooking(false)} />}
      {cancelling && <CancelSeatDialog participant={cancelling} onClose={() => setCancelling(null)} />}
    </Panel>
  )
}

interface ParticipantRowProps {
  participant: Participant
  hasModes: boolean
  onCancel: (() => void) | undefined
}

function ParticipantRow({ participant, hasModes, onCancel }: ParticipantRowProps) {
  const { bookingId, name, email, seats, mode, guests, status, checkIns, notes } = participant
  const present = new Set(checkIns.map(({ seat }) => seat)).size
  return (
    <li className="flex flex-wrap items-start gap-x-5 gap-y-2 py-3.5">
      <div className="min-w-48 flex-1">
        <Link to={`/admin/bookings/${bookingId}`} className="font-medium hover:underline">
          {name}
        </Link>
        <a href={`mailto:${email}`} className="block text-sm break-all text-muted hover:underline">
          {email}
        </a>
        {guests.length > 0 && <p className="text-sm text-muted">and {guests.filter(Boolean).join(', ')}</p>}
        {notes && <p className="mt-1 text-sm whitespace-pre-line">“{notes}”</p>}
      </div>
      <span className="tabular min-w-20 text-[0.9375rem]">
        {count(seats, 'seat')}
        {hasModes && <span className="block text-sm text-muted">{modeInWords(mode)}</span>}
      </span>
      <span className="flex flex-wrap items-center gap-1.5">
        <StatusBadge status={status} />
        {present > 0 && (
          <Badge tone="good" icon={UserCheck}>
            {seats === 1 ? 'Checked in' : `${present} of ${seats} checked in`}
          </Badge>
        )}
      </span>
      {onCancel && (
        <Button
          variant="quiet"
          size="small"
          className="ml-auto"
          aria-label={`Cancel the booking of ${name}`}
          onPress={onCancel}
        >
          <CircleX aria-hidden="true" />
        </Button>
      )}
    </li>
  )
}

function CancelSeatDialog({ participant, onClose }: { participant: Participant; onClose: () => void }) {
  const { bookingId, name, seats } = participant
  const trpc = useTRPC()
  const { changed, refused } = useSessionChange()
  const [reason, setReason] = useState('')
  const cancel = useMutation(
    trpc.bookings.cancel.mutationOptions({
      onSuccess: () => changed(`Cancelled. ${name} is told by e-mail.`),
      onError: refused,
      onSettled: onClose,
    }),
  )
  return (
    <Dialog
      role="alertdialog"
      title={`Cancel the booking of ${name}?`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button
            variant="danger"
            isPending={cancel.isPending}
            onPress={() => cancel.mutate({ id: bookingId, reason: reason.trim() })}
          >
            Cancel the booking
          </Button>
        </>
      }
    >
      <p className="mb-4">
        {name} is told by e-mail. {seats === 1 ? 'The seat is' : `The ${seats} seats are`} free for others at
        once.
      </p>
      <TextField
        label="Reason for your client"
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
    </Dialog>
  )
}
