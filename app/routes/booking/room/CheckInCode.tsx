import { CircleCheck, QrCode } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import type { Room } from './use-room.ts'

type Seat = Room['seats'][number]

/** The code that staff scan at the door: one for each seat, as large as the phone allows. */
export function CheckInCode({ seats, dates }: { seats: readonly Seat[]; dates: number }) {
  const [isOpen, setOpen] = useState(false)
  const isIn = (seat: Seat) => seat.checkedIn.length >= dates
  const arrived = seats.filter(isIn).length
  return (
    <Card as="section" className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 p-5 sm:px-6">
      <div className="min-w-0">
        <h2 className="text-lg">At the door</h2>
        <p className="mt-0.5 text-sm text-muted">
          {arrived === seats.length ? (
            <span className="inline-flex items-center gap-1.5 font-medium text-good">
              <CircleCheck aria-hidden="true" className="size-4" />
              {seats.length === 1 ? 'You’re checked in' : 'All of you are checked in'}
            </span>
          ) : seats.length === 1 ? (
            'Show this code to be checked in.'
          ) : (
            `Show these codes to be checked in, one for each of you.`
          )}
        </p>
      </div>
      {arrived < seats.length && (
        <Button onPress={() => setOpen(true)}>
          <QrCode aria-hidden="true" />
          {seats.length === 1 ? 'Show the code' : 'Show the codes'}
        </Button>
      )}
      <Codes seats={seats} isIn={isIn} isOpen={isOpen} onClose={() => setOpen(false)} />
    </Card>
  )
}

interface CodesProps {
  seats: readonly Seat[]
  isIn: (seat: Seat) => boolean
  isOpen: boolean
  onClose: () => void
}

/** One code at a time, so that none is scanned for another; first the one that is needed next. */
function Codes({ seats, isIn, isOpen, onClose }: CodesProps) {
  const [chosen, choose] = useState<number | null>(null)
  const next = seats.findIndex(seat => !isIn(seat))
  const at = chosen ?? Math.max(0, next)
  const seat = seats[at]
  if (!seat) return null
  return (
    <Dialog
      title="Check-in"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        seats.length > 1 && (
          <div className="flex items-center justify-between gap-3 sm:w-full">
            <Button isDisabled={at === 0} onPress={() => choose(at - 1)}>
              Previous
            </Button>
            <span className="text-sm text-muted">
              {at + 1} of {seats.length}
            </span>
            <Button isDisabled={at === seats.length - 1} onPress={() => choose(at + 1)}>
              Next
            </Button>
          </div>
        )
      }
    >
      <div aria-live="polite" className="flex flex-col items-center gap-2 text-center">
        <img
          src={seat.checkInQr}
          alt={`Check-in code of ${nameOf(seat)}`}
          className="aspect-square w-full max-w-80 rounded-control bg-white"
        />
        <p className="text-lg font-medium">{nameOf(seat)}</p>
        {isIn(seat) && (
          <p className="inline-flex items-center gap-1.5 font-medium text-good">
            <CircleCheck aria-hidden="true" className="size-5" />
            Checked in
          </p>
        )}
      </div>
    </Dialog>
  )
}

function nameOf({ seat, name }: Seat): string {
  return name ?? `Guest ${seat - 1}`
}
