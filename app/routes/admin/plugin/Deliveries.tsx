import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { CircleCheck, CircleX, Hourglass, type LucideIcon } from 'lucide-react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import { toast } from '../../../components/toasts.tsx'
import type { Tone } from '../../../components/tones.ts'
import { failureOf } from '../../../failure.ts'
import { Lines } from './Lines.tsx'
import { usePluginChange } from './use-plugin-change.ts'

type Delivery = Outputs['plugins']['deliveries']['deliveries'][number]

const states: Record<Delivery['state'], { words: string; icon: LucideIcon; tone: Tone }> = {
  queued: { words: 'On its way', icon: Hourglass, tone: 'wait' },
  done: { words: 'Taken', icon: CircleCheck, tone: 'good' },
  failed: { words: 'Given up', icon: CircleX, tone: 'bad' },
}
const REFRESHED_EVERY = 15_000

/** What happened and was told to the plugin, or is to be. */
export function Deliveries({ pluginId }: { pluginId: string }) {
  const trpc = useTRPC()
  const changed = usePluginChange()
  const pages = useInfiniteQuery(
    trpc.plugins.deliveries.infiniteQueryOptions(
      { pluginId },
      { getNextPageParam: ({ nextCursor }) => nextCursor, refetchInterval: REFRESHED_EVERY },
    ),
  )
  const replay = useMutation(
    trpc.plugins.replay.mutationOptions({
      onSuccess: () => toast({ text: 'It is sent again.' }),
      onError: error => toast({ text: failureOf(error).message, tone: 'bad' }),
      onSettled: () => changed(),
    }),
  )
  return (
    <Panel title="What it was told" hint="Tried again for three days where it couldn’t be taken.">
      <Lines
        pages={pages}
        lines={pages.data?.pages.flatMap(({ deliveries }) => deliveries) ?? []}
        keyOf={({ eventId }) => eventId}
        nothing="Nothing has happened since it was enabled."
      >
        {({ eventId, event, state, attempts, lastError, createdAt }) => (
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2">
                <span className="wrap-anywhere">{event}</span>
                <Badge tone={states[state].tone} icon={states[state].icon}>
                  {states[state].words}
                </Badge>
              </p>
              <p className="text-sm text-muted">
                <Time at={createdAt} />
                {attempts > 1 && `, tried ${attempts} times`}
              </p>
              {lastError && <p className="mt-1 text-sm text-bad wrap-anywhere">{lastError}</p>}
            </div>
            {state !== 'queued' && (
              <Button
                size="small"
                isPending={replay.isPending && replay.variables.eventId === eventId}
                onPress={() => replay.mutate({ pluginId, eventId })}
                aria-label={`Send ${event} again`}
              >
                Send again
              </Button>
            )}
          </div>
        )}
      </Lines>
    </Panel>
  )
}
