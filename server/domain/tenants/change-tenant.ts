import { record } from '#server/events/record.ts'
import { lockCalendars } from '../availability/lock.ts'
import type { Command } from '../command.ts'
import { letGo, takeFile } from '../files/take-file.ts'

/** What may be changed of a business; what isn't named stays. */
export interface TenantChange {
  name?: string | undefined
  /** `#rrggbb`, lower case. */
  accent?: string | undefined
  tagline?: string | undefined
  timeZone?: string | undefined
  weekStartsOn?: number | undefined
  /** The id of a file uploaded for it; null takes the logo away. */
  logo?: string | null | undefined
}

/** Changes a business's name, look or calendar; its event names what changed, never the words. */
export async function changeTenant(command: Command, change: TenantChange): Promise<void> {
  const changed = Object.entries(change).flatMap(([field, value]) => (value === undefined ? [] : [field]))
  if (changed.length === 0) return

  if (change.weekStartsOn !== undefined) await lockAllCalendars(command)
  if (change.logo !== undefined) await changeLogo(command, change.logo)
  await command.trx
    .updateTable('tenants')
    .set({
      name: change.name,
      accent: change.accent,
      tagline: change.tagline,
      time_zone: change.timeZone,
      week_starts_on: change.weekStartsOn,
      logo_file_id: change.logo,
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

/** Keeps the new logo's file, and lets the present one go. */
async function changeLogo(command: Command, fileId: string | null): Promise<void> {
  if (fileId) await takeFile(command, { fileId, purpose: 'logo', field: 'logo' })
  const { logo_file_id: present } = await command.trx
    .selectFrom('tenants')
    .select('logo_file_id')
    .where('id', '=', command.tenantId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (present !== fileId) await letGo(command, present)
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
