import { useMutation, useQuery } from '@tanstack/react-query'
import { FileText, Link2, Pencil, Plus, Trash2, Video } from 'lucide-react'
import { useState } from 'react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import { useNow } from '../../../components/use-now.ts'
import { Loaded } from './Loaded.tsx'
import { MaterialDialog } from './MaterialDialog.tsx'
import type { Session } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

export type Material = Outputs['materials']['list']['materials'][number]
export type Phase = Material['phase']

const phases: { id: Phase; title: string; hint: string }[] = [
  {
    id: 'before',
    title: 'Before',
    hint: 'To prepare with. Confirmed participants are told when it comes out.',
  },
  { id: 'after', title: 'After', hint: 'Comes out when the session has ended, unless you say otherwise.' },
  { id: 'recording', title: 'Recording', hint: 'A file or a link, from the end of the session on.' },
  { id: 'shared', title: 'Shared', hint: 'What participants and you add for each other.' },
]

/** What participants get, by when they get it. */
export function Materials({ session }: { session: Session }) {
  const trpc = useTRPC()
  const list = useQuery(trpc.materials.list.queryOptions({ sessionId: session.id }))
  const { recordingDays, sharedResources } = session.terms
  return (
    <Loaded query={list} what="The materials">
      {({ materials }) => (
        <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
          {phases
            .filter(({ id }) => id !== 'shared' || sharedResources || materials.some(one => one.phase === id))
            .map(({ id, title, hint }) => (
              <PhasePanel
                key={id}
                session={session}
                phase={id}
                title={title}
                hint={
                  id === 'recording' && recordingDays !== null
                    ? `${hint} It can be had for ${recordingDays} days.`
                    : hint
                }
                materials={materials.filter(({ phase }) => phase === id)}
              />
            ))}
        </div>
      )}
    </Loaded>
  )
}

interface PhasePanelProps {
  session: Session
  phase: Phase
  title: string
  hint: string
  materials: Material[]
}

function PhasePanel({ session, phase, title, hint, materials }: PhasePanelProps) {
  const [editing, setEditing] = useState<Material | 'new' | null>(null)
  const [removing, setRemoving] = useState<Material | null>(null)
  const mayAdd = session.mayManage && session.state !== 'CANCELLED'
  return (
    <Panel
      title={title}
      hint={hint}
      actions={
        mayAdd && (
          <Button size="small" aria-label={`Add to ${title.toLowerCase()}`} onPress={() => setEditing('new')}>
            <Plus aria-hidden="true" />
            Add
          </Button>
        )
      }
    >
      {materials.length === 0 ? (
        <p className="text-muted">Nothing yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {materials.map(material => (
            <MaterialRow
              key={material.id}
              material={material}
              zone={session.timeZone}
              onEdit={mayAdd ? () => setEditing(material) : undefined}
              onRemove={mayAdd ? () => setRemoving(material) : undefined}
            />
          ))}
        </ul>
      )}
      {editing && (
        <MaterialDialog
          session={session}
          phase={phase}
          material={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
      {removing && <RemoveDialog material={removing} onClose={() => setRemoving(null)} />}
    </Panel>
  )
}

interface MaterialRowProps {
  material: Material
  zone: string
  onEdit: (() => void) | undefined
  onRemove: (() => void) | undefined
}

function MaterialRow({ material, zone, onEdit, onRemove }: MaterialRowProps) {
  const { title, href, file, format, releaseAt, endsAt, state, addedBy, phase } = material
  const now = useNow()
  const Icon = format === 'video' || format === 'audio' ? Video : file ? FileText : Link2
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 py-3">
      <Icon aria-hidden="true" className="mt-1 size-5 shrink-0 text-muted" />
      <div className="min-w-40 flex-1">
        {href ? (
          <a href={href} target="_blank" rel="noreferrer" className="font-medium text-accent-ink underline">
            {title}
            <span className="sr-only"> (opens a new tab)</span>
          </a>
        ) : (
          <span className="font-medium">{title}</span>
        )}
        <span className="block text-sm text-muted">
          {file && `${file.name} · `}
          {phase === 'shared' && addedBy ? `from ${addedBy} · ` : ''}
          {now !== null && Date.parse(releaseAt) > now ? 'comes out ' : 'out since '}
          <Time at={releaseAt} zone={zone} />
          {endsAt && state !== 'ended' && (
            <>
              , until <Time at={endsAt} zone={zone} as="date" />
            </>
          )}
        </span>
        {state === 'ended' && <Badge>Its days are over</Badge>}
      </div>
      <span className="flex">
        {onEdit && phase !== 'shared' && (
          <Button variant="quiet" size="small" aria-label={`Change ${title}`} onPress={onEdit}>
            <Pencil aria-hidden="true" />
          </Button>
        )}
        {onRemove && (
          <Button variant="quiet" size="small" aria-label={`Remove ${title}`} onPress={onRemove}>
            <Trash2 aria-hidden="true" />
          </Button>
        )}
      </span>
    </li>
  )
}

function RemoveDialog({ material, onClose }: { material: Material; onClose: () => void }) {
  const trpc = useTRPC()
  const { changed, refused } = useSessionChange()
  const remove = useMutation(
    trpc.materials.remove.mutationOptions({
      onSuccess: () => changed('Removed.'),
      onError: refused,
      onSettled: onClose,
    }),
  )
  return (
    <Dialog
      role="alertdialog"
      title={`Remove “${material.title}”?`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button
            variant="danger"
            isPending={remove.isPending}
            onPress={() => remove.mutate({ id: material.id })}
          >
            Remove
          </Button>
        </>
      }
    >
      Participants can’t open it any more. {material.file && 'Its file is deleted.'}
    </Dialog>
  )
}
