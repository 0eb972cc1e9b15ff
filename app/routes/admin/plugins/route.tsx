import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { useLive } from '../../../live.ts'
import { load } from '../../../loading.ts'
import { type ListedPlugin, PluginState, purposesOf } from './PluginState.tsx'

export const meta: MetaFunction = () => [{ title: 'Plugins' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  if (context.viewer?.member?.role === 'coach') {
    throw data({ message: 'Plugins are set up by an owner or admin.' }, { status: 403 })
  }
  return load(context, request, () => context.api.plugins.list())
}

/** What can be added to the business, and how it is doing. */
export default function PluginsPage() {
  const loaded = useLoaderData<typeof loader>()
  const trpc = useTRPC()
  const list = trpc.plugins.list.queryOptions()
  const { plugins, refused } = useQuery({ ...list, initialData: loaded }).data
  useLive(['tenant'], [list.queryKey])
  const own = plugins.filter(({ isForBusinesses }) => isForBusinesses)
  const given = plugins.filter(({ isForBusinesses }) => !isForBusinesses)

  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="Plugins">
        Connect your own video, mail and other systems. Without them, everything works with what this server
        provides.
      </PageHeader>
      {refused.length > 0 && (
        <Banner
          tone="wait"
          title={refused.length === 1 ? 'One plugin was left out' : `${refused.length} plugins were left out`}
          className="mb-6"
        >
          <p>Whoever runs this server can mend that. Everything else works.</p>
          <ul className="mt-2 list-disc pl-5">
            {refused.map(({ plugin, reason }) => (
              <li key={plugin}>
                <strong className="font-medium">{plugin}</strong>: {reason}
              </li>
            ))}
          </ul>
        </Banner>
      )}
      <PluginList title="Yours to set up" plugins={own} />
      <PluginList title="Part of every business" plugins={given} />
    </div>
  )
}

function PluginList({ title, plugins }: { title: string; plugins: ListedPlugin[] }) {
  if (plugins.length === 0) return null
  return (
    <section className="mb-8">
      <h2 className="mb-3 text-lg">{title}</h2>
      <ul className="flex flex-col gap-3">
        {plugins.map(plugin => (
          <PluginCard key={plugin.id} plugin={plugin} />
        ))}
      </ul>
    </section>
  )
}

function PluginCard({ plugin }: { plugin: ListedPlugin }) {
  const { id, name, description, state, lastError } = plugin
  return (
    <li className="relative rounded-card border border-line bg-surface p-5 shadow-card hover:border-line-strong">
      <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-base">
        <Link to={`/admin/plugins/${id}`} className="after:absolute after:inset-0 after:rounded-card">
          {name}
        </Link>
        <PluginState state={state} />
      </h3>
      <p className="mt-1.5 text-muted">{description}</p>
      <p className="mt-1 text-sm text-muted">{purposesOf(plugin)}</p>
      {state === 'failing' && lastError && <p className="mt-2 text-sm text-bad wrap-anywhere">{lastError}</p>}
    </li>
  )
}
