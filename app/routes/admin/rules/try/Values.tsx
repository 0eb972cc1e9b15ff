import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Outputs, useTRPC } from '../../../../api.ts'
import { Badge } from '../../../../components/Badge.tsx'
import { Banner } from '../../../../components/Banner.tsx'
import { Panel } from '../../../../components/Panel.tsx'
import { failureOf } from '../../../../failure.ts'
import type { Question } from './question.ts'

type Value = Outputs['policies']['effective']['values'][number]

interface ValuesProps {
  /** Who would give it. */
  coachId: string
  question: Question
}

/** The numbers that hold for this client with this offer, and where each comes from (065). */
export function Values({ coachId, question }: ValuesProps) {
  const { offerId, sessionId, clientId, signedIn, useDraft } = question
  const trpc = useTRPC()
  const client = clientId ? { as: 'client' as const, clientId, signedIn } : { as: 'stranger' as const }
  const { data, error } = useQuery({
    ...trpc.policies.effective.queryOptions({
      ...{ offerId, coachId, client, useDraft },
      sessionId: sessionId || undefined,
    }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  })
  if (error) {
    return (
      <Banner tone="bad" title="The numbers couldn’t be fetched">
        {failureOf(error).message}
      </Banner>
    )
  }
  if (!data) return null
  return (
    <Panel title="What holds here" hint="The nearest rule wins over wider ones, and rules over settings.">
      <dl className="flex flex-col divide-y divide-line">
        {data.values.map(value => (
          <div
            key={value.name}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 py-3 first:pt-0 last:pb-0"
          >
            <ValueLine value={value} />
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function ValueLine({ value }: { value: Value }) {
  const { label, said, origin, setting, waivedBy, mayBecome } = value
  return (
    <>
      <dt>{label}</dt>
      <dd className="max-w-56 text-right font-medium">
        {waivedBy ? <del className="text-muted">{said}</del> : said}{' '}
        {waivedBy && <Badge tone="info">Waived</Badge>}
      </dd>
      <dd className="col-span-2 text-sm text-muted">
        {waivedBy ? `Waived by “${waivedBy.title}”` : origin.said}
        {origin.rule && setting.said !== said && `, instead of ${setting.said}`}
      </dd>
      {mayBecome.map(({ rule, title, said: other }) => (
        <dd key={rule} className="col-span-2 text-sm text-muted">
          At some times {other}, by “{title}”
        </dd>
      ))}
    </>
  )
}
