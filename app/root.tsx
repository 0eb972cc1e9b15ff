import '@fontsource-variable/inter'
import './styles/app.css'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
} from '@remix-run/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { type CSSProperties, type ReactNode, useContext, useState } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { createApiClient, createQueryClient, TRPCProvider } from './api.ts'
import { ErrorPage } from './components/ErrorPage.tsx'
import { OfflineNotice } from './components/OfflineNotice.tsx'
import { NonceContext } from './nonce.ts'
import { useRootData } from './root-data.ts'
import { localeOf } from './view.server.ts'
import { ViewProvider } from './view.tsx'
import { zoneOf } from './zone.ts'
import './context.ts'

/** What every page needs: the business whose host this is (null on the apex), who is signed in, how times look. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const tenant = context.tenant ? await context.api.tenants.current() : null
  return {
    tenant,
    viewer: context.viewer,
    locale: localeOf(request),
    zone: zoneOf(request, tenant?.timeZone ?? 'UTC'),
    requestId: context.requestId,
    live: context.live,
  }
}

/** Choices within a page are in its search; they change nothing here. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search
    ? false
    : defaultShouldRevalidate
}

export type RootData = Awaited<ReturnType<typeof loader>>

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.tenant?.name ?? 'Rapport' }]

export function Layout({ children }: { children: ReactNode }) {
  const root = useRootData()
  const nonce = useContext(NonceContext)
  return (
    <html lang="en" style={root?.tenant ? coloursOf(root.tenant) : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#f7f6f3" />
        {/* React Aria gives it to the few style elements it makes. */}
        <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning />
        <link rel="icon" href={iconOf(root?.tenant ?? null)} />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

/** The business's logo for the browser's tab, or its initial on its colour. */
function iconOf(tenant: RootData['tenant']): string {
  if (tenant?.logoUrl) return tenant.logoUrl
  const { name, accent, accentText } = tenant ?? { name: 'Rapport', accent: '#2f5d50', accentText: '#ffffff' }
  const initial = (Array.from(name.trim())[0] ?? '').toUpperCase().replace(/[<&]/g, '')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${accent}"/><text x="16" y="23" font-family="system-ui,sans-serif" font-size="20" font-weight="600" text-anchor="middle" fill="${accentText}">${initial}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** The business's colour, for the style sheet. */
function coloursOf(tenant: NonNullable<RootData['tenant']>): CSSProperties {
  return {
    '--accent': tenant.accent,
    '--accent-text': tenant.accentText,
    '--accent-ink': tenant.accentInk,
  } as CSSProperties
}

export default function App() {
  const { locale, zone } = useLoaderData<typeof loader>()
  const [queryClient] = useState(createQueryClient)
  const [apiClient] = useState(createApiClient)
  return (
    <I18nProvider locale={locale}>
      <ViewProvider locale={locale} zone={zone}>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={apiClient} queryClient={queryClient}>
            <OfflineNotice />
            <Outlet />
          </TRPCProvider>
        </QueryClientProvider>
      </ViewProvider>
    </I18nProvider>
  )
}

export function ErrorBoundary() {
  return <ErrorPage />
}
