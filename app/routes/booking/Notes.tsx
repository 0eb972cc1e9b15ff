import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../api.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { TextField } from '../../components/TextField.tsx'
import { failureOf } from '../../failure.ts'
import type { BookingView } from './route.tsx'

interface NotesProps {
  booking: BookingView
  token: string
}

/** What the client wants the coach to know; shown changed at once, and rolled back should that fail (059). */
export function Notes({ booking, token }: NotesProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const queryKey = trpc.bookings.get.queryKey({ token })
  const [draft, setDraft] = useState<string | null>(null)
  const save = useMutation(
    trpc.bookings.saveNotes.mutationOptions({
      async onMutate({ clientNotes = '' }) {
        await queryClient.cancelQueries({ queryKey })
        const before = queryClient.getQueryData(queryKey)
        queryClient.setQueryData(queryKey, booking => booking && { ...booking, clientNotes })
        setDraft(null)
        return { before }
      },
      onError(_, { clientNotes }, saved) {
        if (saved?.before) queryClient.setQueryData(queryKey, saved.before)
        setDraft(clientNotes ?? '')
      },
      onSuccess: ({ booking }) => queryClient.setQueryData(queryKey, booking),
    }),
  )
  const { clientNotes, can, coach } = booking
  if (!can.changeNotes && !clientNotes) return null

  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ token, clientNotes: draft ?? '' })
  }
  return (
    <Card as="section" className="p-5 sm:p-6">
      <h2 className="text-lg wrap-anywhere">Your notes for {coach.name}</h2>
      {draft === null ? (
        <>
          <p className={`mt-2 wrap-anywhere whitespace-pre-line ${clientNotes ? '' : 'text-muted'}`}>
            {clientNotes || 'Nothing yet. A line or two helps to prepare.'}
          </p>
          {can.changeNotes && (
            <Button size="small" className="mt-4" onPress={() => setDraft(clientNotes)}>
              {clientNotes ? 'Change notes' : 'Add notes'}
            </Button>
          )}
        </>
      ) : (
        <form onSubmit={send} className="mt-3 flex flex-col gap-3">
          <TextField
            label="What would you like to talk about?"
            rows={4}
            maxLength={4000}
            autoFocus
            value={draft}
            onChange={setDraft}
            error={save.isError ? failureOf(save.error).message : null}
          />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" size="small" isPending={save.isPending}>
              Save notes
            </Button>
            <Button variant="quiet" size="small" onPress={() => setDraft(null)}>
              Don’t change
            </Button>
          </div>
        </form>
      )}
    </Card>
  )
}
