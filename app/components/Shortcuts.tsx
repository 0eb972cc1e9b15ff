import { Keyboard } from 'lucide-react'
import { useState } from 'react'
import { Button } from './Button.tsx'
import { Switch } from './Choices.tsx'
import { Dialog } from './Dialog.tsx'
import { useShortcuts, useShortcutsSwitch } from './use-shortcuts.ts'

export interface Shortcut {
  /** As `KeyboardEvent.key` has it. */
  key: string
  /** How the key is written, where that isn't its name. */
  shown?: string
  does: string
  press: () => void
}

/** Gives a page its single-key shortcuts, with a button (and `?`) that lists them and switches them off. */
export function Shortcuts({ shortcuts }: { shortcuts: Shortcut[] }) {
  const [open, setOpen] = useState(false)
  const [on, setOn] = useShortcutsSwitch()
  useShortcuts({
    '?': () => setOpen(true),
    ...Object.fromEntries(shortcuts.map(({ key, press }) => [key, press])),
  })
  return (
    <>
      <span className="hidden lg:inline">
        <Button variant="quiet" size="small" onPress={() => setOpen(true)}>
          <Keyboard aria-hidden="true" />
          Shortcuts
        </Button>
      </span>
      <Dialog title="Keyboard shortcuts" isOpen={open} onClose={() => setOpen(false)}>
        <dl className="mb-4 grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
          {[...shortcuts, { key: '?', shown: '?', does: 'This list' }].map(({ key, shown = key, does }) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="inline-flex min-w-8 justify-center rounded-md border border-line-strong bg-ground px-2 py-1 font-sans text-sm font-medium">
                  {shown}
                </kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <Switch label="Use shortcuts in this browser" isSelected={on} onChange={setOn} />
      </Dialog>
    </>
  )
}
