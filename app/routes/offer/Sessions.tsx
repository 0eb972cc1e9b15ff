import { Link } from '@remix-run/react'
import { CalendarX2, ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { OfferFacts } from '../../components/OfferFacts.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import type { SessionView } from '../../components/sessions/session.ts'
import { TimeZonePicker } from '../../components/TimeZonePicker.tsx'
import { failureOf } from '../../failure.ts'
import { useView } from '../../view.tsx'
import { useChoices } from './choices.ts'
import { SessionCard } from './SessionCard.tsx'
import type { Offer } from './Times.tsx'
import { type SessionList, useSeatNews, useSessions } from './use-sessions.ts'

interface SessionsProps {
  offer: Offer
  /** Null where this visitor may not see them. */
  seed: SessionList | null
}

const atOnce = 8

/** The first screen of an offer whose sessions have dates of their own: which of them to come to. */
export default function Sessions({ offer, seed }: SessionsProps) {
  const { formats } = useView()
  const { choices, rememberZone } = useChoices()
  const query = useSessions({ offer, invite: choices.invite, seed })
  const sessions = query.data?.sessions ?? none
  const news = useSeatNews(sessions, formats)
  const [shown, setShown] = useState(atOnce)
  const namesCoaches = new Set(sessions.map(({ coaches }) => coaches.map(({ id }) => id).join())).size > 1
  const search = choices.invite ? `?invite=${encodeURIComponent(choices.invite)}` : ''

  return (
    <main className="mx-auto w-full max-w-3xl px-4 pt-4 pb-10 sm:px-6 sm:pt-8">
      <Link
        to="/"
        className="-ml-1 mb-2 inline-flex min-h-9 items-center gap-1 rounded-md pr-2 text-sm font-medium text-muted hover:text-ink"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        All sessions
      </Link>
      <header className="mb-6 wrap-anywhere">
        <h1 className="text-2xl sm:text-3xl">{offer.title}</h1>
        <OfferFacts
          offer={offer}
          priceMinor={sessions.length > 0 ? null : undefined}
          dates={sessions[0]?.dates}
          className="mt-3"
        />
        {offer.description && <p className="mt-3 whitespace-pre-line text-muted">{offer.description}</p>}
        {offer.coaches.length > 0 && !namesCoaches && (
          <p className="mt-3 text-muted">
            with <span className="font-medium text-ink">{namesOf(sessions[0] ?? offer)}</span>
          </p>
        )}
      </header>
      <section aria-labelledby="dates-heading">
        <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h2 id="dates-heading" className="text-lg">
            Dates
          </h2>
          <TimeZonePicker
            at={sessions[0]?.startsAt}
            suggestions={query.data ? [query.data.timeZone] : undefined}
            onChange={rememberZone}
          />
        </div>
        <p role="status" className="sr-only">
          {news}
        </p>
        {query.isError && !query.data ? (
          <Banner
            tone="bad"
            role="alert"
            title="The dates didn’t load"
            actions={
              <Button size="small" onPress={() => query.refetch()}>
                Try again
              </Button>
            }
          >
            {failureOf(query.error).message}
          </Banner>
        ) : !query.data ? (
          <SessionsSkeleton />
        ) : sessions.length === 0 ? (
          <div className="rounded-card border border-line bg-surface">
            <EmptyState icon={CalendarX2} title="No dates just now">
              New dates appear on this page as soon as there are any.
            </EmptyState>
          </div>
        ) : (
          <ul className="flex flex-col gap-3">
            {sessions.slice(0, shown).map(session => (
              <li key={session.id}>
                <SessionCard
                  session={session}
                  to={`/${offer.slug}/${session.id}${search}`}
                  namesCoaches={namesCoaches}
                />
              </li>
            ))}
          </ul>
        )}
        {sessions.length > shown && (
          <div className="mt-4 flex justify-center">
            <Button onPress={() => setShown(shown + 2 * atOnce)}>Show later dates</Button>
          </div>
        )}
      </section>
    </main>
  )
}

const none: SessionView[] = []

function namesOf({ coaches }: { coaches: readonly { name: string }[] }): string {
  return new Intl.ListFormat('en').format(coaches.map(({ name }) => name))
}

function SessionsSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="sr-only">
        Loading the dates
      </p>
      <Skeleton className="h-32 w-full rounded-card" />
      <Skeleton className="h-32 w-full rounded-card" />
      <Skeleton className="h-32 w-full rounded-card" />
    </div>
  )
}
