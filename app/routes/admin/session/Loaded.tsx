import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { failureOf } from '../../../failure.ts'

interface LoadedProps<Data> {
  query: UseQueryResult<Data, unknown>
  /** What is being loaded, such as `The participants`. */
  what: string
  children: (data: Data) => ReactNode
}

/** What a query answered; until then a grey shape, and where it fails the reason and another try. */
export function Loaded<Data>({ query, what, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error) {
    return (
      <Banner
        tone="bad"
        role="alert"
        title={`${what} couldn’t be loaded`}
        actions={<Button onPress={() => query.refetch()}>Try again</Button>}
      >
        {failureOf(query.error).message}
      </Banner>
    )
  }
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{what} are being loaded.</span>
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
    </div>
  )
}
