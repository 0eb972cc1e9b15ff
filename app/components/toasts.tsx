import { X } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast'
import { buttonLook } from './Button.tsx'
import { type Tone, toneLook } from './tones.ts'

export interface ToastMessage {
  text: string
  tone?: Tone
  /** Something to do about it, such as undo. */
  action?: { label: string; onPress: () => void }
  /** Milliseconds, where what it says holds for longer or shorter than toasts are shown. */
  lasts?: number
}

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 })

/**
 * Tells what just happened, for a moment; longer where there is something to do. Returns what takes it away before.
 * Needs `Toasts` on the page.
 */
export function toast(message: ToastMessage): () => void {
  const key = queue.add(message, { timeout: message.lasts ?? (message.action ? 12_000 : 6_000) })
  return () => queue.close(key)
}

/** Where toasts appear: once per page, and at its top, since what saves or sends stands at the foot. */
export function Toasts() {
  return (
    <ToastRegion
      queue={queue}
      className="fixed inset-x-4 top-4 z-60 flex flex-col items-center gap-2 outline-none sm:inset-x-auto sm:top-6 sm:right-6 sm:items-end"
    >
      {({ toast: shown }) => (
        <Toast
          toast={shown}
          className={`flex w-full max-w-sm animate-enter items-center gap-3 rounded-control border p-3 pl-4 shadow-raised ${toneLook[shown.content.tone ?? 'good']}`}
        >
          <ToastContent className="min-w-0 flex-1 text-[0.9375rem] text-ink">
            <Text slot="title">{shown.content.text}</Text>
          </ToastContent>
          {shown.content.action && (
            <Button
              className={buttonLook({ size: 'small' })}
              onPress={() => {
                shown.content.action?.onPress()
                queue.close(shown.key)
              }}
            >
              {shown.content.action.label}
            </Button>
          )}
          <Button
            slot="close"
            aria-label="Dismiss"
            className="flex size-9 shrink-0 cursor-pointer items-center justify-center rounded-md text-muted hover:text-ink"
          >
            <X aria-hidden="true" className="size-4" />
          </Button>
        </Toast>
      )}
    </ToastRegion>
  )
}
