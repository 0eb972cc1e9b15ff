import { type CalendarDateTime, parseAbsolute, toCalendarDateTime, toZoned } from '@internationalized/date'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Checkbox, Radios } from '../../../components/Choices.tsx'
import { DateField } from '../../../components/DateFields.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { Upload } from '../../../components/Upload.tsx'
import { newKey } from '../../../new-key.ts'
import { useRootData } from '../../../root-data.ts'
import type { UploadedFile } from '../../../send-file.ts'
import { zoneInWords } from '../../../zone.ts'
import { errorAt, type Problem, problemsOf } from '../problems.ts'
import type { Material, Phase } from './Materials.tsx'
import type { Session } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

interface MaterialDialogProps {
  session: Session
  phase: Phase
  /** Null for a new one. */
  material: Material | null
  onClose: () => void
}

/** A file or a link, with the moment from which participants have it. */
export function MaterialDialog({ session, phase, material, onClose }: MaterialDialogProps) {
  const { timeZone, schedule } = session
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1
  const trpc = useTRPC()
  const { changed } = useSessionChange()
  const [key] = useState(newKey)
  const [title, setTitle] = useState(material?.title ?? '')
  const [source, setSource] = useState<'file' | 'link'>(material && !material.file ? 'link' : 'file')
  const [url, setUrl] = useState(material && !material.file ? (material.href ?? '') : '')
  const [file, setFile] = useState<UploadedFile | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [release, setRelease] = useState<'phase' | 'date'>(
    material && 'hasOwnDate' in material && material.hasOwnDate ? 'date' : 'phase',
  )
  const [date, setDate] = useState<CalendarDateTime | null>(() =>
    toCalendarDateTime(parseAbsolute(material?.releaseAt ?? session.startsAt, timeZone)),
  )
  const [forAll, setForAll] = useState(false)
  const [problems, setProblems] = useState<Problem[]>([])
  const options = {
    onSuccess() {
      void changed(material ? 'Saved.' : `“${title.trim()}” is added.`)
      onClose()
    },
    onError: (error: unknown) => setProblems(problemsOf(error)),
  }
  const add = useMutation(trpc.materials.add.mutationOptions(options))
  const update = useMutation(trpc.materials.update.mutationOptions(options))

  function save() {
    if (title.trim() === '') return setProblems([{ field: 'title', message: 'Give it a title.' }])
    if (source === 'link' && !/^https:\/\/\S+$/.test(url.trim()))
      return setProblems([{ field: 'url', message: 'Give the link, beginning with https://.' }])
    if (source === 'file' && !file && !material?.file)
      return setProblems([{ field: 'fileId', message: 'Choose a file, or give a link instead.' }])
    const what = source === 'link' ? { url: url.trim() } : file ? { fileId: file.id } : {}
    const releaseAt = release === 'date' && date ? toZoned(date, timeZone).toAbsoluteString() : null
    const fields = { ...what, title: title.trim(), releaseAt }
    if (material) return update.mutate({ id: material.id, ...fields })
    add.mutate({ sessionId: session.id, phase, ...fields, allOfSchedule: forAll, idempotencyKey: key })
  }

  const named = ['title', 'url', 'fileId', 'releaseAt']
  const other = problems.find(({ field }) => !named.includes(field))
  return (
    <Dialog
      title={`${material ? 'Change the' : 'Add a'} ${phase === 'recording' ? 'recording' : 'material'}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button
            variant="primary"
            isPending={add.isPending || update.isPending}
            isDisabled={isBusy}
            onPress={save}
          >
            {material ? 'Save' : 'Add'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {other && (
          <Banner tone="bad" role="alert">
            {other.message}
          </Banner>
        )}
        <TextField
          label="Title"
          isRequired
          maxLength={200}
          value={title}
          onChange={setTitle}
          error={errorAt(problems, 'title')}
        />
        <Radios
          label="What it is"
          choices={[
            { id: 'file', label: 'A file' },
            { id: 'link', label: 'A link' },
          ]}
          className="grid grid-cols-2 gap-2"
          value={source}
          onChange={setSource}
        />
        {source === 'link' ? (
          <TextField
            label="Link"
            type="url"
            isRequired
            placeholder="https://"
            maxLength={2000}
            value={url}
            onChange={setUrl}
            error={errorAt(problems, 'url')}
          />
        ) : (
          <>
            {material?.file && !file && (
              <p className="text-sm text-muted">
                Now it is {material.file.name}. Choose another to replace it.
              </p>
            )}
            <Upload
              label="File"
              purpose={phase === 'recording' ? 'recording' : 'material'}
              value={file}
              onChange={chosen => {
                setFile(chosen)
                setProblems([])
                if (chosen && title.trim() === '') setTitle(chosen.name.replace(/\.[^.]+$/, ''))
              }}
              onBusyChange={setBusy}
              error={errorAt(problems, 'fileId')}
            />
          </>
        )}
        {phase !== 'shared' && (
          <Radios
            label="Participants have it"
            choices={[
              { id: 'phase', label: phase === 'before' ? 'At once' : 'When the session has ended' },
              { id: 'date', label: 'From a moment I set' },
            ]}
            value={release}
            onChange={setRelease}
          />
        )}
        {phase !== 'shared' && release === 'date' && (
          <DateField
            label="From"
            hint={`In ${zoneInWords(timeZone)} time.`}
            value={date}
            onChange={setDate}
            weekStartsOn={weekStartsOn}
            error={errorAt(problems, 'releaseAt')}
          />
        )}
        {!material && schedule && (
          <Checkbox
            label="Add it to all sessions to come of this schedule"
            hint="Each with as much distance to its own start."
            isSelected={forAll}
            onChange={setForAll}
          />
        )}
      </div>
    </Dialog>
  )
}
