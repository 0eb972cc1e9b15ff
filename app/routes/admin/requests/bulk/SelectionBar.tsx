import { Check, X } from 'lucide-react'
import { Button } from '../../../../components/Button.tsx'

interface SelectionBarProps {
  count: number
  /** How many could be selected. */
  of: number
  onAnswer: (answer: 'approve' | 'decline') => void
  onAll: () => void
  onNone: () => void
}

/** What can be done with all that are selected; it stays in view at the foot of the list. */
export function SelectionBar({ count, of, onAnswer, onAll, onNone }: SelectionBarProps) {
  return (
    <section
      aria-label="Selected requests"
      className="sticky bottom-20 z-10 mt-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-card border border-accent-line bg-surface p-3 pl-4 shadow-raised lg:bottom-4"
    >
      <p className="flex flex-wrap items-center gap-x-1">
        <span role="status" className="mr-2 font-medium">
          {count} of {of} selected
        </span>
        {count < of && (
          <Button variant="quiet" size="small" onPress={onAll}>
            All
          </Button>
        )}
        <Button variant="quiet" size="small" onPress={onNone}>
          None
        </Button>
      </p>
      <div className="flex w-full gap-2 sm:w-auto">
        <Button className="flex-1 whitespace-nowrap sm:flex-none" onPress={() => onAnswer('decline')}>
          <X aria-hidden="true" />
          Decline {count}
        </Button>
        <Button
          variant="primary"
          className="flex-1 whitespace-nowrap sm:flex-none"
          onPress={() => onAnswer('approve')}
        >
          <Check aria-hidden="true" />
          Approve {count}
        </Button>
      </div>
    </section>
  )
}
