import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { suggestedTimes } from '../../../components/conversation/conversation.ts'
import { Dialog } from '../../../components/Dialog.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { failureOf } from '../../../failure.ts'
import { newKey } from '../../../new-key.ts'
import type { Booking } from '../booking/route.tsx'
import { useBookingChange } from '../booking/use-booking-change.ts'

interface AskDialogProps {
  booking: Booking
  onClose: () => void
}

/** Asks the client for what is needed to decide; the time to answer rests meanwhile (035). */
export function AskDialog({ booking, onClose }: AskDialogProps) {
  const { id, client } = booking
  const trpc = useTRPC()
  const { changed } = useBookingChange()
  const form = useId()
  const [question, setQuestion] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const [key] = useState(newKey)
  const ask = useMutation(
    trpc.bookings.ask.mutationOptions({
      onSuccess(answer) {
        changed(answer, `Your question is on its way to ${client.name}.`)
        onClose()
      },
    }),
  )

  function send(event: FormEvent) {
    event.preventDefault()
    const words = question.trim()
    if (words === '') return setMissing('Write what you would like to know.')
    ask.mutate({ id, question: words, idempotencyKey: key })
  }

  return (
    <Dialog
      title={`Ask ${client.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Don’t ask</Button>
          <Button type="submit" form={form} variant="primary" isPending={ask.isPending}>
            Send the question
          </Button>
        </>
      }
    >
      <p className="mb-4 text-muted">
        {client.name} gets it by e-mail and answers on a page. Your own time to answer rests until then; the
        time asked for stays held.
        {suggestedTimes(booking).length > 0 && ' The times you suggested are taken back.'}
      </p>
      <form id={form} onSubmit={send}>
        <TextField
          label="Your question"
          rows={4}
          maxLength={1000}
          isRequired
          autoFocus
          value={question}
          onChange={text => {
            setQuestion(text)
            setMissing(null)
          }}
          error={missing}
        />
      </form>
      {ask.isError && (
        <Banner tone="bad" role="alert" className="mt-4" title="Your question wasn’t sent">
          {failureOf(ask.error).message}
        </Banner>
      )}
    </Dialog>
  )
}
