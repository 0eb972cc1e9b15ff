import { useBlocker } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

interface SaveBarProps {
  /** Whether there is something to save. */
  isChanged: boolean
  /** Whether leaving would lose something, where that isn't the same. */
  asksBeforeLeaving?: boolean
  isSaving: boolean
  onSave: () => void
  onDiscard: () => void
  /** Why it can't be saved as it is; the button then stays, and pressing it shows where. */
  problem?: string | null
}

/** Save and discard, in view as long as something has changed; asks before the page is left with it. */
export function SaveBar(props: SaveBarProps) {
  const { isChanged, asksBeforeLeaving = isChanged, isSaving, onSave, onDiscard, problem } = props
  const asks = asksBeforeLeaving && !isSaving
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      asks &&
      currentLocation.pathname + currentLocation.search !== nextLocation.pathname + nextLocation.search,
  )

  useEffect(() => {
    if (!asks) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [asks])

  const isPressed = useRef(false)
  useEffect(() => {
    if (!isPressed.current || isSaving) return
    if (problem) showFault()
    if (problem || !isChanged) isPressed.current = false
  })

  return (
    <>
      <div role="status" className="sticky bottom-20 z-20 mt-6 lg:bottom-4">
        {isChanged && (
          <div className="flex animate-enter flex-wrap items-center justify-between gap-3 rounded-card border border-line bg-surface p-3 pl-5 shadow-raised">
            <p className={problem ? 'text-bad' : 'text-muted'}>{problem ?? 'Not saved yet.'}</p>
            <div className="flex gap-2">
              <Button variant="quiet" onPress={onDiscard} isDisabled={isSaving}>
                Discard
              </Button>
              <Button
                variant="primary"
                onPress={() => {
                  isPressed.current = true
                  onSave()
                }}
                isPending={isSaving}
              >
                Save
              </Button>
            </div>
          </div>
        )}
      </div>
      <Dialog
        role="alertdialog"
        title="Leave without saving?"
        isOpen={blocker.state === 'blocked'}
        onClose={() => blocker.reset?.()}
        actions={
          <>
            <Button onPress={() => blocker.reset?.()}>Stay here</Button>
            <Button variant="danger" onPress={() => blocker.proceed?.()}>
              Leave
            </Button>
          </>
        }
      >
        What you changed on this page isn’t saved and would be lost.
      </Dialog>
    </>
  )
}

/** Brings whoever saves to the first field that is wrong, which a long form may have out of sight. */
function showFault(): void {
  const fault = document.querySelector('main :is([aria-invalid=true], [data-invalid], [role=alert])')
  const part = fault?.matches('[role=alert]') ? fault.parentElement : fault
  const field = part?.matches(typed) ? part : part?.querySelector(typed)
  if (field instanceof HTMLElement) field.focus({ preventScroll: true })
  fault?.scrollIntoView({ block: 'center' })
}

const typed = 'input:not([role=switch]), select:not([tabindex="-1"]), textarea, button'
