import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { type Outputs, useTRPC } from '../../../api.ts'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { useLive } from '../../../live.ts'
import { load } from '../../../loading.ts'
import { CoachChoice } from '../CoachChoice.tsx'
import { coachAskedFor } from '../coach-asked-for.ts'
import { Overrides } from './Overrides.tsx'
import { TimeOff } from './TimeOff.tsx'
import { WeekEditor } from './WeekEditor.tsx'

export const meta: MetaFunction = () => [{ title: 'Hours' }]

export type Hours = Outputs['hours']['get']

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const coach = await coachAskedFor(context, request)
    return { coach, hours: await context.api.hours.get({ coachId: coach.id }) }
  })
}

/** When a coach can be booked: the week, days that differ, and time off. */
export default function HoursPage() {
  const { coach, hours: loaded } = useLoaderData<typeof loader>()
  const trpc = useTRPC()
  const get = trpc.hours.get.queryOptions({ coachId: coach.id })
  const hours = useQuery({ ...get, initialData: loaded as unknown as Hours }).data
  useLive([`calendar:${coach.id}`], [get.queryKey])

  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="Hours" actions={<CoachChoice coachId={coach.id} />}>
        When clients can book {coach.name}. Sessions that are already booked stay where they are.
      </PageHeader>
      <div className="flex flex-col gap-6">
        <WeekEditor key={coach.id} coachId={coach.id} hours={hours} />
        <Overrides coachId={coach.id} hours={hours} />
        <TimeOff coachId={coach.id} hours={hours} />
      </div>
    </div>
  )
}
