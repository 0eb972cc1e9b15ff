import { z } from 'zod'

/** One setting of a plugin, as the form in the admin draws it. */
export interface SettingField {
  name: string
  label: string
  /** What else there is to say of it; empty for nothing. */
  help: string
  type: 'text' | 'number' | 'boolean' | 'choice' | 'secret'
  required: boolean
  choices: { value: string; label: string }[]
  default: string | number | boolean | null
}

/** A secret, as the form draws it. */
export interface SecretField extends SettingField {
  /** What one begins with that the form makes: 32 random bytes in Base64 follow. Null where it makes none. */
  generate: string | null
}

interface Described {
  type?: string
  description?: string
  enum?: unknown[]
  default?: unknown
  /** Names of choices, given by `meta({ labels })`. */
  labels?: Record<string, string>
  /** Of a secret, given by `meta({ generate })`. */
  generate?: string
}

/**
 * The fields of a plugin's `config`, in the order they were written. A description is the label, or `Label: help`.
 * Throws where the schema isn't a flat object of texts, numbers, truths and choices that each describe themselves.
 */
export function settingFields(schema: z.ZodObject | undefined): SettingField[] {
  if (schema === undefined) return []
  const { properties, required } = readSchema(schema)
  return Object.entries(properties).map(([name, field]) => toField(name, field, required.includes(name)))
}

/** The same for `secrets`, which are texts. */
export function secretFields(schema: z.ZodObject | undefined): SecretField[] {
  if (schema === undefined) return []
  const { properties } = readSchema(schema)
  return settingFields(schema).map(field => {
    if (field.type !== 'text') throw new Error(`the secret ${field.name} must be a text`)
    return { ...field, type: 'secret', default: null, generate: properties[field.name]?.generate ?? null }
  })
}

function readSchema(schema: z.ZodObject): { properties: Record<string, Described>; required: string[] } {
  if (typeof schema?.safeParse !== 'function' || schema.def?.type !== 'object')
    throw new Error('config and secrets must each be an object of zod')
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return {
    properties: (json.properties ?? {}) as Record<string, Described>,
    required: json.required ?? [],
  }
}

function toField(name: string, field: Described, required: boolean): SettingField {
  const type = typeOf(field)
  if (!type)
    throw new Error(
      `the setting ${name} is neither a text, a number, a truth nor a choice: settings are flat`,
    )
  if (!field.description)
    throw new Error(`the setting ${name} has no describe(): its form would have no label`)
  const [label, ...help] = field.description.split(': ')
  return {
    name,
    label: label!,
    help: capitalized(help.join(': ')),
    type,
    required,
    choices: (field.enum ?? []).map(value => ({
      value: String(value),
      label: field.labels?.[String(value)] ?? capitalized(String(value).replaceAll('_', ' ')),
    })),
    default: isPlain(field.default) ? field.default : null,
  }
}

function typeOf({ type, enum: choices }: Described): SettingField['type'] | null {
  if (type === 'string') return choices ? 'choice' : 'text'
  if (type === 'number' || type === 'integer') return 'number'
  return type === 'boolean' ? 'boolean' : null
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
