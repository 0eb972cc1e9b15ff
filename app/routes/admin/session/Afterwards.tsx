import { useMutation, useQuery } from '@tanstack/react-query'
import { Award, ExternalLink, MessageSquareText } from 'lucide-react'
import { useState } from 'react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import { useNow } from '../../../components/use-now.ts'
import { Loaded } from './Loaded.tsx'
import { count, type Participant, type Session, seatName } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

/** What is left when it is over: certificates, and what participants said. */
export function Afterwards({ session }: { session: Session }) {
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
      {session.terms.certificate && <Certificates session={session} />}
      <Feedback session={session} />
    </div>
  )
}

interface Certificate {
  id: string
  name: string
  code: string
  revokedAt: string | null
}

function certificatesOf(participants: readonly Participant[]): Certificate[] {
  return participants.flatMap(participant =>
    participant.certificates.map(({ seat, ...certificate }) => ({
      ...certificate,
      name: seatName(participant, seat),
    })),
  )
}

/** For those who were checked in on every date (321). */
function Certificates({ session }: { session: Session }) {
  const { id, endsAt, state } = session
  const trpc = useTRPC()
  const now = useNow()
  const isOver = now !== null && Date.parse(endsAt) <= now
  const { changed, refused } = useSessionChange()
  const [revoking, setRevoking] = useState<Certificate | null>(null)
  const [unnamed, setUnnamed] = useState(0)
  const participants = useQuery(trpc.sessions.participants.queryOptions({ id }))
  const issue = useMutation(
    trpc.certificates.issue.mutationOptions({
      onSuccess: ({ issued, unnamed }) => {
        setUnnamed(unnamed.length)
        return changed(
          issued === 0
            ? 'Nobody else has earned one.'
            : `${count(issued, 'certificate')} issued, and sent by e-mail.`,
        )
      },
      onError: refused,
    }),
  )
  const revoke = useMutation(
    trpc.certificates.revoke.mutationOptions({
      onSuccess: () => changed('The certificate is revoked. Its address says so.'),
      onError: refused,
      onSettled: () => setRevoking(null),
    }),
  )
  return (
    <Panel
      title="Certificates"
      hint={`For each seat that was checked in on every date${isOver ? '' : ', once it is over'}.`}
      actions={
        isOver &&
        state !== 'CANCELLED' && (
          <Button size="small" isPending={issue.isPending} onPress={() => issue.mutate({ sessionId: id })}>
            <Award aria-hidden="true" />
            Issue certificates
          </Button>
        )
      }
    >
      {unnamed > 0 && (
        <Banner tone="wait" role="status" className="mb-4">
          {unnamed === 1 ? 'A guest has' : `${unnamed} guests have`} earned one but gave no name to write on
          it.
        </Banner>
      )}
      <Loaded query={participants} what="The certificates">
        {all => {
          const certificates = certificatesOf(all)
          if (certificates.length === 0) return <p className="text-muted">None so far.</p>
          return (
            <ul className="divide-y divide-line">
              {certificates.map(certificate => (
                <li key={certificate.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
                  <span className="min-w-40 flex-1">
                    <span className="font-medium">{certificate.name}</span>
                    <a
                      href={`/certificates/${certificate.code}`}
                      target="_blank"
                      rel="noreferrer"
                      className="tabular flex items-center gap-1 text-sm text-accent-ink underline"
                    >
                      {certificate.code}
                      <ExternalLink aria-hidden="true" className="size-3.5" />
                      <span className="sr-only"> (opens a new tab)</span>
                    </a>
                  </span>
                  {certificate.revokedAt ? (
                    <Badge tone="bad">Revoked</Badge>
                  ) : (
                    <Button
                      variant="quiet"
                      size="small"
                      aria-label={`Revoke the certificate of ${certificate.name}`}
                      onPress={() => setRevoking(certificate)}
                    >
                      Revoke
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
      <Dialog
        role="alertdialog"
        title={`Revoke the certificate of ${revoking?.name ?? ''}?`}
        isOpen={revoking !== null}
        onClose={() => setRevoking(null)}
        actions={
          <>
            <Button onPress={() => setRevoking(null)}>Keep it</Button>
            <Button
              variant="danger"
              isPending={revoke.isPending}
              onPress={() => revoking && revoke.mutate({ id: revoking.id })}
            >
              Revoke it
            </Button>
          </>
        }
      >
        Whoever opens its address reads from now on that it doesn’t count any more. This can’t be taken back.
      </Dialog>
    </Panel>
  )
}

type Results = Outputs['sessions']['feedback']

function Feedback({ session: { id } }: { session: Session }) {
  const trpc = useTRPC()
  const feedback = useQuery(trpc.sessions.feedback.queryOptions({ id }))
  return (
    <Panel title="Feedback">
      <Loaded query={feedback} what="The answers">
        {results =>
          results.average === null ? (
            <EmptyState icon={MessageSquareText} title="No answers yet">
              Participants are asked when it is over, and what they say appears here.
            </EmptyState>
          ) : (
            <FeedbackResults results={results} average={results.average} />
          )
        }
      </Loaded>
    </Panel>
  )
}

function FeedbackResults({ results, average }: { results: Results; average: number }) {
  const most = Math.max(...results.distribution)
  return (
    <>
      <p className="text-3xl font-semibold">
        {average.toFixed(1)} <span className="text-base font-normal text-muted">of 5</span>
      </p>
      <p className="text-muted">{count(results.count, 'answer')}</p>
      <table className="mt-4 w-full text-[0.9375rem]">
        <caption className="sr-only">How many gave each rating</caption>
        <tbody>
          {[5, 4, 3, 2, 1].map(rating => {
            const given = results.distribution[rating - 1] ?? 0
            return (
              <tr key={rating}>
                <th scope="row" className="w-6 py-1 text-left font-medium">
                  {rating}
                </th>
                <td className="py-1">
                  <span className="flex items-center gap-2">
                    <span
                      aria-hidden="true"
                      className="h-3 rounded-full bg-accent-ink"
                      style={{ width: `${(given / most) * 75}%` }}
                    />
                    <span className="tabular text-muted">{given}</span>
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {results.comments.length > 0 && (
        <ul className="mt-5 flex flex-col gap-4 border-line border-t pt-5">
          {results.comments.map(({ comment, rating, at, name }) => (
            <li key={`${at}${comment}`}>
              <p className="whitespace-pre-line">“{comment}”</p>
              <p className="text-sm text-muted">
                {name && `${name}, `}
                {rating} of 5, <Time at={at} as="date" />
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
