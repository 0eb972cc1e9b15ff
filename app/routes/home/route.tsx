import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { load } from '../../loading.ts'
import { BusinessHome } from './BusinessHome.tsx'
import { Landing } from './Landing.tsx'

/** The start page: of a business on its host, of Rapport itself on the apex. */
export function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const { tenant, api } = context
    if (!tenant) return null
    const [{ offers }, { sessions }] = await Promise.all([api.offers.list(), api.sessions.next()])
    return { offers, sessions }
  })
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => {
  const root = matches.find(({ id }) => id === 'root')?.data as
    | { tenant?: { name: string; tagline: string } }
    | undefined
  if (!root?.tenant) {
    return [
      { title: 'Rapport: booking for coaching businesses' },
      {
        name: 'description',
        content:
          'Clients book what your rules allow at once and ask for the rest. Your calendar stays yours.',
      },
    ]
  }
  const { name, tagline } = root.tenant
  return [{ title: name }, { name: 'description', content: tagline || `Book a session with ${name}.` }]
}

export default function Home() {
  const business = useLoaderData<typeof loader>()
  return business ? <BusinessHome seed={business} /> : <Landing />
}
