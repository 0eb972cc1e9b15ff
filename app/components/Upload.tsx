import { FileCheck2, Paperclip, Trash2, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { DropZone, type DropZoneProps } from 'react-aria-components/DropZone'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { Label } from 'react-aria-components/Label'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import { failureOf } from '../failure.ts'
import { type FilePurpose, sendFile, type UploadedFile } from '../send-file.ts'
import { Button } from './Button.tsx'
import { hintLook, labelLook } from './Field.tsx'
import { fileSize } from './file-size.ts'

interface UploadProps {
  label: string
  /** Decides which types are taken, and how large a file may be. */
  purpose: FilePurpose
  /** For participants: the booking by which they add the file, as its id or its manage token. */
  booking?: string
  /** The file the form has so far: null for none. */
  value: UploadedFile | null
  /** A file that has arrived, to be named in a command by its `id`; null when it was taken away. */
  onChange: (file: UploadedFile | null) => void
  /** While a file is on its way, so that a form can wait with its button. */
  onBusyChange?: (isBusy: boolean) => void
  /** What the server said of it when the form was sent. */
  error?: string | null
}

interface Sending {
  name: string
  percent: number
  controller: AbortController
}

const media = '.mp3,.m4a,.mp4,.webm,.ogg,.oga,.ogv,.opus'
const documents =
  '.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.zip,.txt,.md,.csv,.png,.jpg,.jpeg,.webp,.gif'

/** What the server takes for each purpose. It says so itself as well; recordings may be set smaller or larger there. */
const takes: Record<FilePurpose, { accept: string; largest: number | null; said: string }> = {
  logo: { accept: '.png,.jpg,.jpeg,.webp', largest: 512 * 1024, said: 'PNG, JPEG or WebP, at most 512 kB.' },
  material: {
    accept: `${documents},${media}`,
    largest: 25_000_000,
    said: 'PDF, office document, image, audio, video, ZIP or text, at most 25 MB.',
  },
  recording: { accept: media, largest: null, said: 'MP3, M4A, MP4, WebM or Ogg.' },
}

/**
 * A field for one file, chosen, dropped or pasted. It is sent at once, with its progress shown and a way to stop;
 * the form then names it by `value.id`. A file that no form keeps is removed by the server within a day.
 */
export function Upload({ label, purpose, booking, value, onChange, onBusyChange, error }: UploadProps) {
  const id = useId()
  const [sending, setSending] = useState<Sending | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const { accept, largest, said } = takes[purpose]

  // Leaving the page ends what is on its way.
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])

  // Each state has one button; who used the last one goes on with the next. `autoFocus` wouldn't: to React Aria the
  // file input's own click is a screen reader's.
  const field = useRef<HTMLFieldSetElement>(null)
  const isUsed = useRef(false)
  const step = sending ? 'sending' : (value?.id ?? 'none')
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step moves the focus once
  useEffect(() => {
    if (isUsed.current) [...field.current!.querySelectorAll('button')].at(-1)?.focus()
  }, [step])

  async function send(file: File | null | undefined) {
    if (!file || sending) return
    isUsed.current = true
    if (file.size === 0) return setProblem('This file is empty.')
    if (largest !== null && file.size > largest) return setProblem(`This file is too large. ${said}`)
    const controller = new AbortController()
    current.current = controller
    setProblem(null)
    setSending({ name: file.name, percent: 0, controller })
    onBusyChange?.(true)
    try {
      const onProgress = (sent: number) => {
        const percent = Math.min(100, Math.floor((sent / file.size) * 100))
        setSending(now => now && { ...now, percent })
      }
      onChange(await sendFile(file, { purpose, booking, onProgress, signal: controller.signal }))
    } catch (failed) {
      if (!controller.signal.aborted) setProblem(failureOf(failed).message)
    } finally {
      setSending(null)
      onBusyChange?.(false)
    }
  }

  const wrong = problem ?? error
  return (
    <fieldset
      ref={field}
      aria-labelledby={id}
      aria-describedby={`${id}-hint`}
      className="flex min-w-0 flex-col gap-1.5"
    >
      <span id={id} className={labelLook}>
        {label}
      </span>
      <span id={`${id}-hint`} className={hintLook}>
        {said}
      </span>
      {sending ? (
        <Progress {...sending} />
      ) : value ? (
        <Chosen file={value} onRemove={() => onChange(null)} />
      ) : (
        <DropZone
          aria-label={label}
          getDropOperation={() => 'copy'}
          onDrop={event => void droppedFile(event).then(send)}
          className={`${box} border-dashed data-drop-target:border-accent-ink data-drop-target:bg-accent/8 data-focus-visible:outline-2 data-focus-visible:outline-accent-ink`}
        >
          <FileTrigger acceptedFileTypes={accept.split(',')} onSelect={files => void send(files?.[0])}>
            <Button size="small">
              <Paperclip aria-hidden="true" />
              Choose a file
            </Button>
          </FileTrigger>
          <span className="text-sm text-muted max-sm:hidden">or drop it here</span>
        </DropZone>
      )}
      {wrong && (
        <p role="alert" className="text-sm font-medium text-bad">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}

const box =
  'flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 rounded-control border border-line-strong/70 bg-surface px-3 py-2'

function Progress({ name, percent, controller }: Sending) {
  return (
    <div className={box}>
      <ProgressBar value={percent} className="flex min-w-0 flex-1 flex-col gap-1.5">
        {({ valueText }) => (
          <>
            <span className="flex items-baseline justify-between gap-3 text-sm">
              <Label className="min-w-0 truncate">Sending {name}</Label>
              <span className="text-muted tabular-nums">{valueText}</span>
            </span>
            <span className="h-1.5 overflow-hidden rounded-full bg-sunken">
              <span
                className="block h-full rounded-full bg-accent transition-[width] duration-200"
                style={{ width: `${percent}%` }}
              />
            </span>
          </>
        )}
      </ProgressBar>
      <Button size="small" variant="quiet" onPress={() => controller.abort()}>
        <X aria-hidden="true" />
        Cancel
      </Button>
    </div>
  )
}

interface ChosenProps {
  file: UploadedFile
  onRemove: () => void
}

function Chosen({ file, onRemove }: ChosenProps) {
  return (
    <div className={box}>
      <FileCheck2 aria-hidden="true" className="size-5 shrink-0 text-good" />
      <span role="status" className="min-w-0 flex-1 truncate text-[0.9375rem]">
        {file.name} <span className="text-sm text-muted">{fileSize(file.bytes)}</span>
      </span>
      <Button size="small" variant="quiet" onPress={onRemove}>
        <Trash2 aria-hidden="true" />
        Remove<span className="sr-only"> {file.name}</span>
      </Button>
    </div>
  )
}

async function droppedFile({ items }: Parameters<NonNullable<DropZoneProps['onDrop']>>[0]) {
  const dropped = items.find(item => item.kind === 'file')
  return dropped?.kind === 'file' ? dropped.getFile() : null
}
