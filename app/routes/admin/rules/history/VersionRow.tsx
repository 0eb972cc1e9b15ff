import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../../api.ts'
import { Badge } from '../../../../components/Badge.tsx'
import { Banner } from '../../../../components/Banner.tsx'
import { Button } from '../../../../components/Button.tsx'
import { Dialog } from '../../../../components/Dialog.tsx'
import { Spinner } from '../../../../components/Spinner.tsx'
import { TextField } from '../../../../components/TextField.tsx'
import { Time } from '../../../../components/Time.tsx'
import { toast } from '../../../../components/toasts.tsx'
import { failureOf } from '../../../../failure.ts'
import { useAftermath } from '../../impact/use-aftermath.tsx'
import { DiffView } from '../draft/DiffView.tsx'
import { type Foreseen, Impact, useForeseen } from '../draft/Impact.tsx'
import type { Version } from '../policy.ts'

interface VersionRowProps {
  version: Version
  /** The one that holds. */
  newest: number
}

/** One published version: who, when, why, what it changed, and the way back to it. */
export function VersionRow({
  version: { version, note, author, restoredFrom, createdAt },
  newest,
}: VersionRowProps) {
  const [isOpen, setOpen] = useState(false)
  const [isRestoring, setRestoring] = useState(false)
  const aftermath = useAftermath()
  const id = `changes-${version}`
  return (
    <li className="rounded-card border border-line bg-surface p-4 shadow-card sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 wrap-anywhere">
          <h2 className="flex flex-wrap items-center gap-2 text-base">
            Version {version}
            {version === newest && <Badge tone="good">Holds now</Badge>}
            {restoredFrom !== null && <Badge icon={History}>Brought back version {restoredFrom}</Badge>}
          </h2>
          <p className="text-sm text-muted">
            <Time at={createdAt} />, by {author?.name ?? 'somebody who no longer works here'}
          </p>
          {note && <p className="mt-1">{note}</p>}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="small" aria-expanded={isOpen} aria-controls={id} onPress={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide' : 'Show'} changes<span className="sr-only"> of version {version}</span>
          </Button>
          {version !== newest && (
            <Button size="small" onPress={() => setRestoring(true)}>
              Restore<span className="sr-only"> version {version}</span>
            </Button>
          )}
        </div>
      </div>
      <div id={id}>{isOpen && <Changes from={version - 1} to={version} />}</div>
      {isRestoring && (
        <RestoreDialog
          version={version}
          newest={newest}
          onClose={() => setRestoring(false)}
          onRestored={({ affected, plan }) => void aftermath.carryOut(affected, plan)}
        />
      )}
      {aftermath.dialog}
    </li>
  )
}

/** What is different in one version from another, once it is asked for. */
function Changes({ from, to }: { from: number; to: number }) {
  const trpc = useTRPC()
  const { data, error } = useQuery(trpc.policies.diff.queryOptions({ from, to }))
  return (
    <div className="mt-3">
      {data ? (
        <DiffView diff={data} />
      ) : error ? (
        <p className="text-bad">{failureOf(error).message}</p>
      ) : (
        <Spinner />
      )}
    </div>
  )
}

interface RestoreDialogProps {
  version: number
  newest: number
  onClose: () => void
  onRestored: (foreseen: Foreseen) => void
}

/** Asks before an earlier version's rules hold again: what that changes, and for whom. */
function RestoreDialog({ version, newest, onClose, onRestored }: RestoreDialogProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const restore = useMutation(trpc.policies.restore.mutationOptions())
  const impact = useForeseen({ of: 'version', version })
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState<string | null>(null)

  async function bringBack() {
    try {
      const restored = await restore.mutateAsync({ version, basedOn: newest, note: note.trim() })
      toast({ text: `The rules of version ${version} hold again, as version ${restored.version}.` })
      onClose()
      onRestored(impact.foreseen)
      await queryClient.invalidateQueries({ queryKey: trpc.policies.pathKey() })
    } catch (error) {
      setFailure(failureOf(error).message)
    }
  }

  return (
    <Dialog
      role="alertdialog"
      title={`Restore version ${version}?`}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={onClose}>Keep the rules as they are</Button>
          <Button variant="primary" isPending={restore.isPending} onPress={bringBack}>
            Restore
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {failure && (
          <Banner tone="bad" role="alert">
            {failure}
          </Banner>
        )}
        <p>
          Its rules hold again at once, as a new version. Nothing is lost: today’s rules stay in the history,
          and your draft stays as it is.
        </p>
        <section aria-labelledby="restore-changes">
          <h3 id="restore-changes" className="text-base">
            What changes
          </h3>
          <Changes from={newest} to={version} />
        </section>
        <Impact {...impact} />
        <TextField
          label="Why?"
          hint="Kept in the history, for you and your colleagues."
          maxLength={500}
          value={note}
          onChange={setNote}
        />
      </div>
    </Dialog>
  )
}
