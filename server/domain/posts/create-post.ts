import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { once } from '../idempotency.ts'
import { findStanding, type Place, type Standing } from '../participation/standing.ts'
import { requireMayPost } from './may-post.ts'

export interface CreatePost {
  place: Place
  /** Plain text, 1 to 4000 characters. */
  text: string
  /** For all participants, by mail as well (294); otherwise it is for the chat (291). */
  isUpdate: boolean
  /** A repeat with the same key posts nothing and gets the first answer. */
  idempotencyKey?: string | undefined
}

/** Posts into a session's chat or writes to all its participants. Returns the post's id. */
export async function createPost(command: Command, post: CreatePost): Promise<{ id: string }> {
  const standing = await findStanding(command, post.place, 'bookings.answer')
  requireMayPost(standing, post.isUpdate)
  await lockAuthor(command, standing.personId)
  const { idempotencyKey: key, ...body } = post
  return once(command, { procedure: 'posts.create', caller: `client:${standing.personId}`, key, body }, () =>
    write(command, standing, post),
  )
}

/** What one person posts goes one by one, so that a repeat sees what came before. */
async function lockAuthor({ trx, tenantId }: Command, personId: string): Promise<void> {
  await sql`SELECT FROM people WHERE tenant_id = ${tenantId} AND id = ${personId} FOR NO KEY UPDATE`.execute(
    trx,
  )
}

async function write(
  command: Command,
  { session, personId }: Standing,
  { text, isUpdate }: CreatePost,
): Promise<{ id: string }> {
  const id = uuidv7()
  await command.trx
    .insertInto('posts')
    .values({
      tenant_id: command.tenantId,
      id,
      session_id: session.id,
      person_id: personId,
      is_update: isUpdate,
      text,
      created_at: command.now,
    })
    .execute()
  await record(command, isUpdate ? 'session.update_posted' : 'post.created', {
    subject: 'session',
    subjectId: session.id,
    coachId: session.coaches[0]!.id,
    data: { postId: id },
  })
  command.hint(`session:${session.id}`)
  return { id }
}
