import { toast } from '../../../../components/toasts.tsx'

let takeAwayLast = () => {}

/** Says what became of the draft, with a way one step back: only the last change can be taken back. */
export function offerUndo(text: string, undo: () => void): void {
  takeAwayLast()
  takeAwayLast = toast({ text, action: { label: 'Undo', onPress: undo } })
}

/** Once the draft is published, or carried over to other rules, there is no way back to what it was. */
export function withdrawUndo(): void {
  takeAwayLast()
}
