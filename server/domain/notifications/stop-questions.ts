import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'

/** The one who acts gets essential mail only from now on, as client and as coach; said twice, it counts once. */
export async function stopQuestions(command: Command): Promise<void> {
  const { trx, tenantId, actor, now } = command
  if (!('personId' in actor)) throw new Error('only a person can switch mail off')
  const { numUpdatedRows: updated } = await trx
    .updateTable('people')
    .set({ no_questions_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', actor.personId)
    .where('no_questions_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (updated === 0n) return
  await record(command, 'person.questions_stopped', { subject: 'person', subjectId: actor.personId })
}
