import { z } from 'zod'

/** What several tenants are told: topics by tenant. */
export type Hints = Map<string, Set<string>>

/** Stands for every topic: what was missed isn't known, so everything shown must be fetched again. */
export const EVERYTHING = '*'

/** A tenant with more topics than this in one batch is told to fetch everything. */
const MOST_TOPICS = 1000
/** Topics in one notification, of which PostgreSQL takes less than 8000 bytes. */
const TOPICS_AT_ONCE = 100
const LONGEST_TOPIC = 64

const payloadSchema = z.object({ from: z.string(), tenantId: z.string(), topics: z.array(z.string()) })

export function addHint(hints: Hints, tenantId: string, topic: string): void {
  const topics = hints.get(tenantId) ?? new Set()
  const isTooMuch = topic.length > LONGEST_TOPIC || topics.size === MOST_TOPICS
  if (isTooMuch || topic === EVERYTHING) hints.set(tenantId, new Set([EVERYTHING]))
  else if (!topics.has(EVERYTHING)) hints.set(tenantId, topics.add(topic))
}

/** The hints as texts that each fit into one notification, signed with the process they come from. */
export function toPayloads(from: string, hints: Hints): string[] {
  return [...hints].flatMap(([tenantId, topics]) =>
    chunks([...topics], TOPICS_AT_ONCE).map(chunk => JSON.stringify({ from, tenantId, topics: chunk })),
  )
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  )
}

/** What another process told, or null for a text that isn't ours or that `self` sent itself. */
export function fromPayload(payload: string, self: string): { tenantId: string; topics: string[] } | null {
  try {
    const { from, tenantId, topics } = payloadSchema.parse(JSON.parse(payload))
    return from === self ? null : { tenantId, topics }
  } catch {
    return null
  }
}
