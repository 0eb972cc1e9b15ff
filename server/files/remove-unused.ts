import { retireFile } from '#server/domain/files/take-file.ts'
import { runCommand } from '#server/domain/run-command.ts'
import type { House } from '#server/house.ts'

/** Removes a file that nothing uses (any more); safe to repeat. Its row goes first, so that nobody is offered it. */
export async function removeUnused(
  house: House,
  { tenantId, fileId }: { tenantId: string; fileId: string },
): Promise<void> {
  const who = { tenantId, actor: { as: 'system' as const }, now: house.clock(), requestId: `file ${fileId}` }
  const isGone = await runCommand(house, who, command => retireFile(command, fileId))
  if (isGone) await house.storage.remove({ tenantId, id: fileId })
}
