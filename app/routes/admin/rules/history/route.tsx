import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useTRPC, useTRPCClient } from '../../../../api.ts'
import { Button } from '../../../../components/Button.tsx'
import { Card } from '../../../../components/Card.tsx'
import { EmptyState } from '../../../../components/EmptyState.tsx'
import { useLive } from '../../../../live.ts'
import { load } from '../../../../loading.ts'
import { VersionRow } from './VersionRow.tsx'

export const meta: MetaFunction = () => [{ title: 'Rules: history' }]

/** As many as the server gives at once: fewer mean that there are no more. */
const AT_ONCE = 50

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, () => context.api.policies.history({}))
}

/** Every version of the rules that was ever published, the newest first. */
export default function HistoryPage() {
  const loaded = useLoaderData<typeof loader>()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryKey = [...trpc.policies.history.pathKey(), 'all']
  const history = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => client.policies.history.query({ before: pageParam }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ versions }) => (versions.length < AT_ONCE ? undefined : versions.at(-1)!.version),
    initialData: { pages: [loaded], pageParams: [undefined] },
  })
  useLive(['tenant'], [queryKey])
  const versions = history.data.pages.flatMap(page => page.versions)
  const newest = versions[0]?.version ?? 0

  if (versions.length === 0) {
    return (
      <Card className="">
        <EmptyState icon={History} title="Nothing published yet">
          Each time rules are published, a version is kept here: who did it, why, and what it changed. Any of
          them can be brought back.
        </EmptyState>
      </Card>
    )
  }
  return (
    <>
      <ol className="flex flex-col gap-3">
        {versions.map(version => (
          <VersionRow key={version.version} version={version} newest={newest} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          className="mt-4"
          isPending={history.isFetchingNextPage}
          onPress={() => void history.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </>
  )
}
