import { Card } from '../../../components/Card.tsx'
import { ProposalStates } from '../../../components/conversation/ProposalStates.tsx'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import type { BookingView } from '../route.tsx'

/** What was said and suggested so far, each with how it ended; what waits for the client stands above it. */
export function History({ booking }: { booking: BookingView }) {
  const { coach, questions, proposals, can } = booking
  const { zone } = useView()
  const answered = questions.filter(({ answer }) => answer !== null)
  const own = proposals.filter(({ proposedBy }) => proposedBy === 'client')
  const suggested = proposals.filter(
    ({ proposedBy, status }) => proposedBy === 'coach' && !(status === 'open' && can.acceptProposal),
  )
  if (answered.length === 0 && own.length === 0 && suggested.length === 0) return null
  return (
    <Card as="section" className="p-5 wrap-anywhere sm:p-6">
      <h2 className="text-lg">Between you and {coach.name}</h2>
      <div className="flex flex-col gap-3 not-empty:mt-3">
        <ProposalStates title="Your other choices" proposals={own} />
        <ProposalStates title={`Suggested by ${coach.name}`} proposals={suggested} />
      </div>
      {(own.length > 0 || suggested.length > 0) && (
        <p className="mt-1.5 text-sm text-muted" suppressHydrationWarning>
          Times in {zoneInWords(zone)}
        </p>
      )}
      {answered.length > 0 && (
        <dl className="mt-3 flex flex-col gap-3">
          {answered.map(({ question, askedAt, answer }) => (
            <div key={askedAt}>
              <dt className="text-sm whitespace-pre-line text-muted">
                {coach.name}: {question}
              </dt>
              <dd className="mt-0.5 whitespace-pre-line">You: {answer}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  )
}
