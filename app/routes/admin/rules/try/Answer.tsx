import { Zap } from 'lucide-react'
import type { Outputs } from '../../../../api.ts'
import { Banner } from '../../../../components/Banner.tsx'
import { Button } from '../../../../components/Button.tsx'
import { Money } from '../../../../components/Money.tsx'
import { Time } from '../../../../components/Time.tsx'
import { useView } from '../../../../view.tsx'
import { Trace } from '../../trace/Trace.tsx'
import { outcomes } from '../simulator/outcomes.ts'
import { type Question, wallClock } from './question.ts'

type Tried = Outputs['policies']['tryIt']

interface AnswerProps {
  tried: Tried
  /** Of a question that has been changed since. */
  isStale: boolean
  /** Asks for another time instead. */
  onTake: (changes: Partial<Question>) => void
}

/** What the client would be told, what it would cost, the nearest time that needs no approval, and every rule. */
export function Answer({ tried, isStale, onTake }: AnswerProps) {
  const { decision, coach, startsAt, price } = tried
  const { words, tone } = outcomes[decision.outcome]
  return (
    <div className={`flex flex-col gap-6 ${isStale ? 'opacity-60' : ''}`}>
      <Banner tone={tone} role="status" title={words}>
        <p>
          <Time at={startsAt} /> with {coach.name}. The client reads: “{decision.sentence}”
        </p>
        {price && decision.outcome !== 'refuse' && (
          <p className="mt-1">
            <Money minor={price.amountMinor} currency={price.currency} className="font-medium" />
            {price.depositMinor !== null && (
              <>
                , of which <Money minor={price.depositMinor} currency={price.currency} /> at once
              </>
            )}
          </p>
        )}
      </Banner>
      <NearestFirm tried={tried} onTake={onTake} />
      <Trace title="Why" outcome={decision.outcome} trace={decision.trace} />
    </div>
  )
}

function NearestFirm({ tried, onTake }: Pick<AnswerProps, 'tried' | 'onTake'>) {
  const { zone } = useView()
  const { decision, nearestFirm, startsAt } = tried
  if (decision.outcome === 'firm') return null
  if (!nearestFirm || nearestFirm.startsAt === startsAt)
    return <p className="text-muted">Within a month there is no time that would be confirmed at once.</p>
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-control border border-line px-4 py-3">
      <p>
        <Zap aria-hidden="true" className="mr-1.5 inline size-4 align-text-bottom text-good" />
        The nearest that would be confirmed at once:{' '}
        <Time at={nearestFirm.startsAt} className="font-medium" />
      </p>
      <Button
        size="small"
        onPress={() =>
          onTake(
            nearestFirm.sessionId
              ? { sessionId: nearestFirm.sessionId }
              : { ...wallClock(nearestFirm.startsAt, zone), coachId: nearestFirm.coachId },
          )
        }
      >
        Try this one
      </Button>
    </div>
  )
}
