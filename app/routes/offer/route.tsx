import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
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
import { readChoices, useChoices } from './choices.ts'
import { Times } from './Times.tsx'
import { useKeptHold } from './use-kept-hold.ts'

/** The second screen comes with the first touch of the page, and doesn't weigh on its first load. */
const loadDetails = () => import('./Details.tsx')
const Details = lazy(loadDetails)

/** The offer with the free times of the month on view: the first paint shows them. */
export function loader({ params, request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const { tenant, api } = context
    const slug = params.offer ?? ''
    if (!tenant) throw data({ message: 'There is no such page.' }, { status: 404 })
    const { coach, month, at: wanted, invite } = readChoices(new URL(request.url).searchParams)
    const zone = zoneOf(request, tenant.timeZone)
    const now = new Date()
    // Told on arriving only: a time that passes while its details are typed mustn't take them away.
    const passed = wanted && Date.parse(wanted) <= now.getTime() ? wanted : null
    const at = passed ? null : wanted
    const asked = month ?? monthOf(localDateIn(now, zone))

    const [offer, first] = await Promise.all([
      api.offers.get({ offer: slug }),
      coach || at ? null : slotsOf(asked),
    ])
    const coachId = offer.coaches.find(({ slug }) => slug === coach)?.id ?? null
    let seed = coach && !at ? await slotsOf(asked, coachId) : first
    // A month that is over but for its name isn't worth showing first.
    if (seed && !month && seed.list.visibility === 'open' && seed.list.slots.length === 0) {
      seed = await slotsOf(monthAfter(asked), coachId)
    }
    return { offer, seed, month: seed?.month ?? asked, passed }

    async function slotsOf(month: Month, coachId: string | null = null): Promise<SlotSeed | null> {
      const question = {
        offer: slug,
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
  })
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
  const { offer, seed, month: firstMonth, passed } = useLoaderData<typeof loader>()
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
    <Suspense
      fallback={
        <main className="mx-auto min-h-[80dvh] max-w-4xl px-4 pt-8">
          <Skeleton className="h-80 w-full rounded-card" />
        </main>
      }
    >
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
