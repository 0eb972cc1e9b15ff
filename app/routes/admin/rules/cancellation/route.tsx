import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { load } from '../../../../loading.ts'
import { useStaff } from '../../shell.tsx'
import { DraftBar } from '../draft/DraftBar.tsx'
import { usePolicy } from '../draft/use-policy.ts'
import { PlaceRow } from './PlaceRow.tsx'
import { placesOf } from './terms.ts'

export const meta: MetaFunction = () => [{ title: 'Cancellation' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const { policies } = context.api
    const [current, { draft }, usual] = await Promise.all([
      policies.current(),
      policies.draft(),
      policies.usualTerms(),
    ])
    return { current, draft, usual }
  })
}

const headings = { tenant: 'For all', kind: 'By kind of session', offer: 'By offer' }
const scopes = ['tenant', 'kind', 'offer'] as const

/** What cancelling, staying away and moving late cost: for all, by kind, by offer; the nearest counts (Q3). */
export default function CancellationPage() {
  const { usual, ...loaded } = useLoaderData<typeof loader>()
  const policy = usePolicy(loaded)
  const { mayEditBusiness } = useStaff()
  const { current, draft } = policy
  const places = placesOf({
    usual,
    own: (draft ?? current).cancellation,
    published: current.cancellation,
  })

  return (
    <>
      <p className="mb-6 max-w-2xl text-muted">
        What clients lose when they cancel, stay away or move late. An offer’s own terms count before those of
        its kind, and these before those for all. Whatever you change, what is booked already keeps the terms
        it was sold with, and when you cancel your clients get everything back.
      </p>
      <div className="flex flex-col gap-8">
        {scopes.map(scope => (
          <section key={scope} aria-label={headings[scope]}>
            <h2 className="mb-3 text-lg">{headings[scope]}</h2>
            <ul className="flex flex-col gap-3">
              {places
                .filter(place => place.scope === scope)
                .map(place => (
                  <PlaceRow
                    key={place.target ?? ''}
                    place={place}
                    policy={policy}
                    mayEdit={mayEditBusiness}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
      <DraftBar policy={policy} />
    </>
  )
}
