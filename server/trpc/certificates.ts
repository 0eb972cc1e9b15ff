import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { drawCertificate } from '#server/domain/certificates/draw-certificate.ts'
import { issueCertificates } from '#server/domain/certificates/issue-certificates.ts'
import { revokeCertificate } from '#server/domain/certificates/revoke-certificate.ts'
import { verifyCertificate } from '#server/domain/certificates/verify-certificate.ts'
import { memberProcedure, publicProcedure, router } from './base.ts'
import { command, query, type TenantRequest } from './context.ts'
import { id } from './inputs.ts'
import { plain } from './plain.ts'

const answering = memberProcedure('bookings.answerOwn')

export const certificates = router({
  /** Issues certificates to all seats that were checked in on every date: see `issueCertificates`. */
  issue: answering
    .input(z.object({ sessionId: id }))
    .mutation(({ ctx, input }) => command(ctx, asked => issueCertificates(asked, input))),

  /** Whether a code is that of a certificate, and what it vouches for; 404 for all other codes alike. */
  verify: publicProcedure.input(z.object({ code: z.string().max(200) })).query(async ({ ctx, input }) => {
    const { revokedAt, ...certificate } = await findByCode(ctx, input.code)
    return {
      ...plain({ ...certificate, revokedAt }),
      isValid: revokedAt === null,
      business: ctx.tenant.name,
      pdfUrl: `/certificates/${certificate.code}.pdf`,
    }
  }),

  /** Takes a certificate back, for good. */
  revoke: answering.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    await command(ctx, asked => revokeCertificate(asked, input))
    return {}
  }),
})

/** A certificate as a PDF; null where it was revoked. 404 for all other codes alike. */
export async function certificatePdf(ctx: TenantRequest, code: string): Promise<Buffer | null> {
  const { house, tenant } = ctx
  const certificate = await findByCode(ctx, code)
  if (certificate.revokedAt) return null
  const logo = await readLogo(ctx)
  const url = house.urls.tenant(tenant.host, `/certificates/${certificate.code}`)
  return drawCertificate(certificate, { ...tenant, logo }, url)
}

/** The business's logo, where it is of a type that PDF knows. */
async function readLogo(ctx: TenantRequest): Promise<Buffer | null> {
  const file = await query(ctx, ({ trx, tenantId }) =>
    trx
      .selectFrom('tenants as t')
      .innerJoin('files as f', join =>
        join.onRef('f.tenant_id', '=', 't.id').onRef('f.id', '=', 't.logo_file_id'),
      )
      .select('f.id')
      .where('t.id', '=', tenantId)
      .where('f.type', 'in', ['image/png', 'image/jpeg'])
      .executeTakeFirst(),
  )
  const content = file && (await ctx.house.storage.get({ tenantId: ctx.tenant.id, id: file.id }))
  return content ? buffer(content) : null
}

/** The certificate of a code, for anybody; tries are counted, so that codes can't be guessed. */
async function findByCode(ctx: TenantRequest, code: string) {
  await ctx.house.limits.consume('certificate', ctx.tenant.id, { address: ctx.address })
  return query(ctx, asked => verifyCertificate(asked, { code }))
}
