import { data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, Outlet, useLoaderData, useLocation, useNavigation, useRouteLoaderData } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTRPC } from '../../api.ts'
import { Banner } from '../../components/Banner.tsx'
import { BrandMark } from '../../components/BrandMark.tsx'
import { LinkButton } from '../../components/Button.tsx'
import { Toasts } from '../../components/toasts.tsx'
import { useLive } from '../../live.ts'
import { load, notFoundPage, signInPath } from '../../loading.ts'
import { useRootData } from '../../root-data.ts'
import { BottomBar, SideBar } from './Navigation.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { useWaitingConnections } from './requests/use-waiting-connections.ts'
import '../../context.ts'

/** Lets in who works here: others are asked to sign in, or told that this is the staff's part. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, tenant, viewer } = context
  if (!tenant) throw notFoundPage()
  if (!viewer) throw redirect(signInPath(request))
  const { member } = viewer
  if (!member) throw data({ message: 'This part is for the people who work here.' }, { status: 403 })
  const [coaches, requests] = await load(context, request, () =>
    Promise.all([api.coaches.list(), api.bookings.requests()]),
  )
  return { me: { ...viewer, member }, coaches, requests }
}

/** Who is signed in and which coaches there are, for the pages inside. */
export function useStaff() {
  const shell = useRouteLoaderData<typeof loader>('routes/admin/shell')
  if (!shell) throw new Error('useStaff is for pages inside the staff shell')
  const { role } = shell.me.member
  return { ...shell, mayEditBusiness: role !== 'coach' }
}

export default function StaffShell() {
  const { me, requests } = useLoaderData<typeof loader>()
  const tenant = useRootData()?.tenant
  const trpc = useTRPC()
  const queue = trpc.bookings.requests.queryOptions()
  const waiting =
    useQuery({ ...queue, initialData: requests }).data.count + useWaitingConnections(null).length
  useLive(['requests'], [queue.queryKey])
  const main = useMainOnArrival()
  if (!tenant) return null

  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-control focus:bg-surface focus:px-4 focus:py-2 focus:shadow-raised"
      >
        Skip to content
      </a>
      <NavigationBar />
      <header className="flex items-center justify-between gap-3 border-b border-line bg-surface px-4 py-2 lg:hidden">
        <BrandMark name={tenant.name} logoUrl={tenant.logoUrl} to="/admin" />
        <PersonMenu me={me} />
      </header>
      <div className="sticky top-0 hidden h-dvh flex-col gap-6 overflow-y-auto border-r border-line bg-surface p-4 lg:flex">
        <BrandMark name={tenant.name} logoUrl={tenant.logoUrl} to="/admin" />
        <SideBar role={me.member.role} waiting={waiting} />
        <div className="mt-auto flex flex-col gap-2">
          <Link
            to="/"
            className="flex min-h-11 items-center gap-3 rounded-control px-3 text-[0.9375rem] text-muted hover:bg-ink/6 hover:text-ink"
          >
            <ExternalLink aria-hidden="true" className="size-5" />
            View your site
          </Link>
          <PersonMenu me={me} withName />
        </div>
      </div>
      <main ref={main} id="content" tabIndex={-1} className="px-4 pt-6 pb-28 outline-none sm:px-8 lg:pb-16">
        {!tenant.setUp && <SetUpBanner />}
        <Outlet />
      </main>
      <BottomBar role={me.member.role} waiting={waiting} />
      <Toasts />
    </div>
  )
}

/** Moves the focus to a page that was opened by a link, so that readers and keys begin there. */
function useMainOnArrival() {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true })
    shown.current = pathname
  }, [pathname])
  return main
}

/** A line at the top while the next page is on its way. */
function NavigationBar() {
  const isLoading = useNavigation().state === 'loading'
  if (!isLoading) return null
  return (
    <div
      role="progressbar"
      aria-label="The page is loading"
      className="fixed inset-x-0 top-0 z-50 h-0.5 animate-pulse bg-accent"
    />
  )
}

function SetUpBanner() {
  return (
    <Banner
      tone="info"
      title="Your page isn’t set up yet"
      className="mb-6"
      actions={
        <LinkButton to="/admin/set-up" variant="primary" size="small">
          Finish setting up
        </LinkButton>
      }
    >
      An offer and your weekly hours are all it takes before clients can book.
    </Banner>
  )
}
