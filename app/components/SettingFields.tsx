import { Radios, Switch } from './Choices.tsx'
import { NumberField } from './NumberField.tsx'
import { Select } from './Select.tsx'
import { TextField } from './TextField.tsx'

/** One setting as its plugin describes it. */
export interface DescribedSetting {
  name: string
  label: string
  /** What else there is to say of it; empty for nothing. */
  help: string
  type: 'text' | 'number' | 'boolean' | 'choice' | 'secret'
  required: boolean
  choices: { value: string; label: string }[]
  default: string | number | boolean | null
}

interface SettingFieldsProps {
  fields: readonly DescribedSetting[]
  values: Record<string, unknown>
  onChange: (changes: Record<string, unknown>) => void
  errorOf: (name: string) => string | null
}

/** A form drawn from what a plugin says of its settings; not for secrets, which are never shown. */
export function SettingFields({ fields, values, onChange, errorOf }: SettingFieldsProps) {
  return (
    <>
      {fields.map(field => (
        <SettingField
          key={field.name}
          field={field}
          value={values[field.name] ?? field.default}
          onChange={value => onChange({ [field.name]: value })}
          error={errorOf(field.name)}
        />
      ))}
    </>
  )
}

interface SettingFieldProps {
  field: DescribedSetting
  value: unknown
  onChange: (value: unknown) => void
  error: string | null
}

function SettingField({ field, value, onChange, error }: SettingFieldProps) {
  const { label, help, type, required, choices } = field
  const hint = help || undefined
  if (type === 'boolean')
    return <Switch label={label} hint={hint} isSelected={value === true} onChange={onChange} />
  if (type === 'number') {
    return (
      <NumberField
        label={label}
        hint={hint}
        isRequired={required}
        value={typeof value === 'number' ? value : null}
        onChange={onChange}
        error={error}
        className="max-w-xs"
      />
    )
  }
  if (type === 'choice') {
    const options = choices.map(choice => ({ id: choice.value, label: choice.label }))
    const chosen = { label, hint, error, choices: options, value: String(value ?? ''), onChange }
    return choices.length <= 4 ? <Radios {...chosen} /> : <Select {...chosen} />
  }
  return (
    <TextField
      label={label}
      hint={hint}
      isRequired={required}
      value={typeof value === 'string' ? value : ''}
      onChange={onChange}
      error={error}
    />
  )
}
