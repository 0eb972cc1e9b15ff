import { type DefaultError, QueryClient } from '@tanstack/react-query'
import { createTRPCClient, httpLink } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import type { AppRouter } from '#server/trpc/router.ts'
import { failureOf } from './failure.ts'

/** What each procedure answers: `Outputs['slots']['list']`. */
export type Outputs = inferRouterOutputs<AppRouter>

/** What each procedure is asked with. */
export type Inputs = inferRouterInputs<AppRouter>

/** `useTRPC()` makes query and mutation options for React Query; `useTRPCClient()` calls directly. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export function createApiClient() {
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: '/trpc' })] })
}

/** Server state of one browser tab, or of one page being rendered on the server. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: mayRetry },
      // Offline, a mutation fails at once and can be sent again, rather than wait unseen and go out by itself.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** A refusal stays one however often it is asked for; a lost connection or a restarting server may not. */
function mayRetry(failures: number, error: DefaultError): boolean {
  const { status } = failureOf(error)
  return failures < 3 && (status === null || status >= 500)
}
