import type { Query } from '../command.ts'
import type { MessageData } from './message.ts'

/**
 * What a message tells of besides its booking or session: a post with its author, the title of a material, a question
 * or its answer, what a client wrote of times suggested. Undefined where there is none, or where it was removed since.
 */
export async function findAbout(
  query: Query,
  { postId, materialId, questionId, proposalId }: MessageData,
): Promise<{ author: string; text: string } | undefined> {
  if (questionId) return findQuestion(query, questionId)
  if (proposalId) return findAnswer(query, proposalId)
  if (postId) return findPost(query, postId)
  return materialId ? findMaterial(query, materialId) : undefined
}

function findPost({ trx, tenantId }: Query, id: string) {
  return trx
    .selectFrom('posts as o')
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'o.tenant_id').onRef('p.id', '=', 'o.person_id'),
    )
    .select(['p.name as author', 'o.text'])
    .where('o.tenant_id', '=', tenantId)
    .where('o.id', '=', id)
    .where('o.removed_at', 'is', null)
    .executeTakeFirst()
}

function findMaterial({ trx, tenantId }: Query, id: string) {
  return trx
    .selectFrom('materials as m')
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'm.tenant_id').onRef('p.id', '=', 'm.added_by'),
    )
    .select(['p.name as author', 'm.title as text'])
    .where('m.tenant_id', '=', tenantId)
    .where('m.id', '=', id)
    .where('m.removed_at', 'is', null)
    .executeTakeFirst()
}

/** A question that is open; the answer of one that isn't. */
async function findQuestion({ trx, tenantId }: Query, id: string) {
  const question = await trx
    .selectFrom('questions as q')
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'q.tenant_id').onRef('p.id', '=', 'q.asked_by'),
    )
    .innerJoin('bookings as b', join =>
      join.onRef('b.tenant_id', '=', 'q.tenant_id').onRef('b.id', '=', 'q.booking_id'),
    )
    .select(['p.name as askedBy', 'b.client_name as client', 'q.question', 'q.answer'])
    .where('q.tenant_id', '=', tenantId)
    .where('q.id', '=', id)
    .executeTakeFirst()
  if (!question) return undefined
  const { askedBy, client, answer } = question
  return answer === null ? { author: askedBy, text: question.question } : { author: client, text: answer }
}

async function findAnswer({ trx, tenantId }: Query, id: string) {
  const proposal = await trx
    .selectFrom('proposals as r')
    .innerJoin('bookings as b', join =>
      join.onRef('b.tenant_id', '=', 'r.tenant_id').onRef('b.id', '=', 'r.booking_id'),
    )
    .select(['b.client_name as author', 'r.answer as text'])
    .where('r.tenant_id', '=', tenantId)
    .where('r.id', '=', id)
    .executeTakeFirst()
  return proposal?.text ? { author: proposal.author, text: proposal.text } : undefined
}
