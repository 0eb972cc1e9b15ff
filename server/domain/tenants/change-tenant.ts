import { record } from '#server/events/record.ts'
import { lockCalendars } from '../availability/lock.ts'
import type { Command } from '../command.ts'
import { readLogo } from './logo.ts'

/** What may be changed of a business; what isn't named stays. */
export interface TenantChange {
  name?: string | undefined
  /** `#rrggbb`, lower case. */
  accent?: string | undefined
  tagline?: string | undefined
  timeZone?: string | undefined
  weekStartsOn?: number | undefined
  /** An image in base64; null takes the logo away. */
  logo?: string | null | undefined
}

/** Changes a business's name, look or calendar; its event names what changed, never the words. */
export async function changeTenant(command: Command, change: TenantChange): Promise<void> {
  const changed = Object.entries(change).flatMap(([field, value]) => (value === undefined ? [] : [field]))
  if (changed.length === 0) return

  if (change.weekStartsOn !== undefined) await lockAllCalendars(command)
  const logo = typeof change.logo === 'string' ? await readLogo(change.logo) : null
  await command.trx
    .updateTable('tenants')
    .set({
      name: change.name,
      accent: change.accent,
      tagline: change.tagline,
      time_zone: change.timeZone,
      week_starts_on: change.weekStartsOn,
      ...(change.logo !== undefined && { logo: logo?.bytes ?? null, logo_type: logo?.type ?? null }),
    })
    .where('id', '=', command.tenantId)
    .execute()
  await record(command, 'tenant.changed', {
    subject: 'tenant',
    subjectId: command.tenantId,
    data: { changed },
  })
  command.hint('tenant')
}

/** Where a week begins decides which slots a weekly limit leaves. */
async function lockAllCalendars(command: Command): Promise<void> {
  const coaches = await command.trx
    .selectFrom('coaches')
    .select('id')
    .where('tenant_id', '=', command.tenantId)
    .execute()
  await lockCalendars(
    command,
    coaches.map(({ id }) => id),
  )
}

/** Notes that the guided set-up is done; later calls change nothing. */
export async function finishSetUp(command: Command): Promise<void> {
  const { numUpdatedRows: updated } = await command.trx
    .updateTable('tenants')
    .set({ set_up_at: command.now })
    .where('id', '=', command.tenantId)
    .where('set_up_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (updated === 0n) return
  await record(command, 'tenant.set_up', { subject: 'tenant', subjectId: command.tenantId })
  command.hint('tenant')
}
