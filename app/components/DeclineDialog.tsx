import { useState } from 'react'
import { Button } from './Button.tsx'
import { Radios } from './Choices.tsx'
import { Dialog } from './Dialog.tsx'
import { TextField } from './TextField.tsx'

export interface DeclineAnswer {
  code: string
  /** What the client reads. */
  reason: string
}

interface DeclineDialogProps {
  title: string
  /** What declining means here, before the reasons. */
  children?: string
  isPending: boolean
  onDecline: (answer: DeclineAnswer) => void
  onClose: () => void
}

const other = 'other'
const reasons = [
  { id: 'time_unsuitable', label: 'This time doesn’t work for me after all.' },
  { id: 'fully_booked', label: 'I have no room left that week.' },
  { id: 'not_a_fit', label: 'I’m not the right coach for this.' },
  { id: other, label: 'Something else' },
]

/** Asks why a request is declined: one of the common reasons or the coach's own words (033). */
export function DeclineDialog({ title, children, isPending, onDecline, onClose }: DeclineDialogProps) {
  const [code, setCode] = useState(reasons[0]!.id)
  const [words, setWords] = useState('')
  const [error, setError] = useState<string | null>(null)

  function decline() {
    const own = words.trim()
    if (code === other && own === '') return setError('Write a sentence, so that the client knows why.')
    const { label } = reasons.find(({ id }) => id === code)!
    onDecline({ code, reason: code === other ? own : [label, own].filter(Boolean).join(' ') })
  }

  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button variant="danger" isPending={isPending} onPress={decline}>
            Decline
          </Button>
        </>
      }
    >
      {children && <p className="mb-4 text-muted">{children}</p>}
      <div className="flex flex-col gap-4">
        <Radios label="Why? Your client reads this." choices={reasons} value={code} onChange={setCode} />
        <TextField
          label={code === other ? 'Your words' : 'Anything to add'}
          isRequired={code === other}
          rows={3}
          maxLength={800}
          value={words}
          onChange={text => {
            setWords(text)
            setError(null)
          }}
          error={error}
        />
      </div>
    </Dialog>
  )
}
