import type { Outputs } from '../../../../api.ts'
import { Radios } from '../../../../components/Choices.tsx'
import { Panel } from '../../../../components/Panel.tsx'
import type { Settings } from './SettingsForm.tsx'

type Preset = Outputs['policies']['vocabulary']['presets'][number]

interface PresetsProps {
  presets: readonly Preset[]
  settings: Settings
  onChoose: (settings: Partial<Settings>) => void
}

/** Three ways to run a calendar, to begin with: choosing one fills in the form below, and nothing counts until it is saved. */
export function Presets({ presets, settings, onChoose }: PresetsProps) {
  const chosen = presets.find(preset => isIn(preset, settings))
  return (
    <Panel
      title="Start from"
      hint={
        chosen
          ? 'Choose one, look at what changes, and save. Everything can be changed afterwards.'
          : 'You have your own mix. Choose one to go back to a common way; nothing counts until you save.'
      }
    >
      <Radios
        label={<span className="sr-only">Start from</span>}
        choices={presets.map(({ id, title, sentence }) => ({ id, label: title, detail: sentence }))}
        value={chosen?.id ?? ''}
        onChange={id => onChoose(presets.find(preset => preset.id === id)!.settings)}
      />
    </Panel>
  )
}

function isIn(preset: Preset, settings: Settings): boolean {
  return Object.entries(preset.settings).every(([name, value]) => settings[name as keyof Settings] === value)
}
