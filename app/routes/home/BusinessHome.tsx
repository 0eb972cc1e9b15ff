import { Link } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight, CalendarCheck, CalendarHeart } from 'lucide-react'
import { type Outputs, useTRPC } from '../../api.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { LinkButton } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { OfferFacts } from '../../components/OfferFacts.tsx'
import { seatsLeftInWords } from '../../components/sessions/session.ts'
import { Time } from '../../components/Time.tsx'
import { useLive } from '../../live.ts'
import { useRootData } from '../../root-data.ts'

type OfferList = Outputs['offers']['list']
type NextSessions = Outputs['sessions']['next']

/** What a business offers and who coaches there. */
export function BusinessHome({ seed }: { seed: OfferList & NextSessions }) {
  const trpc = useTRPC()
  const { tenant, viewer } = useRootData() ?? {}
  const question = trpc.offers.list.queryOptions(undefined, { initialData: { offers: seed.offers } })
  const { offers } = useQuery(question).data
  const next = trpc.sessions.next.queryOptions(undefined, { initialData: { sessions: seed.sessions } })
  const { sessions } = useQuery(next).data
  useLive(
    ['offers', ...sessions.map(({ offerId }) => `sessions:${offerId}`)],
    [question.queryKey, next.queryKey],
  )
  const coaches = coachesOf(offers)

  return (
    <main className="mx-auto w-full max-w-5xl px-4 pt-10 pb-12 sm:px-6 sm:pt-16">
      <header className="max-w-2xl">
        <h1 className="text-3xl sm:text-5xl sm:leading-[1.1]">{tenant?.name}</h1>
        {tenant?.tagline && <p className="mt-4 text-lg text-muted sm:text-xl">{tenant.tagline}</p>}
      </header>
      <section aria-labelledby="offers-heading" className="mt-10 sm:mt-14">
        <h2 id="offers-heading" className="text-xl">
          Book a session
        </h2>
        {offers.length === 0 ? (
          <div className="mt-5 rounded-card border border-line bg-surface">
            <EmptyState
              icon={CalendarHeart}
              title="Nothing to book just yet"
              actions={
                viewer?.member && (
                  <LinkButton to="/admin/offers" variant="primary">
                    Make an offer
                  </LinkButton>
                )
              }
            >
              {tenant?.name} is getting ready. Please come back soon.
            </EmptyState>
          </div>
        ) : (
          <ul className="mt-5 grid gap-4 sm:grid-cols-2">
            {offers.map(offer => (
              <li key={offer.id} className="flex">
                <OfferCard
                  offer={offer}
                  next={sessions.find(({ offerId }) => offerId === offer.id) ?? null}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
      {coaches.length > 0 && (
        <section aria-labelledby="coaches-heading" className="mt-12 sm:mt-16">
          <h2 id="coaches-heading" className="text-xl">
            {coaches.length === 1 ? 'Your coach' : 'Your coaches'}
          </h2>
          <ul className="mt-5 grid gap-x-8 gap-y-6 sm:grid-cols-2">
            {coaches.map(({ id, name, bio }) => (
              <li key={id} className="flex gap-4">
                <Avatar name={name} />
                <div className="min-w-0">
                  <h3 className="text-base">{name}</h3>
                  {bio && <p className="mt-1 text-[0.9375rem] whitespace-pre-line text-muted">{bio}</p>}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}

interface OfferCardProps {
  offer: OfferList['offers'][number]
  /** The next session, where sessions have dates of their own. */
  next: NextSessions['sessions'][number] | null
}

function OfferCard({ offer, next }: OfferCardProps) {
  const names = offer.coaches.map(({ name }) => (offer.coaches.length > 1 ? name.split(' ')[0]! : name))
  return (
    <article className="group relative flex w-full flex-col rounded-card border border-line bg-surface p-5 shadow-card transition-[border-color,box-shadow] hover:border-accent-line hover:shadow-raised sm:p-6">
      <h3 className="text-lg">
        <Link
          to={`/${offer.slug}`}
          prefetch="intent"
          className="after:absolute after:inset-0 after:rounded-card"
        >
          {offer.title}
        </Link>
      </h3>
      <OfferFacts offer={offer} priceMinor={next?.price.amountMinor} dates={next?.dates} className="mt-2" />
      {offer.bookedBy === 'session' && !next && (
        <p className="mt-2 text-[0.9375rem] text-muted">No dates just now.</p>
      )}
      {next && (
        <p className="mt-2 flex items-start gap-1.5 text-[0.9375rem]">
          <CalendarCheck aria-hidden="true" className="mt-1 size-4 shrink-0 text-accent-ink" />
          <span className="flex flex-wrap gap-x-3">
            <span>
              Next <Time at={next.startsAt} className="font-medium" />
            </span>
            <span className="text-muted tabular">
              {next.canBook || next.capacity.available === 0
                ? seatsLeftInWords(next.capacity)
                : 'Booking closed'}
            </span>
          </span>
        </p>
      )}
      {offer.description && (
        <p className="mt-3 line-clamp-3 text-[0.9375rem] whitespace-pre-line text-muted">
          {offer.description}
        </p>
      )}
      <p className="mt-auto flex items-center justify-between gap-3 pt-5 text-sm">
        <span className="truncate text-muted">{names.length > 0 && `with ${listed(names)}`}</span>
        <span className="flex shrink-0 items-center gap-1 font-medium text-accent-ink">
          {offer.bookedBy === 'session' ? 'See dates' : 'See times'}
          <ArrowRight
            aria-hidden="true"
            className="size-4 transition-transform group-hover:translate-x-0.5"
          />
        </span>
      </p>
    </article>
  )
}

function listed(names: string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names)
}

/** Everybody who coaches in one of the offers, once. */
function coachesOf(offers: OfferList['offers']) {
  return [...new Map(offers.flatMap(offer => offer.coaches).map(coach => [coach.id, coach])).values()]
}
