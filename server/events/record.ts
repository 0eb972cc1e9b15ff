import { uuidv7 } from 'uuidv7'
import type { Command } from '#server/domain/command.ts'

export interface EventFacts {
  /** The noun it happened to: `booking`, `coach`, `offer`, … */
  subject: string
  subjectId: string
  coachId?: string | null
  /** Ids, statuses, instants, amounts and codes; never names, addresses or free text (say `changed`). */
  data?: Record<string, unknown>
}

/** The row of an event; a command that writes several rows in one statement inserts it itself and calls `dispatch`. */
export function eventRow(command: Command, name: string, { subject, subjectId, coachId, data }: EventFacts) {
  return {
    tenant_id: command.tenantId,
    id: uuidv7(),
    at: command.now,
    name,
    subject,
    subject_id: subjectId,
    coach_id: coachId ?? null,
    actor: command.actor.as,
    actor_id: 'personId' in command.actor ? command.actor.personId : null,
    request_id: command.requestId,
    data: JSON.stringify(data ?? {}),
  }
}

/** Makes the job that hands an event to its listeners after commit. */
export function dispatch(command: Command, eventId: string): Promise<void> {
  return command.send('event', { tenantId: command.tenantId, eventId })
}

/** Writes what happened, and the job that tells its listeners, into the change's own transaction. Returns the event's id. */
export async function record(command: Command, name: string, facts: EventFacts): Promise<string> {
  const row = eventRow(command, name, facts)
  await command.trx.insertInto('events').values(row).execute()
  await dispatch(command, row.id)
  return row.id
}
