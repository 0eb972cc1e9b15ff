import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX } from 'lucide-react'
import { useTRPC } from '../../../../api.ts'
import { Banner } from '../../../../components/Banner.tsx'
import { Button } from '../../../../components/Button.tsx'
import { DeclineReason, useDeclineReason } from '../../../../components/DeclineReason.tsx'
import { Dialog } from '../../../../components/Dialog.tsx'
import { Skeleton } from '../../../../components/Skeleton.tsx'
import { Time } from '../../../../components/Time.tsx'
import { failureOf } from '../../../../failure.ts'
import { useView } from '../../../../view.tsx'
import { zoneInWords } from '../../../../zone.ts'
import type { Request } from '../RequestCard.tsx'
import type { BulkAnswer } from './bulk-jobs.ts'

interface BulkDialogProps {
  requests: readonly Request[]
  answer: 'approve' | 'decline'
  onClose: () => void
  onAnswer: (requests: Request[], answer: BulkAnswer) => void
}

/** What answering several requests would do to each, before any of it is done. */
export function BulkDialog({ requests, answer, onClose, onAnswer }: BulkDialogProps) {
  const trpc = useTRPC()
  const reason = useDeclineReason()
  const ids = requests.map(({ id }) => id)
  const preview = useQuery({
    ...trpc.bookings.previewAnswers.queryOptions({ ids, answer }),
    staleTime: 0,
  })
  const foreseen = new Map(preview.data?.answers.map(each => [each.id, each]))
  const can = requests.filter(({ id }) => foreseen.get(id)?.ok)
  const cannot = requests.filter(({ id }) => foreseen.get(id)?.ok === false)
  const isApproval = answer === 'approve'
  const word = isApproval ? 'Approve' : 'Decline'

  function confirm() {
    if (isApproval) return onAnswer(can, { answer: 'approve' })
    const said = reason.read()
    if (said) onAnswer(can, { answer: 'decline', ...said })
  }

  return (
    <Dialog
      title={`${word} ${requests.length === 1 ? 'one request' : `${requests.length} requests`}?`}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button variant={isApproval ? 'primary' : 'danger'} isDisabled={can.length === 0} onPress={confirm}>
            {preview.isSuccess ? `${word} ${can.length}` : word}
          </Button>
        </>
      }
    >
      {preview.isError ? (
        <Banner
          tone="bad"
          role="alert"
          title="We couldn’t look at what would happen"
          actions={
            <Button size="small" onPress={() => preview.refetch()}>
              Try again
            </Button>
          }
        >
          {failureOf(preview.error).message}
        </Banner>
      ) : !preview.isSuccess ? (
        <Skeleton className="h-40 w-full rounded-control" />
      ) : (
        <div className="flex flex-col gap-5">
          {can.length > 0 && (
            <Foreseen
              title={isApproval ? 'Will be approved' : 'Will be declined'}
              requests={can}
              saying={({ id }) => declinesInWords(foreseen.get(id)!.declines)}
              isPossible
            />
          )}
          {cannot.length > 0 && (
            <Foreseen
              title={isApproval ? 'Can’t be approved' : 'Can’t be declined'}
              requests={cannot}
              saying={({ id }) => foreseen.get(id)!.message}
            />
          )}
          {!isApproval && can.length > 0 && (
            <DeclineReason {...reason.fields} label="Why? Each of these clients reads this." />
          )}
          {can.length > 0 && (
            <p className="text-sm text-muted">
              Each client is told by e-mail. You can undo it for a few seconds before anything is sent.
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}

function declinesInWords(others: readonly { clientName: string }[]): string | null {
  if (others.length === 0) return null
  const names = new Intl.ListFormat('en').format(others.map(({ clientName }) => clientName))
  return `Declines ${names}, who ${others.length === 1 ? 'asks' : 'ask'} for the same time, with other times to choose from.`
}

interface ForeseenProps {
  title: string
  requests: readonly Request[]
  saying: (request: Request) => string | null
  isPossible?: boolean
}

function Foreseen({ title, requests, saying, isPossible }: ForeseenProps) {
  const { zone } = useView()
  const Icon = isPossible ? CircleCheck : CircleX
  return (
    <section>
      <h3 className="mb-2 font-medium">{title}</h3>
      <ul className="flex flex-col divide-y divide-line rounded-control border border-line">
        {requests.map(request => {
          const words = saying(request)
          return (
            <li key={request.id} className="flex gap-3 px-4 py-2.5">
              <Icon
                aria-hidden="true"
                className={`mt-0.5 size-5 shrink-0 ${isPossible ? 'text-good' : 'text-bad'}`}
              />
              <div className="min-w-0">
                <p>
                  <span className="font-medium">{request.client.name}</span>,{' '}
                  <Time at={request.move?.startsAt ?? request.startsAt} />{' '}
                  <span className="text-sm text-muted">{zoneInWords(zone)} time</span>
                </p>
                {words && <p className="text-sm text-muted">{words}</p>}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
