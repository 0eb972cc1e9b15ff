import { useState } from 'react'
import { Radios } from './Choices.tsx'
import { TextField } from './TextField.tsx'

export interface DeclineAnswer {
  code: string
  /** What the client reads. */
  reason: string
}

const other = 'other'
const reasons = [
  { id: 'time_unsuitable', label: 'This time doesn’t work for me after all.' },
  { id: 'fully_booked', label: 'I have no room left that week.' },
  { id: 'not_a_fit', label: 'I’m not the right coach for this.' },
  { id: other, label: 'Something else' },
]

/** Why something is declined, as it is being said: one of the common reasons or the coach's own words (033). */
export function useDeclineReason() {
  const [code, setCode] = useState(reasons[0]!.id)
  const [words, setWords] = useState('')
  const [error, setError] = useState<string | null>(null)
  return {
    fields: {
      code,
      words,
      error,
      onCode: setCode,
      onWords(text: string) {
        setWords(text)
        setError(null)
      },
    },
    /** The answer, or null where words are missing: then the field says so. */
    read(): DeclineAnswer | null {
      const own = words.trim()
      if (code === other && own === '') {
        setError('Write a sentence, so that the client knows why.')
        return null
      }
      const { label } = reasons.find(({ id }) => id === code)!
      return { code, reason: code === other ? own : [label, own].filter(Boolean).join(' ') }
    },
  }
}

interface DeclineReasonProps extends Readonly<ReturnType<typeof useDeclineReason>['fields']> {
  label?: string
}

export function DeclineReason(props: DeclineReasonProps) {
  const { label = 'Why? Your client reads this.', code, words, error, onCode, onWords } = props
  return (
    <div className="flex flex-col gap-4">
      <Radios label={label} choices={reasons} value={code} onChange={onCode} />
      <TextField
        label={code === other ? 'Your words' : 'Anything to add'}
        isRequired={code === other}
        rows={3}
        maxLength={800}
        value={words}
        onChange={onWords}
        error={error}
      />
    </div>
  )
}
