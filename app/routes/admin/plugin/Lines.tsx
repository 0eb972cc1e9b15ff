import type { ReactNode } from 'react'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { failureOf } from '../../../failure.ts'

interface LinesProps<Line> {
  pages: {
    isPending: boolean
    isError: boolean
    error: unknown
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
    refetch: () => unknown
  }
  lines: Line[]
  keyOf: (line: Line) => string
  /** Said where there are none. */
  nothing: string
  children: (line: Line) => ReactNode
}

/** A list that is read page by page, while it loads, empty, or out of reach too. */
export function Lines<Line>({ pages, lines, keyOf, nothing, children }: LinesProps<Line>) {
  if (pages.isPending) {
    return (
      <div className="flex flex-col gap-3" aria-busy="true">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </div>
    )
  }
  if (pages.isError && lines.length === 0) {
    return (
      <Banner tone="bad" actions={<Button onPress={() => pages.refetch()}>Try again</Button>}>
        {failureOf(pages.error).message}
      </Banner>
    )
  }
  if (lines.length === 0) return <p className="text-muted">{nothing}</p>
  return (
    <>
      <ul className="flex flex-col divide-y divide-line">
        {lines.map(line => (
          <li key={keyOf(line)} className="py-3 first:pt-0 last:pb-0">
            {children(line)}
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button className="mt-4" isPending={pages.isFetchingNextPage} onPress={() => pages.fetchNextPage()}>
          Show older
        </Button>
      )}
    </>
  )
}
