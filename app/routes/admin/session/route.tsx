import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useTRPC } from '../../../api.ts'
import { buttonLook } from '../../../components/Button.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Time } from '../../../components/Time.tsx'
import { useLive } from '../../../live.ts'
import { load } from '../../../loading.ts'
import { Afterwards } from './Afterwards.tsx'
import { CheckIns } from './CheckIns.tsx'
import { Materials } from './Materials.tsx'
import { Messages } from './Messages.tsx'
import { Overview } from './Overview.tsx'
import { Participants } from './Participants.tsx'
import { Parts, usePart } from './Parts.tsx'
import { StateBadge } from './StateBadge.tsx'
import { count, type Session } from './session.ts'
import { Terms } from './Terms.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? data.session.offer.title : 'Session' },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const id = params.id!
  return load(context, request, async () => {
    const [session, { kinds }, { offers }] = await Promise.all([
      context.api.sessions.manage.get({ id }),
      context.api.offers.kinds(),
      context.api.offers.manage.list(),
    ])
    const offer = offers.find(one => one.id === session.offer.id)!
    const kind = kinds.find(one => one.id === offer.kind)
    return { session, sections: kind?.sessions?.sections ?? [], offerPriceMinor: offer.priceMinor }
  })
}

/** One session: who comes, what they get, how it stands, and all that can be done with it. */
export default function SessionPage() {
  const loaded = useLoaderData<typeof loader>()
  const { id } = loaded.session
  const part = usePart()
  const trpc = useTRPC()
  const get = trpc.sessions.manage.get.queryOptions({ id })
  const session: Session = useQuery({ ...get, initialData: loaded.session as Session }).data
  useLive(
    [`session:${id}`, `sessions:${session.offer.id}`],
    [trpc.sessions.pathKey(), trpc.posts.pathKey(), trpc.materials.pathKey()],
  )

  return (
    <div className="wrap-anywhere">
      <PageHeader
        title={session.offer.title}
        back={{ to: '/admin/sessions', label: 'Sessions' }}
        actions={
          session.state !== 'CANCELLED' && (
            <a
              href={`/${session.offer.slug}/${id}`}
              target="_blank"
              rel="noreferrer"
              className={buttonLook()}
            >
              <ExternalLink aria-hidden="true" />
              As clients see it<span className="sr-only"> (opens a new tab)</span>
            </a>
          )
        }
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StateBadge session={session} />
          <span>
            <Time at={session.startsAt} zone={session.timeZone} />
            {session.dates.length > 1 && ` and ${count(session.dates.length - 1, 'more date')}`}
          </span>
          <span className="tabular">
            {session.capacity.booked} of {session.capacity.total} seats taken
          </span>
        </span>
      </PageHeader>
      <Parts part={part} />
      {part === 'overview' && <Overview session={session} />}
      {part === 'participants' && <Participants session={session} />}
      {part === 'check-in' && <CheckIns session={session} />}
      {part === 'materials' && <Materials session={session} />}
      {part === 'messages' && <Messages session={session} />}
      {part === 'terms' && (
        <Terms
          key={id}
          session={session}
          sections={loaded.sections}
          offerPriceMinor={loaded.offerPriceMinor}
        />
      )}
      {part === 'afterwards' && <Afterwards session={session} />}
    </div>
  )
}
