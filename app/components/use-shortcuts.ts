import { useEffect, useRef, useSyncExternalStore } from 'react'

const STORED = 'rapport_shortcuts'
const changes = new EventTarget()

/**
 * Single keys that do something on the whole page, by `KeyboardEvent.key`. They rest while somebody types, while
 * a dialog or menu is open, together with Ctrl, Alt or Meta, and for whom they are switched off.
 */
export function useShortcuts(keys: Record<string, () => void>): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })

  useEffect(() => {
    function press(event: KeyboardEvent) {
      const modified = event.ctrlKey || event.altKey || event.metaKey
      if (event.defaultPrevented || modified || isElsewhere(event.target) || !areOn()) return
      const act = latest.current[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

const ELSEWHERE =
  'input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=spinbutton]'

function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(ELSEWHERE) !== null
}

function areOn(): boolean {
  return localStorage.getItem(STORED) !== 'off'
}

/** Whether this browser's shortcuts are on, and the way to switch them (WCAG 2.1.4). */
export function useShortcutsSwitch(): [on: boolean, set: (on: boolean) => void] {
  const on = useSyncExternalStore(
    changed => {
      changes.addEventListener('change', changed)
      return () => changes.removeEventListener('change', changed)
    },
    areOn,
    () => true,
  )
  return [
    on,
    next => {
      localStorage.setItem(STORED, next ? 'on' : 'off')
      changes.dispatchEvent(new Event('change'))
    },
  ]
}
