import { type FormEvent, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { TextField } from '../../../components/TextField.tsx'

interface NameFormProps {
  name: string
  problem: string | null
  isPending: boolean
  onSave: (name: string) => void
  onClose: () => void
}

/** The name that the others see. */
export function NameForm({ name, problem, isPending, onSave, onClose }: NameFormProps) {
  const [typed, setTyped] = useState(name)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim()) onSave(typed.trim())
  }
  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <TextField
        label="Your name for the others"
        hint="A first name is enough."
        isRequired
        autoFocus
        maxLength={120}
        value={typed}
        onChange={setTyped}
        error={problem}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="small" isPending={isPending}>
          Save name
        </Button>
        <Button variant="quiet" size="small" onPress={onClose}>
          Don’t change
        </Button>
      </div>
    </form>
  )
}
