import type { Command } from '../command.ts'
import { coversSession, findHeldSession } from '../participation/held-session.ts'
import { notFound } from '../refusal.ts'
import { recordCertificates } from './record-certificates.ts'

/** Staff of the session take a certificate back, for good; its address then says so. A repeat changes nothing. */
export async function revokeCertificate(command: Command, { id }: { id: string }): Promise<void> {
  const { trx, tenantId, now } = command
  const certificate = await trx
    .selectFrom('certificates as c')
    .innerJoin('bookings as b', join =>
      join.onRef('b.tenant_id', '=', 'c.tenant_id').onRef('b.id', '=', 'c.booking_id'),
    )
    .select(['c.booking_id', 'c.seat', 'c.revoked_at', 'b.session_id'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '=', id)
    .forUpdate('c')
    .executeTakeFirst()
  if (!certificate) throw notFound('certificate')
  const session = await findHeldSession(command, certificate.session_id)
  if (!coversSession(command.actor, session, 'bookings.answer')) throw notFound('certificate')
  if (certificate.revoked_at) return

  await trx
    .updateTable('certificates')
    .set({ revoked_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
  await recordCertificates(command, session, certificate.booking_id, {
    name: 'certificate.revoked',
    data: { sessionId: session.id, certificateId: id, seat: certificate.seat },
  })
}
