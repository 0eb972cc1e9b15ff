import type { Secrets } from '#server/secrets.ts'

const PURPOSE = 'plugin webhook'

/** The last part of the address at which a plugin hears from outside: unguessable, and checked without being stored. */
export function webhookToken(secrets: Secrets, tenantId: string, pluginId: string): string {
  return `${pluginId}.${secrets.sign(PURPOSE, message(tenantId, pluginId)).toString('base64url')}`
}

/** The plugin of a token that is this business's; null for any other text. */
export function readWebhookToken(secrets: Secrets, tenantId: string, token: string): string | null {
  const [, pluginId, code] = /^([a-z][a-z0-9-]{0,63})\.([\w-]{22})$/.exec(token) ?? []
  if (!pluginId || !code) return null
  return secrets.verify(PURPOSE, message(tenantId, pluginId), Buffer.from(code, 'base64url'))
    ? pluginId
    : null
}

function message(tenantId: string, pluginId: string): Buffer {
  return Buffer.from(`${tenantId}\n${pluginId}`)
}
