import { useRouteLoaderData } from '@remix-run/react'
import type { loader, RootData } from './root.tsx'

/** The root loader's data from any page; null where the page failed before they came. */
export function useRootData(): RootData | null {
  return useRouteLoaderData<typeof loader>('root') ?? null
}
