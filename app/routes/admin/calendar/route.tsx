import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useNavigate, useSearchParams } from '@remix-run/react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { TimeZonePicker } from '../../../components/TimeZonePicker.tsx'
import { failureOf } from '../../../failure.ts'
import { useLive } from '../../../live.ts'
import { load } from '../../../loading.ts'
import { useRootData } from '../../../root-data.ts'
import { useView } from '../../../view.tsx'
import { readZone } from '../../../zone.ts'
import { useStaff } from '../shell.tsx'
import './entries.css'
import { Agenda } from './Agenda.tsx'
import { allCoaches, CalendarBar } from './CalendarBar.tsx'
import { Legend } from './Legend.tsx'
import { instantsOf, readDate, weekOf } from './weeks.ts'

/** FullCalendar and Luxon weigh more than the rest of the page together: they come after it. */
const TimeGrid = lazy(() => import('./TimeGrid.tsx'))

export const meta: MetaFunction = () => [{ title: 'Calendar' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  return load(context, request, async () => {
    const { timeZone, weekStartsOn } = await context.api.tenants.current()
    const zone = readZone(request.headers.get('cookie'))?.zone ?? timeZone
    const days = weekOf(readDate(searchParams.get('date'), zone), weekStartsOn)
    const coachId = coachIn(searchParams, context.viewer?.member?.coachId)
    const input = { coachId: coachId ?? undefined, ...instantsOf(days, zone) }
    return { input, week: await context.api.calendar.week(input) }
  })
}

/** The coach in the address, else oneself; null for all of them. */
function coachIn(params: URLSearchParams, own: string | null | undefined): string | null {
  const asked = params.get('coach') ?? own ?? allCoaches
  return asked === allCoaches ? null : asked
}

export type CalendarView = 'week' | 'day' | 'list'
const views: readonly string[] = ['week', 'day', 'list']

export default function CalendarPage() {
  const { coaches, mayEditBusiness, me } = useStaff()
  const { zone } = useView()
  const isInBrowser = useInBrowser()
  const wide = useWideScreen()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1

  const asked = params.get('view') ?? ''
  const view = views.includes(asked) ? (asked as CalendarView) : wide ? 'week' : 'day'
  const date = readDate(params.get('date'), zone)
  const days = weekOf(date, weekStartsOn)
  const range = instantsOf(days, zone)
  const coachId = coachIn(params, me.member.coachId)
  const { data: week, error, refetch, isPlaceholderData } = useWeek(coachId, range)

  function show(changes: { date?: string | null; view?: CalendarView; coach?: string | null }) {
    setParams(
      before => {
        for (const [name, value] of Object.entries(changes)) {
          if (value) before.set(name, value)
          else before.delete(name)
        }
        return before
      },
      { replace: true, preventScrollReset: true },
    )
  }

  return (
    <>
      <PageHeader title="Calendar" />
      <CalendarBar
        view={view}
        date={date}
        days={days}
        coachId={coachId}
        coaches={mayEditBusiness ? coaches : []}
        onShow={show}
      />
      <div className="mt-3 mb-4">
        <TimeZonePicker suggestions={coaches.map(({ timeZone }) => timeZone)} />
      </div>
      {error && !week ? (
        <Banner
          tone="bad"
          role="alert"
          title="The calendar couldn’t be loaded"
          actions={<Button onPress={() => refetch()}>Try again</Button>}
        >
          {failureOf(error).message}
        </Banner>
      ) : !week || !isInBrowser ? (
        <GridSkeleton />
      ) : (
        <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : ''}>
          {view === 'list' ? (
            <Agenda week={week} coaches={coaches} />
          ) : (
            <Suspense fallback={<GridSkeleton />}>
              <TimeGrid
                week={week}
                {...(!isPlaceholderData && range)}
                view={view}
                date={date}
                zone={zone}
                weekStartsOn={weekStartsOn}
                coaches={coaches}
                onOpen={path => navigate(path)}
              />
              <Legend />
            </Suspense>
          )}
        </div>
      )}
      {error && week && (
        <p role="status" className="mt-3 flex items-center gap-2 text-sm text-bad">
          <CircleAlert aria-hidden="true" className="size-4" />
          This may be out of date: {failureOf(error).message}
        </p>
      )}
    </>
  )
}

/** The week from the loader, then kept up to date by hints of its coaches' calendars. */
function useWeek(coachId: string | null, range: { from: string; to: string }) {
  const loaded = useLoaderData<typeof loader>()
  const { coaches } = useStaff()
  const trpc = useTRPC()
  const input = { coachId: coachId ?? undefined, ...range }
  useLive(
    coaches.map(({ id }) => `calendar:${id}`),
    [trpc.calendar.week.pathKey()],
  )
  return useQuery({
    ...trpc.calendar.week.queryOptions(input),
    initialData: sameInput(loaded.input, input) ? (loaded.week as Outputs['calendar']['week']) : undefined,
    placeholderData: keepPreviousData,
  })
}

interface WeekInput {
  coachId?: string
  from: string
  to: string
}

function sameInput(a: WeekInput, b: WeekInput): boolean {
  return a.coachId === b.coachId && a.from === b.from && a.to === b.to
}

const wideQuery = '(min-width: 48rem)'

/** Seven columns need room; the server assumes it. */
function useWideScreen(): boolean {
  return useSyncExternalStore(
    changed => {
      const query = matchMedia(wideQuery)
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => matchMedia(wideQuery).matches,
    () => true,
  )
}

/** False on the server and while its page is taken over: the grid is made in the browser only. */
function useInBrowser(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  )
}

function GridSkeleton() {
  return (
    <Card className="p-4">
      <p className="sr-only" role="status">
        The calendar is loading.
      </p>
      <div className="grid grid-cols-7 gap-2">
        {Array.from({ length: 7 }, (_, day) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: seven equal shapes that never change places
          <div key={day} className="flex flex-col gap-2">
            <Skeleton className="h-6" />
            <Skeleton className="h-[26rem]" />
          </div>
        ))}
      </div>
    </Card>
  )
}
