import { useEffect } from 'react'
import { failureIn } from '../answers.ts'

/** Brings whoever fills in a form to the field that the server refused, where its error is read out. */
export function useFaultFocus(answer: unknown): void {
  useEffect(() => {
    if (failureIn(answer)?.field) document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus()
  }, [answer])
}
