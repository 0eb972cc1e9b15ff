import { useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { hintLook, labelLook } from '../../../components/Field.tsx'
import { TextField } from '../../../components/TextField.tsx'
import type { ShownPlugin } from './route.tsx'

interface SecretFieldProps {
  field: ShownPlugin['secrets'][number]
  /** What was typed; null where the kept one is taken away, undefined where it stays. */
  value: string | null | undefined
  onChange: (value: string | null | undefined) => void
  error: string | null
}

/** A secret: one that is kept isn't shown, only replaced or taken away. */
export function SecretField({ field, value, onChange, error }: SecretFieldProps) {
  const { label, help, required, isSet, generate } = field
  const [isReplacing, setReplacing] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const isTyping = !isSet || isReplacing || error !== null

  if (value === null || !isTyping) {
    return (
      <div className="flex flex-col gap-1.5">
        <p className={labelLook}>{label}</p>
        {help && <p className={hintLook}>{help}</p>}
        <div className="flex flex-wrap items-center gap-2">
          <p className="min-w-0 flex-1 rounded-control border border-line bg-sunken px-3 py-2.5 text-muted">
            {value === null ? 'Taken away once you save' : 'Set, and not shown'}
          </p>
          {value === null ? (
            <Button onPress={() => onChange(undefined)}>Keep it</Button>
          ) : (
            <>
              <Button onPress={() => setReplacing(true)} aria-label={`Replace: ${label}`}>
                Replace
              </Button>
              {!required && (
                <Button variant="quiet" onPress={() => onChange(null)} aria-label={`Remove: ${label}`}>
                  Remove
                </Button>
              )}
            </>
          )}
        </div>
      </div>
    )
  }
  return (
    <div className="flex items-end gap-2">
      <TextField
        // One that was made here must be copied to where it is used, before it is saved.
        type={value !== undefined && value === made ? 'text' : 'password'}
        autoComplete="off"
        label={isSet ? `${label}: the new one` : label}
        hint={help || undefined}
        isRequired={required}
        value={value ?? ''}
        onChange={text => onChange(text === '' ? undefined : text)}
        error={error}
        className="flex-1"
      />
      {generate !== null && (
        <Button
          aria-label={`Make one: ${label}`}
          onPress={() => {
            const secret = generate + randomBase64()
            setMade(secret)
            onChange(secret)
          }}
        >
          Make one
        </Button>
      )}
      {isSet && (
        <Button
          variant="quiet"
          onPress={() => {
            setReplacing(false)
            onChange(undefined)
          }}
        >
          Keep the old one
        </Button>
      )}
    </div>
  )
}

/** 32 random bytes. */
function randomBase64(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
}
