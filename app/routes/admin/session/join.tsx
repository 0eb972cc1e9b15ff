import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DoorClosed } from 'lucide-react'
import { LinkButton } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Time } from '../../../components/Time.tsx'
import { load } from '../../../loading.ts'

export const meta: MetaFunction = () => [{ title: 'Video room' }]

/** Leads on to the room while it is open; otherwise the page says when it is. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const id = params.id!
  const joining = await load(context, request, () => context.api.rooms.joinAsStaff({ session: id }))
  if (joining.state === 'open') throw redirect(joining.url)
  const opensAt = 'opensAt' in joining ? new Date(joining.opensAt).toISOString() : null
  return { id, state: joining.state, title: joining.title, opensAt }
}

const words = {
  early: 'The room isn’t open yet',
  preparing: 'The room is being made',
  unconfirmed: 'The room isn’t open yet',
  over: 'It is over',
}

export default function JoinPage() {
  const { id, state, title, opensAt } = useLoaderData<typeof loader>()
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={title} back={{ to: `/admin/sessions/${id}`, label: 'The session' }} />
      <Card className="">
        <EmptyState
          icon={DoorClosed}
          title={words[state]}
          actions={state !== 'over' && <LinkButton to=".">Try again</LinkButton>}
        >
          {state === 'early' && opensAt && (
            <>
              It opens <Time at={opensAt} />.
            </>
          )}
          {state === 'preparing' && 'Try again in a moment.'}
          {state === 'over' && 'The room closed an hour after the session.'}
        </EmptyState>
      </Card>
    </div>
  )
}
