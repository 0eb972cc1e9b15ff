import { Form, Link, Outlet } from '@remix-run/react'
import type { ReactNode } from 'react'
import { BrandMark } from '../components/BrandMark.tsx'
import { ErrorPage } from '../components/ErrorPage.tsx'
import { useRootData } from '../root-data.ts'

/** Header and footer of a business's site, or of Rapport's own pages on the apex host. */
export default function PublicLayout() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  )
}

export function ErrorBoundary() {
  return (
    <Frame>
      <ErrorPage />
    </Frame>
  )
}

function Frame({ children }: { children: ReactNode }) {
  const tenant = useRootData()?.tenant
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only rounded-md bg-surface px-4 py-3 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to content
      </a>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex h-16 w-full max-w-5xl items-center justify-between gap-4 px-4 sm:px-6">
          <BrandMark name={tenant?.name ?? 'Rapport'} logoUrl={tenant?.logoUrl ?? null} />
          <nav aria-label="Account" className="flex shrink-0 items-center gap-1 text-sm">
            {tenant ? <BusinessLinks /> : <ApexLinks />}
          </nav>
        </div>
      </header>
      <div id="main" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </div>
      <footer className="mx-auto w-full max-w-5xl px-4 py-8 text-sm text-muted sm:px-6">
        {tenant ? `${tenant.name} · booking by Rapport` : 'Rapport'}
      </footer>
    </div>
  )
}

function BusinessLinks() {
  const viewer = useRootData()?.viewer
  if (!viewer) {
    return (
      <Link to="/sign-in" className={linkLook}>
        Sign in
      </Link>
    )
  }
  return (
    <>
      {viewer.member && (
        <Link to="/admin" className={linkLook}>
          My desk
        </Link>
      )}
      <Form method="post" action="/sign-out">
        <button type="submit" className={`${linkLook} cursor-pointer`}>
          Sign out<span className="sr-only"> {viewer.name}</span>
        </button>
      </Form>
    </>
  )
}

function ApexLinks() {
  return (
    <>
      <Link to="/find" className={linkLook}>
        Sign in
      </Link>
      <Link to="/sign-up" className={`${linkLook} max-sm:hidden`}>
        Set up your business
      </Link>
    </>
  )
}

const linkLook =
  'inline-flex min-h-10 items-center rounded-control px-3 font-medium text-muted hover:bg-ground hover:text-ink'
