import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, CircleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Panel } from '../../../components/Panel.tsx'
import { Spinner } from '../../../components/Spinner.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { failureOf } from '../../../failure.ts'
import type { Booking } from './route.tsx'

const pause = 800

/** Notes that clients never see, saved while one writes. */
export function CoachNotes({ booking }: { booking: Booking }) {
  const { id, coachNotes } = booking
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [notes, setNotes] = useState(coachNotes ?? '')
  const unsaved = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const save = useMutation(
    trpc.bookings.saveNotes.mutationOptions({
      onSuccess: answer => queryClient.setQueryData(trpc.bookings.get.queryKey({ id }), answer.booking),
    }),
  )

  function saveNow() {
    clearTimeout(timer.current)
    if (unsaved.current === null) return
    save.mutate({ id, coachNotes: unsaved.current })
    unsaved.current = null
  }

  const latest = useRef(saveNow)
  useEffect(() => {
    latest.current = saveNow
  })
  useEffect(() => () => latest.current(), [])

  return (
    <Panel title="Your notes" hint="Only people who work here see them.">
      <TextField
        label={<span className="sr-only">Your notes</span>}
        isRequired
        rows={4}
        maxLength={10_000}
        value={notes}
        onChange={text => {
          setNotes(text)
          unsaved.current = text
          clearTimeout(timer.current)
          timer.current = setTimeout(() => latest.current(), pause)
        }}
        onBlur={saveNow}
      />
      <p role="status" className="mt-2 flex min-h-6 items-center gap-1.5 text-sm text-muted">
        {save.isPending ? (
          <>
            <Spinner className="size-3.5" /> Saving
          </>
        ) : save.error ? (
          <span className="flex items-center gap-1.5 text-bad">
            <CircleAlert aria-hidden="true" className="size-4" />
            Not saved: {failureOf(save.error).message}
          </span>
        ) : (
          save.isSuccess && (
            <>
              <Check aria-hidden="true" className="size-4" /> Saved
            </>
          )
        )}
      </p>
    </Panel>
  )
}
