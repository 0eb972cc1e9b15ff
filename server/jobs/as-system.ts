import type { Actor } from '#server/domain/command.ts'
import type { House } from '#server/house.ts'

/** Rapport itself as the one who acts, now, in a tenant; `work` names the job in the events it records. */
export function asSystem({ clock }: Pick<House, 'clock'>, tenantId: string, work: string) {
  const actor: Actor = { as: 'system' }
  return { tenantId, actor, now: clock(), requestId: work }
}
