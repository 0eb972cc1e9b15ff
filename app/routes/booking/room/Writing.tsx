import { SendHorizontal } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { inputLook } from '../../../components/Field.tsx'

const most = 4000

interface WritingProps {
  onSend: (text: string) => void
  isFirst: boolean
}

/** A line of chat; Enter sends it, Shift and Enter begin another line. */
export function Writing({ onSend, isFirst }: WritingProps) {
  const id = useId()
  const [text, setText] = useState('')

  const send = (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (!words) return
    onSend(words)
    setText('')
  }
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event)
  }
  return (
    <form onSubmit={send} className="flex items-end gap-2">
      <label htmlFor={id} className="sr-only">
        Your message
      </label>
      <textarea
        id={id}
        rows={Math.min(5, text.split('\n').length)}
        maxLength={most}
        enterKeyHint="send"
        placeholder={isFirst ? 'Say hello' : 'Write a message'}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={sendOnEnter}
        className={`${inputLook} resize-none`}
      />
      <Button type="submit" variant="primary" aria-label="Send" className="!px-3.5">
        <SendHorizontal aria-hidden="true" />
      </Button>
    </form>
  )
}
