import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { coversSession, findHeldSession } from '../participation/held-session.ts'
import { notFound } from '../refusal.ts'

/** What stays where a text was. */
const REMOVED = 'removed'

/**
 * Takes a post away, by its author or by staff of the session (291): its text is gone for good, the event says who
 * did it. Once removed it stays so. 404 for all others.
 */
export async function removePost(command: Command, { id }: { id: string }): Promise<void> {
  const { trx, tenantId, actor, now } = command
  const post = await trx
    .selectFrom('posts')
    .select(['session_id', 'person_id', 'removed_at'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!post || !('personId' in actor)) throw notFound('post')
  const session = await findHeldSession(command, post.session_id)
  const isAuthor = actor.personId === post.person_id
  if (!isAuthor && !coversSession(actor, session, 'bookings.answer')) throw notFound('post')
  if (post.removed_at) return

  await trx
    .updateTable('posts')
    .set({ text: REMOVED, removed_at: now, removed_by: actor.personId })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
  await record(command, 'post.removed', {
    subject: 'session',
    subjectId: session.id,
    coachId: session.coaches[0]!.id,
    data: { postId: id, by: isAuthor ? 'author' : 'staff' },
  })
  command.hint(`session:${session.id}`)
}
