import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData, useParams, useRevalidator } from '@remix-run/react'
import { CalendarX, DoorClosed, DoorOpen, Hourglass } from 'lucide-react'
import { useEffect } from 'react'
import { LinkButton } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Time } from '../../components/Time.tsx'
import { leftInWords, useNow } from '../../components/use-now.ts'
import { load, notFoundPage } from '../../loading.ts'

/** Where mails and calendars send people to take part: into the room while it is open, else to this page. */
export function loader({ params, request, context }: LoaderFunctionArgs) {
  if (!context.tenant) throw notFoundPage()
  return load(context, request, async () => {
    const joining = await context.api.rooms.join({ token: params.token ?? '' })
    if (joining.state === 'open') throw redirect(joining.url)
    const { title, state } = joining
    if (state !== 'early' && state !== 'preparing') return { title, state, startsAt: null, opensAt: null }
    const { startsAt, opensAt } = joining
    return { title, state, startsAt: startsAt.toISOString(), opensAt: opensAt.toISOString() }
  })
}

export function headers() {
  return { 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'same-origin', 'Cache-Control': 'no-store' }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Join ${data.title}` : 'Join' },
  { name: 'robots', content: 'noindex' },
]

const HOUR = 3_600_000

/** How often it looks whether the room is open by now, ms. */
const often = 10_000

const words = {
  early: { icon: Hourglass, title: 'The room isn’t open yet' },
  preparing: { icon: DoorOpen, title: 'The room is being prepared' },
  unconfirmed: { icon: DoorClosed, title: 'This isn’t confirmed yet' },
  over: { icon: CalendarX, title: 'This session is over' },
}

export default function JoinPage() {
  const { title, state, startsAt, opensAt } = useLoaderData<typeof loader>()
  const { token } = useParams()
  const isWaiting = state === 'early' || state === 'preparing'
  useLookingAgain(isWaiting, opensAt)
  const left = useLeft(opensAt)

  return (
    <main className="mx-auto w-full max-w-xl px-4 pt-8 pb-12 sm:pt-14">
      <h1 className="text-center text-2xl wrap-anywhere sm:text-3xl">{title}</h1>
      <div role="status" className="mt-6 rounded-card border border-line bg-surface shadow-card">
        <EmptyState
          icon={words[state].icon}
          title={words[state].title}
          actions={<LinkButton to={`/b/${token}`}>Go to your booking</LinkButton>}
        >
          {state === 'early' && opensAt && startsAt && (
            <>
              It starts <Time at={startsAt} className="text-ink" />. You can come in from{' '}
              <Time at={opensAt} as="time" className="text-ink" /> on
              {left === null ? '.' : `, in ${leftInWords(left)}.`}{' '}
              {left !== null && left < 2 * HOUR && 'Stay on this page and it leads you in by itself.'}
            </>
          )}
          {state === 'preparing' &&
            'It takes a moment longer than it should. Stay on this page and it leads you in by itself.'}
          {state === 'unconfirmed' && 'You can join once your coach has said yes.'}
        </EmptyState>
      </div>
    </main>
  )
}

/** Asks again from shortly before the room opens; the answer then leads into it. */
function useLookingAgain(isWaiting: boolean, opensAt: string | null): void {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => {
      if (opensAt === null || Date.parse(opensAt) - Date.now() < often) revalidate()
    }, often)
    return () => clearInterval(timer)
  }, [isWaiting, opensAt, revalidate])
}

function useLeft(until: string | null): number | null {
  const now = useNow()
  return until === null || now === null ? null : Math.max(0, Date.parse(until) - now)
}
