import { sql } from 'kysely'
import type { Query } from '../command.ts'
import { notFound } from '../refusal.ts'
import { readCode } from './code.ts'

export interface VerifiedCertificate {
  code: string
  name: string
  title: string
  minutes: number
  /** Calendar days in the session's zone: `2027-03-08`. */
  heldOn: string[]
  coaches: string[]
  issuedAt: Date
  /** Null while it is valid. */
  revokedAt: Date | null
}

/** The certificate with this code, for anybody who has it (321). 404 for any other text, and for who was erased. */
export async function verifyCertificate(
  { trx, tenantId }: Query,
  { code: typed }: { code: string },
): Promise<VerifiedCertificate> {
  const code = readCode(typed)
  if (!code) throw notFound('certificate')
  const certificate = await trx
    .selectFrom('certificates as c')
    .innerJoin('bookings as b', join =>
      join.onRef('b.tenant_id', '=', 'c.tenant_id').onRef('b.id', '=', 'c.booking_id'),
    )
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'b.tenant_id').onRef('p.id', '=', 'b.client_id'),
    )
    .select(['c.code', 'c.name', 'c.title', 'c.minutes', 'c.coaches'])
    // As text: pg would make a Date at this machine's midnight of it.
    .select(sql<string[]>`c.held_on::text[]`.as('heldOn'))
    .select(['c.issued_at as issuedAt', 'c.revoked_at as revokedAt'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.code', '=', code)
    .where('p.erased_at', 'is', null)
    .executeTakeFirst()
  if (!certificate) throw notFound('certificate')
  return certificate
}
