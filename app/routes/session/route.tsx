import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, type ShouldRevalidateFunctionArgs, useLoaderData, useSearchParams } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { load, notFoundPage } from '../../loading.ts'
import { zoneOf } from '../../zone.ts'
import { BookBar } from './BookBar.tsx'
import { BookSeats } from './BookSeats.tsx'
import { Closed } from './Closed.tsx'
import { SessionFacts } from './SessionFacts.tsx'
import { type Seats, type Session, useSession } from './use-seats.ts'

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One session, for whoever may see it: a public one, or an unlisted one by its address. */
export function loader({ params, request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const { tenant, api } = context
    const id = params.session ?? ''
    if (!tenant || !isId.test(id)) throw notFoundPage()
    const { searchParams, search } = new URL(request.url)
    const invite = searchParams.get('invite')
    const session = await api.sessions.get({
      session: id,
      timeZone: zoneOf(request, tenant.timeZone),
      ...(invite && { invite }),
    })
    if (session.offer.slug !== params.offer) throw redirect(`/${session.offer.slug}/${session.id}${search}`)
    return { session }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const root = matches.find(({ id }) => id === 'root')?.data as { tenant?: { name: string } } | undefined
  const name = root?.tenant?.name ?? 'Rapport'
  if (!data) return [{ title: name }]
  const { offer, listing } = data.session
  return [
    { title: `${offer.title} · ${name}` },
    { name: 'description', content: offer.description || `Book ${offer.title} with ${name}.` },
    ...(listing === 'public' ? [] : [{ name: 'robots', content: 'noindex' }]),
  ]
}

/** What is chosen within the page changes nothing that was loaded. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search
    ? false
    : defaultShouldRevalidate
}

export default function SessionPage() {
  const { session: seed } = useLoaderData<typeof loader>() as { session: Session }
  const [, setSearch] = useSearchParams()
  const [asked, setAsked] = useState<Seats>(() => ({ seats: 1, mode: onlyMode(seed) }))
  const [hasBegun, setBegun] = useState(false)
  const { session, invite, price, isPricing } = useSession(seed, asked)
  const { offer } = session
  const search = invite ? `?invite=${encodeURIComponent(invite)}` : ''

  return (
    <main className="mx-auto w-full max-w-5xl px-4 pt-4 pb-28 sm:px-6 sm:pt-8 lg:pb-12">
      <Link
        to={`/${offer.slug}${search}`}
        className="-ml-1 mb-2 inline-flex min-h-9 items-center gap-1 rounded-md pr-2 text-sm font-medium text-muted hover:text-ink"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        All dates
      </Link>
      <h1 className="mb-5 text-2xl wrap-anywhere sm:text-3xl">{offer.title}</h1>
      <div className="grid items-start gap-x-10 gap-y-7 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="flex min-w-0 flex-col gap-6">
          <SessionFacts
            session={session}
            onZone={zone => setSearch(before => ({ ...Object.fromEntries(before), zone }), quietly)}
          />
          {offer.description && (
            <p className="max-w-2xl wrap-anywhere whitespace-pre-line text-muted">{offer.description}</p>
          )}
        </div>
        {session.canBook || hasBegun ? (
          <>
            <BookSeats
              session={session}
              price={price}
              isPricing={isPricing}
              invite={invite}
              asked={asked}
              onAsk={setAsked}
              hasBegun={hasBegun}
              onBegin={() => setBegun(true)}
            />
            <BookBar session={session} />
          </>
        ) : (
          <Closed session={session} invite={invite} />
        )}
      </div>
    </main>
  )
}

const quietly = { replace: true, preventScrollReset: true }

/** The one way to take part that has room; null where somebody has to choose. */
function onlyMode({ seats }: Session): Seats['mode'] {
  const open = seats.filter(({ available }) => available > 0)
  return open.length === 1 ? (open[0]?.mode ?? null) : null
}
