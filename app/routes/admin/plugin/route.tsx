import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Time } from '../../../components/Time.tsx'
import { useLive } from '../../../live.ts'
import { load } from '../../../loading.ts'
import { PluginState, purposesOf } from '../plugins/PluginState.tsx'
import { Deliveries } from './Deliveries.tsx'
import { Health } from './Health.tsx'
import { Log } from './Log.tsx'
import { PluginForm, type SaveTyped } from './PluginForm.tsx'
import { Switching } from './Switching.tsx'
import { WebhookAddress } from './WebhookAddress.tsx'

export type ShownPlugin = Outputs['plugins']['get']

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.name ?? 'Plugin' }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  if (context.viewer?.member?.role === 'coach') {
    throw data({ message: 'Plugins are set up by an owner or admin.' }, { status: 403 })
  }
  return load(context, request, () => context.api.plugins.get({ pluginId: params.id! }))
}

/** One plugin: its settings, whether they work, what it was told and what it said. */
export default function PluginPage() {
  const loaded = useLoaderData<typeof loader>()
  const trpc = useTRPC()
  const get = trpc.plugins.get.queryOptions({ pluginId: loaded.id })
  const plugin = useQuery({ ...get, initialData: loaded }).data
  useLive(['tenant'], [get.queryKey])
  const saveTyped = useRef<SaveTyped | null>(null)
  const isSetUp = ['enabled', 'failing', 'disabled'].includes(plugin.state)

  return (
    <div className="mx-auto max-w-3xl" key={plugin.id}>
      <PageHeader
        title={plugin.name}
        back={{ to: '/admin/plugins', label: 'Plugins' }}
        actions={plugin.isForBusinesses && <Switching plugin={plugin} saveTyped={saveTyped} />}
      >
        <p>{plugin.description}</p>
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <PluginState state={plugin.state} />
          {purposesOf(plugin)}
          <span className="text-faint">Version {plugin.version}</span>
        </p>
      </PageHeader>
      <div className="flex flex-col gap-6">
        {plugin.state === 'failing' && <Failing plugin={plugin} />}
        {plugin.byOperator && plugin.state === 'operator' && (
          <Banner>
            {plugin.isForBusinesses
              ? 'This server provides it for you. With settings of your own, yours are used instead.'
              : 'This server provides it for you. There is nothing to set up.'}
          </Banner>
        )}
        {plugin.isForBusinesses && (
          <PluginForm
            key={JSON.stringify([plugin.config, plugin.secrets])}
            plugin={plugin}
            saveTyped={saveTyped}
          />
        )}
        {plugin.hasHealthCheck && isSetUp && <Health plugin={plugin} />}
        {plugin.webhookUrl && isSetUp && <WebhookAddress url={plugin.webhookUrl} />}
        {plugin.listensTo.length > 0 && isSetUp && <Deliveries pluginId={plugin.id} />}
        {isSetUp && <Log pluginId={plugin.id} />}
      </div>
    </div>
  )
}

function Failing({ plugin }: { plugin: ShownPlugin }) {
  const { failingSince, restsUntil, lastError } = plugin
  return (
    <Banner tone="bad" title="Its last calls failed">
      {lastError && <p className="wrap-anywhere">{lastError}</p>}
      <p className="mt-1 text-sm text-muted">
        {failingSince && (
          <>
            Since <Time at={failingSince} />.{' '}
          </>
        )}
        {restsUntil && (
          <>
            It is tried again at <Time at={restsUntil} as="time" />; saving its settings tries it at once.
            Bookings go on without it.
          </>
        )}
      </p>
    </Banner>
  )
}
