import { useMutation } from '@tanstack/react-query'
import { type MutableRefObject, useEffect, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Panel } from '../../../components/Panel.tsx'
import { SaveBar } from '../../../components/SaveBar.tsx'
import { SettingFields } from '../../../components/SettingFields.tsx'
import { toast } from '../../../components/toasts.tsx'
import { errorAt, type Problem, problemsOf } from '../problems.ts'
import type { ShownPlugin } from './route.tsx'
import { SecretField } from './SecretField.tsx'
import { usePluginChange } from './use-plugin-change.ts'

type Settings = Record<string, string | number | boolean | null>

/** Saves what is typed and not saved yet; false where it was refused, which the form then shows. */
export type SaveTyped = () => Promise<boolean>

interface PluginFormProps {
  plugin: ShownPlugin
  /** Holds how to save, while there is something to. */
  saveTyped: MutableRefObject<SaveTyped | null>
}

/** A plugin's settings, drawn from what it says of them. Secrets are written and never shown. */
export function PluginForm({ plugin, saveTyped }: PluginFormProps) {
  const { id, state, config, secrets } = plugin
  const trpc = useTRPC()
  const changed = usePluginChange()
  const save = useMutation(trpc.plugins.save.mutationOptions())
  const saved = Object.fromEntries(config.map(({ name, value }) => [name, value as Settings[string]]))
  const [changes, setChanges] = useState<Settings>({})
  const [typed, setTyped] = useState<Record<string, string | null>>({})
  const [problems, setProblems] = useState<Problem[]>([])
  const values = { ...saved, ...changes }
  const isChanged =
    Object.keys(typed).length > 0 ||
    Object.entries(changes).some(([name, value]) => (value ?? '') !== (saved[name] ?? ''))

  useEffect(() => {
    saveTyped.current = isChanged ? write : null
  })

  async function write(): Promise<boolean> {
    try {
      await save.mutateAsync({ pluginId: id, config: values, secrets: typed })
      setChanges({})
      setTyped({})
      return true
    } catch (error) {
      setProblems(problemsOf(error))
      return false
    }
  }

  async function send() {
    if (!(await write())) return
    toast({ text: state === 'installed' ? 'Saved. It isn’t enabled yet.' : 'Saved.' })
    await changed()
  }

  if (config.length + secrets.length === 0) {
    return (
      <Panel title="Settings">
        <p className="text-muted">There is nothing to set.</p>
      </Panel>
    )
  }
  return (
    <div>
      <Panel title="Settings">
        <div className="flex flex-col gap-5">
          <SettingFields
            fields={config}
            values={values}
            onChange={change => {
              setChanges({ ...changes, ...(change as Settings) })
              setProblems([])
            }}
            errorOf={name => errorAt(problems, `config.${name}`)}
          />
          {secrets.map(field => (
            <SecretField
              key={field.name}
              field={field}
              value={typed[field.name]}
              onChange={value => {
                const { [field.name]: _, ...others } = typed
                setTyped(value === undefined ? others : { ...others, [field.name]: value })
                setProblems([])
              }}
              error={errorAt(problems, `secrets.${field.name}`)}
            />
          ))}
        </div>
      </Panel>
      <SaveBar
        isChanged={isChanged}
        isSaving={save.isPending}
        onSave={send}
        onDiscard={() => {
          setChanges({})
          setTyped({})
          setProblems([])
        }}
        problem={problems[0] && sentenceOf(problems[0], plugin)}
      />
    </div>
  )
}

/** "Address is required", "Address: Choose one of these." */
export function sentenceOf({ field, message }: Problem, { config, secrets }: ShownPlugin): string {
  const label = [...config, ...secrets].find(({ name }) => field.endsWith(`.${name}`))?.label
  if (!label) return message
  return /^[a-z]/.test(message) ? `${label} ${message}` : `${label}: ${message}`
}
