import type { Query } from '../command.ts'
import type { MessageData } from './message.ts'

/**
 * What a message tells of besides its booking or session: a post with its author, or the title of a material. Undefined
 * where there is none, or where it was removed since.
 */
export async function findAbout(
  query: Query,
  { postId, materialId }: MessageData,
): Promise<{ author: string; text: string } | undefined> {
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
