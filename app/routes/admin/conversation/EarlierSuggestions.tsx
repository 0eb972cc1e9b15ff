import { ProposalStates } from '../../../components/conversation/ProposalStates.tsx'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import type { Booking } from '../booking/route.tsx'

/** What was suggested on either side and is over, with what the client wrote about it. */
export function EarlierSuggestions({ booking: { proposals, client } }: { booking: Booking }) {
  const { zone } = useView()
  const over = proposals.filter(({ status }) => status !== 'open')
  const answers = [...new Set(over.flatMap(({ answer }) => answer ?? []))]
  if (over.length === 0) return null
  return (
    <div className="flex flex-col gap-3">
      <ProposalStates
        title={`Other times ${client.name} asked for`}
        proposals={over.filter(({ proposedBy }) => proposedBy === 'client')}
      />
      <ProposalStates
        title="Suggested by you"
        proposals={over.filter(({ proposedBy }) => proposedBy === 'coach')}
      />
      <p className="text-sm text-muted">{zoneInWords(zone)} time</p>
      {answers.map(answer => (
        <p key={answer} className="whitespace-pre-line">
          <span className="text-muted">{client.name} wrote:</span> {answer}
        </p>
      ))}
    </div>
  )
}
