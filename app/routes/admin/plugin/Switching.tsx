import { useMutation } from '@tanstack/react-query'
import { type MutableRefObject, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { type SaveTyped, sentenceOf } from './PluginForm.tsx'
import type { ShownPlugin } from './route.tsx'
import { usePluginChange } from './use-plugin-change.ts'

interface SwitchingProps {
  plugin: ShownPlugin
  saveTyped: MutableRefObject<SaveTyped | null>
}

/** Enables a plugin, with what was typed into its settings, or switches it off; after asking. */
export function Switching({ plugin, saveTyped }: SwitchingProps) {
  const { id, name, state } = plugin
  const trpc = useTRPC()
  const changed = usePluginChange()
  const [isAsking, setAsking] = useState(false)
  const enable = useMutation(trpc.plugins.enable.mutationOptions())
  const disable = useMutation(trpc.plugins.disable.mutationOptions())
  const isOn = state === 'enabled' || state === 'failing'

  async function run() {
    setAsking(false)
    if (!isOn && saveTyped.current && !(await saveTyped.current())) return
    try {
      await (isOn ? disable : enable).mutateAsync({ pluginId: id })
      toast({ text: isOn ? `${name} is switched off.` : `${name} is enabled.` })
    } catch (error) {
      const { field, message } = failureOf(error)
      const text = field ? `Fill in its settings first. ${sentenceOf({ field, message }, plugin)}` : message
      toast({ text, tone: 'bad' })
    }
    await changed()
  }

  return (
    <>
      <Button
        variant={isOn ? 'secondary' : 'primary'}
        isPending={enable.isPending || disable.isPending}
        onPress={() => setAsking(true)}
      >
        {isOn ? 'Switch off' : 'Enable'}
      </Button>
      <Dialog
        role="alertdialog"
        title={isOn ? `Switch off ${name}?` : `Enable ${name}?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{isOn ? 'Keep it on' : 'Not now'}</Button>
            <Button variant={isOn ? 'danger' : 'primary'} onPress={run}>
              {isOn ? 'Switch off' : 'Enable'}
            </Button>
          </>
        }
      >
        {isOn ? inWords(plugin).off : inWords(plugin).on}
      </Dialog>
    </>
  )
}

/** What switching means, by what the plugin is for. */
function inWords({ provides, description }: ShownPlugin): { on: string; off: string } {
  const uses = ['email', 'video', 'realtime'].filter(kind => provides.includes(kind))
  if (uses.length === 0) {
    return {
      on: `${description} It starts with what happens from now on.`,
      off: 'It is told of nothing more. Its settings and its list of what it was told stay.',
    }
  }
  return {
    on: `${description} It is used from now on, in place of what this server provides.`,
    off: 'From now on, what this server provides is used in its place. Its settings stay.',
  }
}
