import { useRef, useState } from 'react'

/**
 * Which of a list are selected, by id, in the list's order. What has left the list is no longer selected; `toggle`
 * with `asRange` selects everything from the one toggled before.
 */
export function useSelection(ids: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<string | null>(null)
  const selected = ids.filter(id => chosen.has(id))

  return {
    selected,
    has: (id: string) => chosen.has(id),
    toggle(id: string, { asRange = false } = {}) {
      const from = last.current === null ? -1 : ids.indexOf(last.current)
      const to = ids.indexOf(id)
      last.current = id
      const next = new Set(selected)
      if (asRange && from !== -1) {
        for (const between of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(between)
      } else if (!next.delete(id)) next.add(id)
      setChosen(next)
    },
    all: () => setChosen(new Set(ids)),
    none() {
      last.current = null
      setChosen(new Set())
    },
  }
}
