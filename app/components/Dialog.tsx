import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

interface DialogProps {
  title: ReactNode
  isOpen: boolean
  /** Called on Escape, the close button and a press beside the dialog. */
  onClose: () => void
  /** `alert` for a question that needs an answer before anything else. */
  role?: 'dialog' | 'alertdialog'
  width?: 'narrow' | 'wide'
  children: ReactNode
  /** Buttons, main one last; they stay in view when the content scrolls. */
  actions?: ReactNode
}

/** A dialog in the middle of the page; on a phone a sheet from below. */
export function Dialog({
  title,
  isOpen,
  onClose,
  role = 'dialog',
  width = 'narrow',
  children,
  actions,
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={open => open || onClose()}
      isDismissable={role === 'dialog'}
      className="fixed inset-0 z-50 flex items-end justify-center bg-ink/40 data-entering:animate-enter sm:items-center sm:p-6"
    >
      <Modal
        className={`max-h-[92dvh] w-full overflow-hidden rounded-t-card bg-surface shadow-raised data-entering:animate-enter sm:rounded-card ${width === 'wide' ? 'sm:max-w-2xl' : 'sm:max-w-md'}`}
      >
        <AriaDialog role={role} className="flex max-h-[92dvh] flex-col outline-none">
          <header className="flex items-start justify-between gap-4 px-6 pt-6 pb-3">
            <Heading slot="title" className="min-w-0 text-xl wrap-anywhere">
              {title}
            </Heading>
            <AriaButton
              aria-label="Close"
              onPress={onClose}
              className="-m-2 flex size-10 shrink-0 cursor-pointer items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden="true" className="size-5" />
            </AriaButton>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-6 wrap-anywhere">{children}</div>
          {actions && (
            <footer className="flex flex-col-reverse gap-2 border-t border-line px-6 py-4 sm:flex-row sm:justify-end">
              {actions}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
