import { useInfiniteQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX } from 'lucide-react'
import { useTRPC } from '../../../api.ts'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import { Lines } from './Lines.tsx'

const REFRESHED_EVERY = 15_000

/** What the plugin did and said lately. */
export function Log({ pluginId }: { pluginId: string }) {
  const trpc = useTRPC()
  const pages = useInfiniteQuery(
    trpc.plugins.log.infiniteQueryOptions(
      { pluginId },
      { getNextPageParam: ({ nextCursor }) => nextCursor, refetchInterval: REFRESHED_EVERY },
    ),
  )
  return (
    <Panel title="Log" hint="About the latest 500 calls and notes.">
      <Lines
        pages={pages}
        lines={pages.data?.pages.flatMap(({ lines }) => lines) ?? []}
        keyOf={({ id }) => id}
        nothing="It has done nothing yet."
      >
        {({ at, operation, ok, milliseconds, detail }) => {
          const Icon = ok ? CircleCheck : CircleX
          return (
            <div className="flex gap-3">
              <Icon aria-hidden="true" className={`mt-1 size-4 shrink-0 ${ok ? 'text-good' : 'text-bad'}`} />
              <div className="min-w-0">
                <p className="wrap-anywhere">
                  {operation === 'note' ? detail : operation}
                  <span className={ok ? 'sr-only' : 'text-bad'}>{ok ? ' went well' : ' failed'}</span>
                </p>
                {operation !== 'note' && detail && (
                  <p className={`text-sm wrap-anywhere ${ok ? 'text-muted' : 'text-bad'}`}>{detail}</p>
                )}
                <p className="tabular text-sm text-muted">
                  <Time at={at} />
                  {milliseconds > 0 && `, ${milliseconds.toLocaleString('en')} ms`}
                </p>
              </div>
            </div>
          )
        }}
      </Lines>
    </Panel>
  )
}
