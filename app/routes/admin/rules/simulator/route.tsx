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
import { Results } from './Results.tsx'
import { useSimulation } from './use-simulation.ts'

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

  return (
    <>
      <p className="mb-6 max-w-2xl text-muted">
        Replays who tried to book lately, as if your draft had already counted, and shows whom it would have
        answered otherwise. Nothing is changed, and nobody is told.
      </p>
      {draft ? (
        <details className="mb-5 rounded-control border border-line px-4">
          <summary className="flex min-h-11 cursor-pointer items-center font-medium">
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
        <Button variant="primary" isPending={isRunning} onPress={() => void start(days)}>
          {simulation ? 'Run again' : 'Run'}
        </Button>
        {isRunning && <Button onPress={stop}>Stop</Button>}
      </div>

      {simulation && !simulation.isDone && (
        <Progress judged={simulation.judged} total={simulation.total} isRunning={isRunning} />
      )}
      {problem && (
        <Banner tone="bad" role="alert" className="mb-5" title="The replay stopped">
          {problem}
        </Banner>
      )}
      <div aria-live="polite" aria-busy={isRunning}>
        {simulation && <Results simulation={simulation} days={days} />}
      </div>
      <DraftBar policy={{ draft }} />
    </>
  )
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
