import type { TenantContext, Viewer } from '#server/trpc/context.ts'
import type { AppRouter } from '#server/trpc/router.ts'

/** The router's procedures, called on the server without HTTP. */
export type Api = ReturnType<AppRouter['createCaller']>

/** What the front door hands to loaders and actions. */
declare module '@remix-run/node' {
  interface AppLoadContext {
    api: Api
    /** Null on the apex host. */
    tenant: TenantContext | null
    viewer: Viewer | null
    /** The provider by which pages hear of changes; null where they hear from Rapport itself. */
    live: { client: string; settings: Record<string, string | number | boolean> } | null
    /** For the scripts of this answer: the Content-Security-Policy names it. */
    nonce: string
    requestId: string
    /** Logs a bug, with the request's id. */
    report(error: unknown): void
  }
  interface Future {
    v3_singleFetch: true
  }
}
