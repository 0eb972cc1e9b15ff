import { useEffect, useRef, useState } from 'react'
import { inputLook } from '../../../../components/Field.tsx'

interface TagFieldProps {
  id?: string
  'aria-label'?: string
  'aria-describedby'?: string
  /** The tags that clients of this business have. */
  tags: readonly string[]
  /** Empty while none is chosen. */
  value: string
  onChange: (tag: string) => void
  isInvalid?: boolean
}

const another = 'another tag'

/** One of the tags in use, or another that is typed. */
export function TagField({ tags, value, onChange, isInvalid, ...field }: TagFieldProps) {
  const isKnown = tags.includes(value)
  const [isTyping, setTyping] = useState(tags.length === 0 || (value !== '' && !isKnown))
  const shown = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const switchedTo = useRef<boolean | null>(null)
  const switchTo = (typing: boolean) => {
    switchedTo.current = typing
    setTyping(typing)
  }
  // The field that takes the other's place takes its focus too.
  useEffect(() => {
    if (switchedTo.current === isTyping) shown.current?.focus()
  }, [isTyping])

  if (isTyping) {
    return (
      <span className="flex min-w-0 flex-wrap items-center gap-x-2">
        <input
          {...field}
          ref={shown}
          aria-invalid={isInvalid || undefined}
          value={value}
          maxLength={40}
          placeholder="Such as VIP"
          onChange={event => onChange(event.target.value)}
          className={inputLook}
        />
        {tags.length > 0 && (
          <button
            type="button"
            className="min-h-9 cursor-pointer rounded-md px-1 text-sm font-medium text-accent-ink underline underline-offset-2"
            onClick={() => {
              switchTo(false)
              if (!isKnown) onChange('')
            }}
          >
            Choose a tag in use
          </button>
        )}
      </span>
    )
  }
  return (
    <select
      {...field}
      ref={shown}
      aria-invalid={isInvalid || undefined}
      value={value === '' ? '' : `tag ${value}`}
      onChange={event => {
        const chosen = event.target.value
        if (chosen === another) switchTo(true)
        onChange(chosen === another ? '' : chosen.slice('tag '.length))
      }}
      className={`${inputLook} cursor-pointer`}
    >
      <option value="" disabled>
        Choose a tag
      </option>
      {tags.map(tag => (
        <option key={tag} value={`tag ${tag}`}>
          {tag}
        </option>
      ))}
      <option value={another}>Another tag…</option>
    </select>
  )
}
