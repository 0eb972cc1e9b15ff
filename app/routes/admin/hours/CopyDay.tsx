import { Copy } from 'lucide-react'
import { useState } from 'react'
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { Dialog as AriaDialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { Button } from '../../../components/Button.tsx'
import { Checkbox } from '../../../components/Choices.tsx'

interface CopyDayProps {
  /** Monday first. */
  dayNames: string[]
  from: number
  onCopy: (to: number[]) => void
}

/** Copies one day's hours to others. */
export function CopyDay({ dayNames, from, onCopy }: CopyDayProps) {
  const [to, setTo] = useState<string[]>([])
  return (
    <DialogTrigger onOpenChange={() => setTo([])}>
      <Button variant="quiet" size="small" aria-label={`Copy ${dayNames[from]}’s hours to other days`}>
        <Copy aria-hidden="true" />
        <span className="hidden sm:inline">Copy</span>
      </Button>
      <Popover className="w-60 animate-enter rounded-control border border-line bg-surface p-4 shadow-raised">
        <AriaDialog aria-label={`Copy ${dayNames[from]}’s hours`} className="outline-none">
          {({ close }) => (
            <>
              <CheckboxGroup value={to} onChange={setTo} aria-label={`Copy ${dayNames[from]}’s hours to`}>
                <p className="mb-1 font-medium">Copy to</p>
                {dayNames.map(
                  (name, day) => day !== from && <Checkbox key={name} value={String(day)} label={name} />,
                )}
              </CheckboxGroup>
              <Button
                variant="primary"
                size="small"
                className="mt-3 w-full"
                isDisabled={to.length === 0}
                onPress={() => {
                  onCopy(to.map(Number))
                  close()
                }}
              >
                Copy
              </Button>
            </>
          )}
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  )
}
