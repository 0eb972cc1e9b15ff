import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { Upload } from '../../../components/Upload.tsx'
import { failureOf } from '../../../failure.ts'
import { newKey } from '../../../new-key.ts'
import type { UploadedFile } from '../../../send-file.ts'

interface AddSharedProps {
  token: string
  onClose: () => void
  onAdded: () => void
}

/** A link or a file for the others. */
export default function AddShared({ token, onClose, onAdded }: AddSharedProps) {
  const trpc = useTRPC()
  const [what, setWhat] = useState<'link' | 'file'>('link')
  const [title, setTitle] = useState('')
  const [url, setUrl] = useState('')
  const [file, setFile] = useState<UploadedFile | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [missing, setMissing] = useState<Record<string, string>>({})
  const [key] = useState(newKey)
  const add = useMutation(trpc.materials.add.mutationOptions({ onSuccess: onAdded }))
  const failure = add.isError ? failureOf(add.error) : null
  const faultOf = (field: string) => missing[field] ?? (failure?.field === field ? failure.message : null)

  const send = (event: FormEvent) => {
    event.preventDefault()
    const link = url.trim()
    const faults = {
      ...(!title.trim() && { title: 'Please say what it is.' }),
      ...(what === 'link' &&
        !/^https:\/\/\S+$/.test(link) && { url: 'Please enter a link that begins with https://' }),
      ...(what === 'file' && !file && { fileId: 'Please choose a file.' }),
    }
    setMissing(faults)
    if (Object.keys(faults).length > 0) return
    add.mutate({
      handle: { token },
      phase: 'shared',
      title: title.trim(),
      ...(what === 'link' ? { url: link } : { fileId: file?.id }),
      idempotencyKey: key,
    })
  }
  return (
    <Dialog
      title="Share with the others"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="add-shared"
            variant="primary"
            isPending={add.isPending}
            isDisabled={isBusy}
          >
            Share it
          </Button>
        </>
      }
    >
      <form id="add-shared" onSubmit={send} noValidate className="flex flex-col gap-5">
        <Radios
          label="What is it?"
          choices={[
            { id: 'link', label: 'A link' },
            { id: 'file', label: 'A file' },
          ]}
          value={what}
          onChange={setWhat}
          className="grid grid-cols-2 gap-2"
        />
        {what === 'link' ? (
          <TextField
            label="Link"
            type="url"
            inputMode="url"
            placeholder="https://"
            isRequired
            maxLength={2000}
            value={url}
            onChange={setUrl}
            error={faultOf('url')}
          />
        ) : (
          <Upload
            label="File"
            purpose="material"
            booking={token}
            value={file}
            onChange={sent => {
              setFile(sent)
              if (sent && !title) setTitle(sent.name.replace(/\.[^.]+$/, ''))
            }}
            onBusyChange={setBusy}
            error={faultOf('fileId')}
          />
        )}
        <TextField
          label="Title"
          isRequired
          maxLength={200}
          value={title}
          onChange={setTitle}
          error={faultOf('title')}
        />
        {failure && !failure.field && (
          <Banner tone="bad" role="alert">
            {failure.message}
          </Banner>
        )}
      </form>
    </Dialog>
  )
}
