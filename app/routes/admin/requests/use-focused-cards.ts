import { useEffect, useRef } from 'react'

/** Moves the focus along the cards, and on to the next one when the one that had it is gone. */
export function useFocusedCards(ids: string[]) {
  const elements = useRef(new Map<string, HTMLElement>())
  const last = useRef<{ id: string; at: number } | null>(null)
  const order = ids.join(' ')

  useEffect(() => {
    const now = order === '' ? [] : order.split(' ')
    function remember(event: FocusEvent) {
      const id = (event.target as Element).closest<HTMLElement>('[data-request]')?.dataset.request
      if (id) last.current = { id, at: now.indexOf(id) }
    }
    const lost = last.current
    const nowhere = document.activeElement === null || document.activeElement === document.body
    if (lost && !now.includes(lost.id)) {
      const next = now[Math.min(lost.at, now.length - 1)]
      last.current = null
      if (nowhere && next) elements.current.get(next)?.focus()
    }
    addEventListener('focusin', remember)
    return () => removeEventListener('focusin', remember)
  }, [order])

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
