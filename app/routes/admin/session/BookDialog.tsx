import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { NumberField } from '../../../components/NumberField.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { newKey } from '../../../new-key.ts'
import { errorAt, type Problem, problemsOf } from '../problems.ts'
import { modeInWords, type Session } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

interface BookDialogProps {
  session: Session
  onClose: () => void
}

/** The coach's side books seats for a client: confirmed at once, even where clients can't book any more. */
export function BookDialog({ session, onClose }: BookDialogProps) {
  const trpc = useTRPC()
  const { changed } = useSessionChange()
  const [key] = useState(newKey)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [seats, setSeats] = useState<number | null>(1)
  const [mode, setMode] = useState(session.seats[0]!.mode)
  const [guests, setGuests] = useState<string[]>([])
  const [problems, setProblems] = useState<Problem[]>([])
  const quota = session.seats.find(one => one.mode === mode)
  const hasModes = session.seats.length > 1
  const book = useMutation(
    trpc.bookings.bookFor.mutationOptions({
      onSuccess() {
        void changed(`Booked. ${name.trim()} gets a confirmation by e-mail.`)
        onClose()
      },
      onError: error => setProblems(problemsOf(error)),
    }),
  )

  function send() {
    if (name.trim() === '') return setProblems([{ field: 'client.name', message: 'Say who it is for.' }])
    if (email.trim() === '')
      return setProblems([{ field: 'client.email', message: 'The confirmation needs an address.' }])
    book.mutate({
      sessionId: session.id,
      seats: seats ?? 1,
      ...(hasModes && { mode }),
      guests: guests
        .slice(0, (seats ?? 1) - 1)
        .map(guest => guest.trim())
        .filter(Boolean),
      client: { name: name.trim(), email: email.trim(), timeZone: session.timeZone },
      idempotencyKey: key,
    })
  }

  const named = ['client.name', 'client.email', 'seats', 'mode', 'guests']
  const other = problems.find(({ field }) => !named.some(at => field.startsWith(at)))
  return (
    <Dialog
      title="Book a seat for a client"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" isPending={book.isPending} onPress={send}>
            Book
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {other && (
          <Banner tone="bad" role="alert">
            {other.message}
          </Banner>
        )}
        <TextField
          label="Name"
          isRequired
          maxLength={120}
          value={name}
          onChange={setName}
          error={errorAt(problems, 'client.name')}
        />
        <TextField
          label="E-mail"
          type="email"
          isRequired
          maxLength={254}
          value={email}
          onChange={setEmail}
          error={errorAt(problems, 'client.email')}
        />
        {hasModes && (
          <Radios
            label="Takes part"
            choices={session.seats.map(one => ({
              id: one.mode,
              label: modeInWords(one.mode),
              detail: `${one.available} free`,
            }))}
            value={mode}
            onChange={setMode}
            error={errorAt(problems, 'mode')}
          />
        )}
        <NumberField
          label="Seats"
          hint={quota && `${quota.available} free`}
          steppers
          minValue={1}
          maxValue={20}
          value={seats}
          onChange={setSeats}
          error={errorAt(problems, 'seats')}
        />
        {Array.from({ length: (seats ?? 1) - 1 }, (_, at) => (
          <TextField
            // biome-ignore lint/suspicious/noArrayIndexKey: a guest is nothing but the seat, which never changes place
            key={at}
            label={`Guest ${at + 1}`}
            maxLength={120}
            value={guests[at] ?? ''}
            onChange={guest => setGuests(Object.assign([...guests], { [at]: guest }))}
            error={errorAt(problems, `guests.${at}`)}
          />
        ))}
      </div>
    </Dialog>
  )
}
