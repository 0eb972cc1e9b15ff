import type { Plugin } from '@rapport/sdk'
import type { z } from 'zod'
import { badSetting, type CheckSettings } from '#server/domain/plugins/change-installation.ts'
import type { Secrets } from '#server/secrets.ts'
import type { Installation } from './installations.ts'
import { sealOf, unseal } from './instances.ts'

/** Checks what a business typed for a plugin; secrets it didn't type anew stay, sealed with the present key. */
export function settingsCheck(
  secrets: Secrets,
  plugin: Plugin,
  whose: { tenantId: string; pluginId: string },
): CheckSettings {
  return (given, keptSecrets) => {
    const kept = keptSecrets === null ? {} : openOrForget(secrets, { ...whose, secrets: keptSecrets })
    const config = checked(plugin.config, 'config', given.config)
    const opened = checked(plugin.secrets, 'secrets', { ...kept, ...given.secrets })
    const sealed =
      Object.keys(opened).length === 0 ? null : secrets.seal(sealOf(whose), JSON.stringify(opened))
    return { config, secrets: sealed }
  }
}

/** The names of the secrets that are set; none where they can't be opened any more. */
export function namesOfSecrets(
  secrets: Secrets,
  row: Pick<Installation, 'tenantId' | 'pluginId' | 'secrets'>,
): string[] {
  if (row.secrets === null) return []
  return Object.entries(openOrForget(secrets, row)).flatMap(([name, value]) => (value ? [name] : []))
}

function openOrForget(secrets: Secrets, row: Pick<Installation, 'tenantId' | 'pluginId' | 'secrets'>) {
  try {
    return unseal(secrets, row)
  } catch {
    return {}
  }
}

/** Empty fields are left to their defaults. */
function checked(
  schema: z.ZodObject | undefined,
  part: 'config' | 'secrets',
  given: Record<string, unknown>,
): Record<string, unknown> {
  if (!schema) return {}
  const typed = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== ''),
  )
  const { data, error } = schema.safeParse(typed)
  if (!error) return data
  const { path, message } = error.issues[0]!
  const name = String(path[0] ?? '')
  throw badSetting(`${part}.${name}`, typed[name] === undefined ? 'is required' : message)
}
