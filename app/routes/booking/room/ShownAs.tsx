import { useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { NameForm } from './NameForm.tsx'
import type { Room } from './use-room.ts'
import { useShownAs } from './use-shown-as.ts'

/** By which name the others read what one writes, where there is no list of participants to say it. */
export function ShownAs({ room, token }: { room: Room; token: string }) {
  const [isOpen, setOpen] = useState(false)
  const { choose, isPending, problem } = useShownAs(token)
  const { shownAs } = room.me
  const first = room.seats[0]?.name?.split(/\s+/)[0] ?? ''

  if (isOpen) {
    return (
      <div className="mt-4">
        <NameForm
          name={shownAs ?? first}
          problem={problem}
          isPending={isPending}
          onSave={name => choose(name, () => setOpen(false))}
          onClose={() => setOpen(false)}
        />
      </div>
    )
  }
  return (
    <p className="mt-1.5 flex flex-wrap items-center text-sm text-muted">
      The others see you as {shownAs ?? first}.
      <Button size="small" variant="quiet" onPress={() => setOpen(true)}>
        Change<span className="sr-only"> your name</span>
      </Button>
    </p>
  )
}
