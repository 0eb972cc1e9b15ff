import { Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { failureOf } from '../../failure.ts'
import { useChange } from './use-change.ts'

interface UndoBannerProps {
  token: string
  /** ISO instant. */
  until: string
  withdrawn: boolean
}

/** For ten minutes a cancellation can be taken back, if the time is still free. */
export function UndoBanner({ token, until, withdrawn }: UndoBannerProps) {
  const undo = useChange(token)
  const [minutes, setMinutes] = useState(() => minutesUntil(until))

  useEffect(() => {
    const timer = setInterval(() => setMinutes(minutesUntil(until)), 5_000)
    return () => clearInterval(timer)
  }, [until])

  if (minutes <= 0) return null
  return (
    <Banner
      tone="info"
      role="status"
      title="Changed your mind?"
      actions={
        <Button
          size="small"
          isPending={undo.isPending}
          onPress={() => undo.mutate(bookings => bookings.undo.mutate({ token }))}
        >
          <Undo2 aria-hidden="true" />
          {withdrawn ? 'Send it again' : 'Undo the cancellation'}
        </Button>
      }
    >
      {undo.isError ? (
        <span className="font-medium text-bad">{failureOf(undo.error).message}</span>
      ) : (
        <>
          You can take it back for {minutes === 1 ? 'another minute' : `another ${minutes} minutes`}, as long
          as nobody else takes the time.
        </>
      )}
    </Banner>
  )
}

function minutesUntil(instant: string): number {
  return Math.min(10, Math.ceil((Date.parse(instant) - Date.now()) / 60_000))
}
