import { EVERYTHING } from './hints.ts'

/**
 * What a provider calls a topic of a tenant: `calendar:<coachId>` becomes `<tenantId>.calendar.<coachId>`. So no name
 * is the same for two tenants, and it is made of characters that every provider takes.
 */
export function channelOf(tenantId: string, topic: string): string {
  return `${tenantId}.${topic === EVERYTHING ? 'all' : topic.replace(':', '.')}`
}
