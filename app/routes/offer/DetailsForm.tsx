import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { type Outputs, useTRPC } from '../../api.ts'
import { alternativesIn } from '../../components/Alternatives.tsx'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/TextField.tsx'
import { type Failure, failureOf } from '../../failure.ts'
import { newKey } from '../../new-key.ts'
import { useRootData } from '../../root-data.ts'
import { useView } from '../../view.tsx'
import type { Offer } from './Times.tsx'
import type { Hold } from './use-hold.ts'

interface DetailsFormProps {
  offer: Offer
  coachId: string | null
  startsAt: string
  invite: string | null
  /** The live hold; null where there is none. */
  hold: Hold | null
  decision: Hold['decision'] | null
  /** The time can't be had: another one must be chosen before sending. */
  isLost: boolean
  onLost: (failure: Failure) => void
  onBooked: (booked: Outputs['bookings']['book']) => void
}

/** Who books, and the button that says what will happen. It keeps what was typed whatever becomes of the time. */
export function DetailsForm(props: DetailsFormProps) {
  const { offer, coachId, startsAt, invite, hold, decision, isLost, onLost, onBooked } = props
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
      onError(error) {
        const failure = failureOf(error)
        if (failure.status === 409 && alternativesIn(failure).length > 0) onLost(failure)
      },
    }),
  )
  const failure = book.isError ? failureOf(book.error) : null
  const faultOf = (field: string) =>
    missing[field] ?? (failure?.field === `client.${field}` ? failure.message : null)
  const isRequest = decision?.outcome === 'request'

  function send(event: FormEvent) {
    event.preventDefault()
    const faults = check({ name, email })
    setMissing(faults)
    const [first] = Object.keys(faults)
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()

    const request = {
      offer: offer.slug,
      ...(hold ? { coachId: hold.coachId, hold: hold.hold } : coachId && { coachId }),
      startsAt,
      ...(invite && { invite }),
      client: { name, email, timeZone: zone },
      notes,
    }
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
      <TextField
        label="What would you like to talk about?"
        name="notes"
        rows={3}
        value={notes}
        onChange={setNotes}
        error={failure?.field === 'notes' ? failure.message : null}
      />
      {failure && !isLost && !failure.field && (
        <Banner tone="bad" role="alert" title={isRequest ? 'Your request wasn’t sent' : 'This wasn’t booked'}>
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
          {decision === null ? 'Book this time' : isRequest ? 'Send request' : 'Confirm booking'}
        </Button>
        <p className="mt-3 text-sm text-muted">
          {isRequest
            ? 'This asks for the time; it isn’t confirmed until your coach says yes. You’ll get an e-mail either way.'
            : 'You’ll get a confirmation by e-mail with a link to move or cancel.'}
          {offer.priceMinor > 0 && ' Nothing is charged now.'}
        </p>
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
