import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import { useTRPC } from '../../../../api.ts'
import { Banner } from '../../../../components/Banner.tsx'
import { Button } from '../../../../components/Button.tsx'
import { textLinkLook } from '../../../../components/FormPage.tsx'
import { Select } from '../../../../components/Select.tsx'
import { load } from '../../../../loading.ts'
import { DiffView } from '../draft/DiffView.tsx'
import { DraftBar } from '../draft/DraftBar.tsx'
import type { DraftPolicy } from '../policy.ts'
import { Results } from './Results.tsx'
import { type Simulation, useSimulation } from './use-simulation.ts'

export const meta: MetaFunction = () => [{ title: 'Rules: simulator' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, () => context.api.policies.draft())
}

const spans = [30, 90, 180, 365] as const

/** What the draft would have meant for those who tried to book lately, before it counts. */
export default function SimulatorPage() {
  const loaded = useLoaderData<typeof loader>()
  const trpc = useTRPC()
  const { draft } = useQuery({ ...trpc.policies.draft.queryOptions(), initialData: loaded }).data
  const [days, setDays] = useState(90)
  const { simulation, problem, isRunning, start, stop } = useSimulation()
  const isOutdated = simulation !== null && !isRunning && !isOf(simulation, draft)

  return (
    <>
      <p className="mb-6 max-w-2xl text-muted">
        Replays who tried to book lately, as if your draft had already counted, and shows whom it would have
        answered otherwise. Nothing is changed, and nobody is told.
      </p>
      {draft ? (
        <details className="mb-5 rounded-control border border-line px-4">
          <summary className="min-h-11 cursor-pointer py-2.5 font-medium">
            Your draft has {draft.diff.changes === 1 ? 'one change' : `${draft.diff.changes} changes`}
          </summary>
          <div className="pb-4">
            <DiffView diff={draft.diff} />
          </div>
        </details>
      ) : (
        <Banner tone="info" className="mb-5" title="You have no draft">
          The replay then compares today’s rules with themselves.{' '}
          <Link to="/admin/rules/own" className={textLinkLook}>
            Change a rule
          </Link>{' '}
          first; it is kept as a draft.
        </Banner>
      )}
      <div className="mb-6 flex flex-wrap items-end gap-3">
        <Select
          label="Look back"
          choices={spans.map(span => ({ id: String(span), label: span === 365 ? 'A year' : `${span} days` }))}
          value={String(days)}
          onChange={id => setDays(Number(id))}
          className="w-40"
        />
        <Button
          variant={isRunning ? 'secondary' : 'primary'}
          onPress={() => (isRunning ? stop() : void start(days))}
        >
          {isRunning ? 'Stop' : simulation ? 'Run again' : 'Run'}
        </Button>
      </div>

      {simulation && !simulation.isDone && (
        <Progress judged={simulation.judged} total={simulation.total} isRunning={isRunning} />
      )}
      {problem && (
        <Banner tone="bad" role="alert" className="mb-5" title="The replay stopped">
          {problem}
        </Banner>
      )}
      {isOutdated && (
        <Banner tone="wait" role="status" className="mb-5" title="Your draft has changed since">
          What stands here is about the draft as it was. Run it again.
        </Banner>
      )}
      <div aria-busy={isRunning} className={isOutdated ? 'opacity-60' : ''}>
        {simulation && <Results simulation={simulation} />}
      </div>
      <DraftBar policy={{ draft }} />
    </>
  )
}

/** The server names what it compared by the version that held and the instant of the draft, if there was one. */
function isOf({ basis }: Simulation, draft: DraftPolicy | null): boolean {
  return basis.split('.')[1] === (draft ? String(Date.parse(draft.changedAt)) : '')
}

function Progress({ judged, total, isRunning }: { judged: number; total: number; isRunning: boolean }) {
  const words = `${judged} of ${total} attempts${isRunning ? '' : ', stopped'}`
  return (
    <ProgressBar value={judged} maxValue={total} valueLabel={words} aria-label="Replay" className="mb-6">
      {({ percentage }) => (
        <>
          <p className="tabular mb-1 text-sm text-muted">{words}</p>
          <div className="h-2 overflow-hidden rounded-full bg-sunken">
            <div className="h-full bg-accent-ink" style={{ width: `${percentage}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  )
}
