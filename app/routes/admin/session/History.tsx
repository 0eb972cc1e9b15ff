import { Link } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import { Loaded } from './Loaded.tsx'
import type { Session } from './session.ts'

/** What happened to the session and to its bookings, the newest first. */
export function History({ session: { id } }: { session: Session }) {
  const trpc = useTRPC()
  const history = useQuery(trpc.sessions.manage.history.queryOptions({ id }))
  return (
    <Panel title="What happened">
      <Loaded query={history} what="The entries">
        {({ entries }) => (
          <ol className="flex flex-col gap-4 border-l-2 border-line pl-5">
            {entries.map(({ id: entryId, at, sentence, about, by }) => (
              <li
                key={entryId}
                className="relative before:absolute before:top-2 before:-left-[1.625rem] before:size-2.5 before:rounded-full before:border-2 before:border-surface before:bg-line-strong first:before:bg-accent-ink"
              >
                <p>
                  {about && (
                    <>
                      <Link to={`/admin/bookings/${about.bookingId}`} className="font-medium hover:underline">
                        {about.name}
                      </Link>
                      :{' '}
                    </>
                  )}
                  {sentence}
                </p>
                <p className="text-sm text-muted">
                  <Time at={at} />
                  {by && by !== about?.name && ` · ${by}`}
                </p>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Panel>
  )
}
