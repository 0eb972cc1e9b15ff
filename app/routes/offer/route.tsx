import { type AppLoadContext, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { type ShouldRevalidateFunctionArgs, useLoaderData } from '@remix-run/react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Skeleton } from '../../components/Skeleton.tsx'
import { type Month, monthAfter, monthOf, windowOf } from '../../components/slot-picker/months.ts'
import type { SlotSeed } from '../../components/slot-picker/use-slots.ts'
import { failureOf } from '../../failure.ts'
import { localDateIn } from '../../formats.ts'
import { load } from '../../loading.ts'
import { useView } from '../../view.tsx'
import { zoneOf } from '../../zone.ts'
import { type Choices, readChoices, useChoices } from './choices.ts'
import { type Offer, Times } from './Times.tsx'
import { useKeptHold } from './use-kept-hold.ts'

/** The second screen comes with the first touch of the page, and doesn't weigh on its first load. */
const loadDetails = () => import('./Details.tsx')
const Details = lazy(loadDetails)

/** What is booked by session has a page of its own, which doesn't weigh on the one for times. */
const Sessions = lazy(() => import('./Sessions.tsx'))

/** The offer with the free times of the month on view, or with its sessions: the first paint shows them. */
export function loader({ params, request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const { tenant, api } = context
    const slug = params.offer ?? ''
    if (!tenant) throw data({ message: 'There is no such page.' }, { status: 404 })
    const choices = readChoices(new URL(request.url).searchParams)
    const offer = await api.offers.get({ offer: slug })
    const arriving = { api, offer, choices, zone: zoneOf(request, tenant.timeZone), now: new Date() }
    return offer.bookedBy === 'session' ? withSessions(arriving) : withTimes(arriving)
  })
}

interface Arriving {
  api: AppLoadContext['api']
  offer: Offer
  choices: Choices
  zone: string
  now: Date
}

async function withSessions({ api, offer, choices: { invite }, zone }: Arriving) {
  const sessions = await api.sessions.list({
    offer: offer.slug,
    timeZone: zone,
    ...(invite && { invite }),
  })
  return { offer, sessions }
}

async function withTimes({ api, offer, choices, zone, now }: Arriving) {
  const { coach, month, at: wanted, invite } = choices
  // Told on arriving only: a time that passes while its details are typed mustn't take them away.
  const passed = wanted && Date.parse(wanted) <= now.getTime() ? wanted : null
  const asked = month ?? monthOf(localDateIn(now, zone))
  const coachId = offer.coaches.find(({ slug }) => slug === coach)?.id ?? null
  let seed = wanted && !passed ? null : await slotsOf(asked)
  // A month that is over but for its name isn't worth showing first.
  if (seed && !month && seed.list.visibility === 'open' && seed.list.slots.length === 0) {
    seed = await slotsOf(monthAfter(asked))
  }
  return { offer, sessions: null, times: { seed, month: seed?.month ?? asked, passed } }

  async function slotsOf(month: Month): Promise<SlotSeed | null> {
    const question = {
      offer: offer.slug,
      ...(coachId && { coachId }),
      ...windowOf(month, zone),
      timeZone: zone,
      ...(invite && { invite }),
    }
    try {
      return { month, zone, coachId, list: await api.slots.list(question) }
    } catch (error) {
      // The page asks again and says what is the matter: a private calendar isn't a broken page.
      if (failureOf(error).status === 403) return null
      throw error
    }
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const root = matches.find(({ id }) => id === 'root')?.data as { tenant?: { name: string } } | undefined
  const name = root?.tenant?.name ?? 'Rapport'
  if (!data) return [{ title: name }]
  const { title, description } = data.offer
  return [
    { title: `${title} · ${name}` },
    { name: 'description', content: description || `Book ${title} with ${name}.` },
  ]
}

/** Choices within the page are answered by React Query; the loader is for arriving. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search
    ? false
    : defaultShouldRevalidate
}

export default function OfferPage() {
  const arrived = useLoaderData<typeof loader>()
  if (arrived.sessions === null) return <TimesPage offer={arrived.offer} {...arrived.times} />
  return (
    <Suspense fallback={<Loading />}>
      <Sessions offer={arrived.offer} seed={arrived.sessions} />
    </Suspense>
  )
}

function Loading() {
  return (
    <main className="mx-auto min-h-[80dvh] max-w-4xl px-4 pt-8">
      <Skeleton className="h-80 w-full rounded-card" />
    </main>
  )
}

interface TimesPageProps {
  offer: Offer
  seed: SlotSeed | null
  month: Month
  passed: string | null
}

function TimesPage({ offer, seed, month: firstMonth, passed }: TimesPageProps) {
  const { zone } = useView()
  const address = useChoices()
  const { choices } = address
  const coach = offer.coaches.find(({ slug }) => slug === choices.coach) ?? null
  // Kept while details are filled in, so that going back shows the same month.
  const [arrivedAt] = useState(firstMonth)
  const kept = useKeptHold()
  useFirstTouch(loadDetails)
  const isPassed = choices.at !== null && choices.at === passed
  const at = isPassed ? null : choices.at
  const month = choices.month ?? (at ? monthOf(localDateIn(at, zone)) : arrivedAt)

  return at ? (
    <Suspense fallback={<Loading />}>
      <Details
        offer={offer}
        coach={coach}
        startsAt={at}
        invite={choices.invite}
        kept={kept}
        onBack={address.unpick}
        onInstead={(startsAt, coachId) =>
          address.pickInstead(startsAt, offer.coaches.find(({ id }) => id === coachId)?.slug ?? null)
        }
      />
    </Suspense>
  ) : (
    <Times
      offer={offer}
      coach={coach}
      month={month}
      day={choices.day}
      seed={seed}
      isPassed={isPassed}
      address={address}
    />
  )
}

function useFirstTouch(act: () => void) {
  useEffect(() => {
    const options = { once: true, passive: true }
    const events = ['pointermove', 'pointerdown', 'keydown'] as const
    for (const event of events) addEventListener(event, act, options)
    return () => {
      for (const event of events) removeEventListener(event, act)
    }
  }, [act])
}
