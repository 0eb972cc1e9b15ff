import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { type Inputs, type Outputs, useTRPC } from '../../api.ts'
import { type Failure, failureOf } from '../../failure.ts'
import { newKey } from '../../new-key.ts'
import { useRootData } from '../../root-data.ts'
import { useView } from '../../view.tsx'
import { Banner } from '../Banner.tsx'
import { Button } from '../Button.tsx'
import { TextField } from '../TextField.tsx'

type Without<T, Names extends string> = T extends unknown ? Omit<T, Names> : never

/** What is booked: a time, or seats of a session. */
export type Wanted = Without<Inputs['bookings']['book'], 'client' | 'notes' | 'idempotencyKey'>

interface DetailsFormProps {
  wanted: Wanted
  words: {
    /** What the button does. */
    send: string
    /** What happens then. */
    after: ReactNode
    /** Over the reason, where it didn't. */
    failed: string
    /** The label of the notes. */
    notes: string
  }
  /** What is wanted can't be had: something else must be chosen before sending. */
  isLost: boolean
  /** Called with each refusal; what is about the form itself is shown in it as well. */
  onRefused: (failure: Failure) => void
  onBooked: (booked: Outputs['bookings']['book']) => void
  /** Shows what is missing above the form and puts the focus there; true where something is. */
  checkAbove?: () => boolean
  /** More to fill in, between the address and the notes. */
  children?: ReactNode
}

/** Who books, and the button that says what will happen. It keeps what was typed whatever becomes of the time. */
export function DetailsForm(props: DetailsFormProps) {
  const { wanted, words, isLost, onRefused, onBooked, checkAbove, children } = props
  const trpc = useTRPC()
  const { zone } = useView()
  const viewer = useRootData()?.viewer
  const [name, setName] = useState(viewer?.name ?? '')
  const [email, setEmail] = useState(viewer?.email ?? '')
  const [notes, setNotes] = useState('')
  const [missing, setMissing] = useState<Record<string, string>>({})
  const form = useRef<HTMLFormElement>(null)
  const lastSent = useRef({ words: '', key: '' })
  const book = useMutation(
    trpc.bookings.book.mutationOptions({
      onSuccess: onBooked,
      onError: error => onRefused(failureOf(error)),
    }),
  )
  const failure = book.isError ? failureOf(book.error) : null
  const faultOf = (field: string) =>
    missing[field] ?? (failure?.field === `client.${field}` ? failure.message : null)

  function send(event: FormEvent) {
    event.preventDefault()
    const faults = check({ name, email })
    setMissing(faults)
    if (checkAbove?.()) return
    const [first] = Object.keys(faults)
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()

    const request = { ...wanted, client: { name, email, timeZone: zone }, notes }
    book.mutate({ ...request, idempotencyKey: keyFor(JSON.stringify(request)) })
  }

  /** Sending the same again, after no answer came, must not book twice. */
  function keyFor(words: string): string {
    if (lastSent.current.words !== words) lastSent.current = { words, key: newKey() }
    return lastSent.current.key
  }

  return (
    <form ref={form} onSubmit={send} noValidate className="flex flex-col gap-5">
      <h2 className="text-lg">Your details</h2>
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        isRequired
        value={name}
        onChange={setName}
        error={faultOf('name')}
      />
      <TextField
        label="E-mail"
        hint="For your confirmation and the link to move or cancel."
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        isRequired
        value={email}
        onChange={setEmail}
        error={faultOf('email')}
      />
      {children}
      <TextField
        label={words.notes}
        name="notes"
        rows={3}
        value={notes}
        onChange={setNotes}
        error={failure?.field === 'notes' ? failure.message : null}
      />
      {failure && !isLost && !failure.field && (
        <Banner tone="bad" role="alert" title={words.failed}>
          {failure.message}
        </Banner>
      )}
      <div>
        <Button
          type="submit"
          variant="primary"
          size="large"
          isPending={book.isPending}
          isDisabled={isLost}
          className="w-full"
        >
          {words.send}
        </Button>
        <p className="mt-3 text-sm text-muted">{words.after}</p>
      </div>
    </form>
  )
}

/** What can be told without asking the server. */
function check({ name, email }: { name: string; email: string }): Record<string, string> {
  return {
    ...(name.trim() === '' && { name: 'Please tell us your name.' }),
    ...(!/^\S+@\S+\.\S+$/.test(email.trim()) && {
      email: 'Please enter your e-mail address, like ana@example.com.',
    }),
  }
}
