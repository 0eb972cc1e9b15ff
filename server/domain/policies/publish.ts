import { record } from '#server/events/record.ts'
import { lockCalendars } from '../availability/lock.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { areSame } from './diff.ts'
import { discardDraft, requireDraft } from './drafts.ts'
import { whyNotPublish } from './may-publish.ts'
import { aboutCurrent, type PolicyDocument, readVersion } from './read-versions.ts'
import { requireSound } from './view-document.ts'
import type { PolicyQuery } from './world.ts'

type PolicyCommand = Command & PolicyQuery

export interface Published {
  version: number
}

/**
 * Makes the member's draft the policy from now on: a new version, for ever. Under the lock of all calendars, so that
 * whoever books next, and every page, goes by it. `basedOn` is the version that was reviewed: 409 `POLICY_CHANGED`
 * where another one stands, so that nobody undoes unseen what somebody else published. 400 `POLICY` with the problems,
 * 403 `ROLE` where the draft changes more than the member's role covers, 404 `NO_DRAFT`. What stands already makes no
 * version.
 */
export async function publishDraft(
  command: PolicyCommand,
  { basedOn, note }: { basedOn: number; note: string },
): Promise<Published> {
  await lockEverything(command)
  const draft = await requireDraft(command)
  await requireCurrent(command, basedOn)
  await requireCurrent(command, draft.basedOn)
  const published = await writeVersion(command, draft, { basedOn, note, restoredFrom: null })
  await discardDraft(command)
  return published
}

/** Publishes the rules of an earlier version again; 0 leaves none. Refuses as `publishDraft` does, 404 for no version. */
export async function restoreVersion(
  command: PolicyCommand,
  { version, basedOn, note }: { version: number; basedOn: number; note: string },
): Promise<Published> {
  const document = await readVersion(command, version)
  await lockEverything(command)
  await requireCurrent(command, basedOn)
  return writeVersion(command, document, { basedOn, note, restoredFrom: version === 0 ? null : version })
}

/** The time of all coaches: what a rule changes may be anybody's slots. */
async function lockEverything(command: Command): Promise<void> {
  const calendars = await command.trx
    .selectFrom('calendars')
    .select('coach_id')
    .where('tenant_id', '=', command.tenantId)
    .execute()
  await lockCalendars(
    command,
    calendars.map(({ coach_id }) => coach_id),
  )
}

async function requireCurrent(command: Command, basedOn: number): Promise<void> {
  const version = (await aboutCurrent(command))?.version ?? 0
  if (version !== basedOn) throw policyChanged(version)
}

async function writeVersion(
  command: PolicyCommand,
  document: PolicyDocument,
  { basedOn, note, restoredFrom }: { basedOn: number; note: string; restoredFrom: number | null },
): Promise<Published> {
  const { trx, tenantId, actor, now } = command
  const before = await readVersion(command, basedOn)
  if (areSame(before, document)) return { version: basedOn }
  const refused = whyNotPublish(actor, before, document)
  if (refused) throw new Refusal('forbidden', 'ROLE', refused)
  await requireSound(command, document)

  const version = basedOn + 1
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('policies')
    .values({
      ...{ tenant_id: tenantId, version, note, restored_from: restoredFrom, created_at: now },
      rules: JSON.stringify(document.rules),
      cancellation: JSON.stringify(document.cancellation),
      author_id: actor.as === 'member' ? actor.personId : null,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) throw policyChanged(version)
  await record(command, 'policy.published', {
    subject: 'policy',
    subjectId: tenantId,
    data: { version, from: basedOn, restoredFrom },
  })
  await hintPages(command)
  return { version }
}

function policyChanged(version: number): Refusal {
  const why = 'Somebody published other rules meanwhile. Look at what they changed, then publish yours.'
  return new Refusal('conflict', 'POLICY_CHANGED', why, { data: { version } })
}

/** Sessions with dates of their own are decided by rules too; their pages follow the seats of their offer. */
async function hintPages(command: Command): Promise<void> {
  const offers = await command.trx
    .selectFrom('sessions')
    .select('offer_id')
    .distinct()
    .where('tenant_id', '=', command.tenantId)
    .where('terms', 'is not', null)
    .execute()
  for (const { offer_id } of offers) command.hint(`sessions:${offer_id}`)
  command.hint('tenant')
}
