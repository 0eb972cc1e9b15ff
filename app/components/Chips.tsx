import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup, type ToggleButtonGroupProps } from 'react-aria-components/ToggleButtonGroup'

export interface Chip {
  id: string
  /** What it says on the chip. */
  text: string
  /** Read out instead, where the text is short for it. */
  name?: string
  isDisabled?: boolean
}

interface ChipsProps
  extends Pick<ToggleButtonGroupProps, 'aria-label' | 'aria-labelledby' | 'disallowEmptySelection'> {
  chips: readonly Chip[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  selectionMode?: 'single' | 'multiple'
  /** Beside each other, each as wide as the others: for a week. */
  inOneRow?: boolean
}

/** Several of a few, each pressed in or not. */
export function Chips({
  chips,
  chosen,
  onChange,
  selectionMode = 'multiple',
  inOneRow,
  ...group
}: ChipsProps) {
  return (
    <ToggleButtonGroup
      {...group}
      selectionMode={selectionMode}
      selectedKeys={chosen}
      onSelectionChange={keys => onChange([...keys].map(String))}
      className={
        inOneRow ? 'grid w-full max-w-md auto-cols-fr grid-flow-col gap-1' : 'flex flex-wrap gap-1.5'
      }
    >
      {chips.map(({ id, text, name, isDisabled }) => (
        <ToggleButton
          key={id}
          id={id}
          isDisabled={isDisabled}
          className={`min-h-11 cursor-pointer rounded-control border border-line bg-surface hover:border-line-strong data-selected:border-accent-ink data-selected:bg-accent-soft data-selected:font-semibold data-selected:text-accent-ink ${inOneRow ? 'px-0.5' : 'min-w-11 px-2.5'}`}
        >
          {name === undefined ? (
            text
          ) : (
            <>
              <span aria-hidden="true">{text}</span>
              <span className="sr-only">{name}</span>
            </>
          )}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
