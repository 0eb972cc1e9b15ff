import { getContrast, parseToHsla } from 'color2k'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import { inputLook, labelLook } from './Field.tsx'

interface AccentFieldProps {
  /** `#rrggbb` */
  value: string
  onChange: (accent: string) => void
}

const suggestions = ['#2f5d50', '#3f51b5', '#0f6e84', '#7a3e9d', '#b3365b', '#c2500c', '#8a6a00', '#37474f']

/** The business's colour, with a look at how text reads on it (4.5 : 1 is WCAG AA). */
export function AccentField({ value, onChange }: AccentFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const isColour = typed === null || /^#[0-9a-f]{6}$/i.test(typed)
  const { text, contrast } = bestText(value)

  return (
    <fieldset className="flex flex-col gap-3">
      <legend className={`${labelLook} mb-1.5`}>Colour</legend>
      <div className="flex flex-wrap items-center gap-2">
        {suggestions.map(colour => (
          <button
            key={colour}
            type="button"
            aria-label={`${colourName(colour)} (${colour})`}
            aria-pressed={colour === value}
            onClick={() => {
              setTyped(null)
              onChange(colour)
            }}
            style={{ backgroundColor: colour }}
            className="size-11 cursor-pointer rounded-full border-4 border-surface outline-offset-2 aria-pressed:outline-2 aria-pressed:outline-ink"
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <input
          type="color"
          aria-label="Pick any colour"
          value={value}
          onChange={event => {
            setTyped(null)
            onChange(event.target.value)
          }}
          className="size-11 cursor-pointer rounded-control border border-line-strong bg-surface p-1"
        />
        <input
          aria-label="Colour as a code such as #2f5d50"
          aria-invalid={!isColour}
          aria-describedby={`${id}-contrast`}
          value={typed ?? value}
          maxLength={7}
          onChange={event => {
            const code = event.target.value.trim()
            setTyped(code)
            if (/^#[0-9a-f]{6}$/i.test(code)) onChange(code.toLowerCase())
          }}
          onBlur={() => setTyped(null)}
          className={`${inputLook} tabular max-w-32`}
        />
        <span
          aria-hidden="true"
          style={{ backgroundColor: value, color: text }}
          className="inline-flex min-h-11 items-center rounded-control px-4 font-medium"
        >
          Book a session
        </span>
      </div>
      <p id={`${id}-contrast`} aria-live="polite" className="flex items-center gap-2 text-sm text-muted">
        {contrast >= 4.5 ? (
          <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good" />
        ) : (
          <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-wait" />
        )}
        {isColour
          ? `${text === '#ffffff' ? 'White' : 'Dark'} text on it has a contrast of ${contrast.toFixed(1)} : 1, ${contrast >= 4.5 ? 'easy to read.' : 'hard to read.'}`
          : 'A colour is # and six digits or letters from a to f.'}
      </p>
    </fieldset>
  )
}

function bestText(accent: string): { text: string; contrast: number } {
  const white = getContrast(accent, '#ffffff')
  if (white >= 4.5) return { text: '#ffffff', contrast: white }
  return { text: '#111111', contrast: getContrast(accent, '#111111') }
}

const hues = ['Red', 'Orange', 'Yellow', 'Green', 'Teal', 'Blue', 'Indigo', 'Purple', 'Pink', 'Red']

function colourName(colour: string): string {
  const [hue, saturation] = parseToHsla(colour)
  return saturation < 0.15 ? 'Grey' : hues[Math.round(hue / 40)]!
}
