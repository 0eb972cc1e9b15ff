import type { EventsTable } from '#server/db/tables.ts'
import type { Command } from '#server/domain/command.ts'

/** An event that has committed, as its listeners get it. */
export interface Event {
  id: string
  at: Date
  name: string
  subject: string
  subjectId: string
  coachId: string | null
  actor: EventsTable['actor']
  data: Record<string, unknown>
}

/** Called for every event, perhaps twice, and not always in order: does what is its own and is safe to repeat. */
export type Listener = (command: Command, event: Event) => Promise<void>

/** How long an event settles before it is sealed: no transaction lives as long. */
export const SETTLE_MS = 10 * 60_000

/** Hands a committed event to all listeners, in one transaction with the jobs they make (063). */
export async function dispatchEvent(
  command: Command,
  eventId: string,
  listeners: readonly Listener[],
): Promise<void> {
  const { trx, tenantId, now } = command
  const row = await trx
    .selectFrom('events')
    .select(['id', 'at', 'name', 'subject', 'subject_id', 'coach_id', 'actor', 'data'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', eventId)
    .executeTakeFirstOrThrow()
  const { subject_id: subjectId, coach_id: coachId, ...event } = row
  for (const listen of listeners) await listen(command, { ...event, subjectId, coachId })
  await command.send(
    'seal',
    { tenantId },
    { singletonKey: tenantId, startAfter: new Date(now.getTime() + SETTLE_MS) },
  )
}
