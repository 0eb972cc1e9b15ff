import { Link } from '@remix-run/react'
import { useMutation } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { NumberField } from '../../../components/NumberField.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { type Failure, failureOf } from '../../../failure.ts'
import { count, modeInWords, type Session } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

type Quota = Session['seats'][number]

/** The seats of each quota: taken, held, free; and the way to have more or fewer (269). */
export function Seats({ session }: { session: Session }) {
  const [changing, setChanging] = useState<Quota | null>(null)
  return (
    <Panel title="Seats">
      <ul className="flex flex-col gap-4">
        {session.seats.map(quota => (
          <li key={quota.mode} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <div className="min-w-0 flex-1">
              {session.seats.length > 1 && <p className="font-medium">{modeInWords(quota.mode)}</p>}
              <p className="tabular">
                {quota.booked} of {quota.total} taken
                <span className="text-muted">
                  {quota.held > 0 && `, ${quota.held} held`}, {quota.available} free
                </span>
              </p>
              <Bar quota={quota} />
            </div>
            {session.state !== 'CANCELLED' && (
              <Button
                size="small"
                aria-label={`Change ${modeInWords(quota.mode).toLowerCase()}`}
                onPress={() => setChanging(quota)}
              >
                <Pencil aria-hidden="true" />
                Change
              </Button>
            )}
          </li>
        ))}
      </ul>
      {changing && <CapacityDialog session={session} quota={changing} onClose={() => setChanging(null)} />}
    </Panel>
  )
}

function Bar({ quota: { total, booked, held } }: { quota: Quota }) {
  const share = (seats: number) => `${Math.min(100, (seats / total) * 100)}%`
  return (
    <span aria-hidden="true" className="mt-1.5 flex h-2 overflow-hidden rounded-full bg-sunken">
      <span className="bg-accent-ink" style={{ width: share(booked) }} />
      <span className="bg-accent-line" style={{ width: share(held) }} />
    </span>
  )
}

interface CapacityDialogProps {
  session: Session
  quota: Quota
  onClose: () => void
}

interface InTheWay {
  id: string
  name: string
  seats: number
}

function CapacityDialog({ session, quota, onClose }: CapacityDialogProps) {
  const trpc = useTRPC()
  const { changed } = useSessionChange()
  const [capacity, setCapacity] = useState<number | null>(quota.total)
  const [failure, setFailure] = useState<Failure | null>(null)
  const set = useMutation(
    trpc.sessions.manage.setCapacity.mutationOptions({
      onSuccess() {
        void changed('The seats are changed.')
        onClose()
      },
      onError: error => setFailure(failureOf(error)),
    }),
  )
  const taken = quota.booked + quota.held
  const bookings = (failure?.data.bookings ?? []) as InTheWay[]
  return (
    <Dialog
      title={session.seats.length > 1 ? `${modeInWords(quota.mode)}: how many seats?` : 'How many seats?'}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button
            variant="primary"
            isPending={set.isPending}
            isDisabled={capacity === null || capacity === quota.total}
            onPress={() => set.mutate({ id: session.id, mode: quota.mode, capacity: capacity ?? 0 })}
          >
            Save
          </Button>
        </>
      }
    >
      <NumberField
        label="Seats"
        steppers
        minValue={1}
        maxValue={1000}
        value={capacity}
        onChange={next => {
          setCapacity(next)
          setFailure(null)
        }}
      />
      <p aria-live="polite" className="mt-3 text-muted">
        {failure
          ? ''
          : capacity === null || capacity === quota.total
            ? `${count(taken, 'seat')} ${taken === 1 ? 'is' : 'are'} taken or held now.`
            : capacity > quota.total
              ? `${count(capacity - quota.total, 'more seat')} can be booked at once.`
              : capacity >= taken
                ? `${count(capacity - taken, 'seat')} would stay free. No booking changes.`
                : `That is less than the ${taken} taken or held. Cancel bookings first.`}
      </p>
      {failure && (
        <Banner tone="bad" role="alert" className="mt-4" title={failure.message}>
          {bookings.length > 0 && (
            <ul className="mt-1 flex flex-col gap-1">
              {bookings.map(({ id, name, seats }) => (
                <li key={id}>
                  <Link to={`/admin/bookings/${id}`} className="text-accent-ink underline">
                    {name}
                  </Link>
                  , {count(seats, 'seat')}
                </li>
              ))}
            </ul>
          )}
        </Banner>
      )}
    </Dialog>
  )
}
