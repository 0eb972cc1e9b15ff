import { ImagePlus, Trash2, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { failureOf } from '../failure.ts'
import { sendFile } from '../send-file.ts'
import { Button } from './Button.tsx'
import { hintLook, labelLook } from './Field.tsx'

const largest = 512 * 1024

interface LogoFieldProps {
  /** What is shown: the address of the present logo or of a chosen one; null for none. */
  shown: string | null
  /** A new logo that the server has, with an address to show it by, or null to take it away. */
  onChange: (logo: { fileId: string; shown: string } | null) => void
  /** What the server said of it. */
  error?: string | null
}

/** The business's logo: chosen from a file, sent at once, looked at, taken away. */
export function LogoField({ shown, onChange, error }: LogoFieldProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [sending, setSending] = useState<AbortController | null>(null)
  // Leaving the page ends what is on its way.
  useEffect(() => () => sending?.abort(), [sending])

  async function choose(file: File | undefined) {
    if (!file) return
    if (file.size > largest)
      return setProblem('The image is larger than 512 kB. Please choose a smaller one.')
    const controller = new AbortController()
    setSending(controller)
    setProblem(null)
    try {
      const { signal } = controller
      const { id: fileId } = await sendFile(file, { purpose: 'logo', signal, onProgress: () => {} })
      onChange({ fileId, shown: `/files/${fileId}` })
    } catch (failed) {
      if (!controller.signal.aborted) setProblem(failureOf(failed).message)
    } finally {
      setSending(null)
    }
  }

  const wrong = problem ?? error
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className={labelLook}>
        Logo <span className="font-normal text-faint">(optional)</span>
      </span>
      <span className={hintLook}>PNG, JPEG or WebP, at most 512 kB.</span>
      <div className="flex flex-wrap items-center gap-3">
        {shown && (
          <img
            src={shown}
            alt="Your logo"
            className="size-16 rounded-control border border-line bg-surface object-contain p-1"
          />
        )}
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          aria-labelledby={id}
          tabIndex={-1}
          className="sr-only"
          onChange={event => {
            void choose(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button isPending={sending !== null} onPress={() => input.current?.click()}>
          <ImagePlus aria-hidden="true" />
          {shown ? 'Choose another' : 'Choose a file'}
        </Button>
        {sending && (
          <Button variant="quiet" onPress={() => sending.abort()}>
            <X aria-hidden="true" />
            Cancel
          </Button>
        )}
        {shown && !sending && (
          <Button variant="quiet" onPress={() => onChange(null)}>
            <Trash2 aria-hidden="true" />
            Remove
          </Button>
        )}
      </div>
      {wrong && (
        <p role="alert" className="text-sm font-medium text-bad">
          {wrong}
        </p>
      )}
    </div>
  )
}
