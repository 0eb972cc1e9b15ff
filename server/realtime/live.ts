/**
 * Tells open pages what to fetch again. Topics are names such as `calendar:<coachId>`, `booking:<bookingId>`
 * or `requests`; a hint carries no data, and a lost one is caught up by version on reconnect (062).
 */
export interface Live {
  /** After commit; returns at once, batches, and reaches pages served by other processes too. */
  publish(tenantId: string, topics: Iterable<string>): void
  /** Calls `onHint` for each topic published to this tenant until the returned function is called. */
  subscribe(tenantId: string, onHint: (topic: string) => void): () => void
  stop(): Promise<void>
}
