import type { ReactNode } from 'react'
import { Avatar } from '../../components/Avatar.tsx'

interface CoachChooserProps {
  coaches: readonly { id: string; name: string; slug: string }[]
  /** Slug; null for anyone. */
  chosen: string | null
  onChoose: (slug: string | null) => void
}

/** Whose times are shown. */
export function CoachChooser({ coaches, chosen, onChoose }: CoachChooserProps) {
  return (
    <fieldset className="mb-5">
      <legend className="mb-2 text-sm font-medium">With</legend>
      <div className="-mx-4 flex gap-2 overflow-x-auto px-4 pb-1 sm:mx-0 sm:flex-wrap sm:px-0">
        <Choice isChosen={chosen === null} onChoose={() => onChoose(null)}>
          Anyone who is free
        </Choice>
        {coaches.map(({ id, name, slug }) => (
          <Choice key={id} isChosen={chosen === slug} onChoose={() => onChoose(slug)}>
            <Avatar name={name} size="small" />
            {name}
          </Choice>
        ))}
      </div>
    </fieldset>
  )
}

interface ChoiceProps {
  isChosen: boolean
  onChoose: () => void
  children: ReactNode
}

function Choice({ isChosen, onChoose, children }: ChoiceProps) {
  return (
    <label className="relative flex min-h-11 shrink-0 cursor-pointer items-center gap-2 rounded-full border border-line bg-surface px-4 text-[0.9375rem] has-checked:border-accent-ink has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink hover:border-line-strong">
      <input type="radio" name="coach" checked={isChosen} onChange={onChoose} className="sr-only" />
      {children}
    </label>
  )
}
