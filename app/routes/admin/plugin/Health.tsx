import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { failureOf } from '../../../failure.ts'
import type { ShownPlugin } from './route.tsx'
import { usePluginChange } from './use-plugin-change.ts'

/** Asks the plugin whether its settings work. */
export function Health({ plugin }: { plugin: ShownPlugin }) {
  const trpc = useTRPC()
  const changed = usePluginChange()
  const check = useMutation(trpc.plugins.check.mutationOptions({ onSettled: () => changed() }))
  return (
    <Panel
      title="Check"
      hint="Tries the settings as they are saved."
      actions={
        <Button isPending={check.isPending} onPress={() => check.mutate({ pluginId: plugin.id })}>
          Check now
        </Button>
      }
    >
      <div role="status">
        {check.isPending && <p className="text-muted">Asking {plugin.name} …</p>}
        {check.isError && (
          <Banner tone="bad" title="It couldn’t be checked">
            {failureOf(check.error).message}
          </Banner>
        )}
        {check.isSuccess && (
          <Banner
            tone={check.data.ok ? 'good' : 'bad'}
            title={check.data.ok ? 'It works' : 'It doesn’t work yet'}
          >
            {check.data.detail}
          </Banner>
        )}
        {check.isIdle && <p className="text-muted">Not checked since this page was opened.</p>}
      </div>
    </Panel>
  )
}
