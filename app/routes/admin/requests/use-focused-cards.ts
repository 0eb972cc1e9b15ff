import { useEffect, useRef } from 'react'

const DIALOG = '[role=dialog], [role=alertdialog]'

/**
 * Moves the focus along the cards. Where what had it is gone after the list changed, it goes to its card, or to the
 * next one where the card is gone as well. `list` is another one whenever the cards may have changed.
 */
export function useFocusedCards(ids: string[], list: unknown) {
  const elements = useRef(new Map<string, HTMLElement>())
  const last = useRef<{ id: string; at: number } | null>(null)
  const order = ids.join(' ')

  // biome-ignore lint/correctness/useExhaustiveDependencies: what a card shows changes with the list
  useEffect(() => {
    const now = order === '' ? [] : order.split(' ')
    const cardOf = (target: EventTarget | null) =>
      target instanceof Element ? target.closest<HTMLElement>('[data-request]')?.dataset.request : undefined
    function remember({ target }: FocusEvent) {
      const id = cardOf(target)
      if (id) last.current = { id, at: now.indexOf(id) }
      else forget(target)
    }
    /** A step or press beside the cards takes the focus away on purpose; a dialog gives it back. */
    function forget(target: EventTarget | null) {
      if (!cardOf(target) && !(target as Element).closest?.(DIALOG)) last.current = null
    }
    const press = ({ target }: PointerEvent) => forget(target)
    const lost = last.current
    const nowhere = document.activeElement === null || document.activeElement === document.body
    if (lost && nowhere) {
      const next = now.includes(lost.id) ? lost.id : now[Math.min(lost.at, now.length - 1)]
      if (next) elements.current.get(next)?.focus({ preventScroll: next === lost.id })
    }
    addEventListener('focusin', remember)
    addEventListener('pointerdown', press)
    return () => {
      removeEventListener('focusin', remember)
      removeEventListener('pointerdown', press)
    }
  }, [order, list])

  function focusedId(): string | undefined {
    return document.activeElement?.closest<HTMLElement>('[data-request]')?.dataset.request
  }

  return {
    focusedId,
    step(by: 1 | -1) {
      const at = ids.indexOf(focusedId() ?? '')
      const to = at === -1 ? (by === 1 ? 0 : ids.length - 1) : Math.min(Math.max(at + by, 0), ids.length - 1)
      const next = ids[to]
      if (next) elements.current.get(next)?.focus()
    },
    refOf: (id: string) => (element: HTMLElement | null) => {
      if (element) elements.current.set(id, element)
      else elements.current.delete(id)
    },
  }
}
