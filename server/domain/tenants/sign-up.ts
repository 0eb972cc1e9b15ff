import { uuidv7 } from 'uuidv7'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { makeLoginLink } from '../people/login-links.ts'
import { Refusal } from '../refusal.ts'
import { slugOf } from './slugs.ts'

export interface SignUp {
  businessName: string
  slug: string
  host: string
  ownerName: string
  email: string
  passwordHash: string
  timeZone: string
  currency: string
}

/** What sign-up made: the owner, who is its first coach, and a link that signs the owner in on the new host. */
export interface SignedUp {
  ownerId: string
  coachId: string
  linkId: string
}

/**
 * Makes a business: its row and host, the owner as member and coach with a calendar. The command's tenant is the
 * one to be. Refuses a slug that somebody has with SLUG_TAKEN.
 */
export async function signUp(command: Command, input: SignUp): Promise<SignedUp> {
  const { trx, tenantId, now } = command
  await insertTenant(command, input)

  const ownerId = uuidv7()
  await trx
    .insertInto('people')
    .values({
      tenant_id: tenantId,
      id: ownerId,
      email: input.email,
      name: input.ownerName,
      time_zone: input.timeZone,
      password_hash: input.passwordHash,
      created_at: now,
    })
    .execute()
  await trx
    .insertInto('members')
    .values({ tenant_id: tenantId, person_id: ownerId, role: 'owner', created_at: now })
    .execute()
  const coachId = await insertCoach(command, {
    personId: ownerId,
    name: input.ownerName,
    timeZone: input.timeZone,
  })
  const linkId = await makeLoginLink(command, { personId: ownerId, purpose: 'handover' })
  await record(command, 'tenant.signed_up', {
    subject: 'tenant',
    subjectId: tenantId,
    data: { ownerId, coachId },
  })
  return { ownerId, coachId, linkId }
}

async function insertTenant({ trx, tenantId, now }: Command, input: SignUp): Promise<void> {
  const { numInsertedOrUpdatedRows: inserted } = await trx
    .insertInto('tenants')
    .values({
      id: tenantId,
      slug: input.slug,
      name: input.businessName,
      time_zone: input.timeZone,
      currency: input.currency,
      created_at: now,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (!inserted) throw slugTaken()
  const { numInsertedOrUpdatedRows: hosts } = await trx
    .insertInto('tenant_hosts')
    .values({ host: input.host, tenant_id: tenantId })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (!hosts) throw slugTaken()
}

/** Makes a member bookable: a coach with a calendar and the settings everybody starts with. Returns the coach's id. */
export async function insertCoach(
  { trx, tenantId, now }: Command,
  { personId, name, timeZone }: { personId: string; name: string; timeZone: string },
): Promise<string> {
  const id = uuidv7()
  await trx
    .insertInto('coaches')
    .values({
      tenant_id: tenantId,
      id,
      person_id: personId,
      slug: slugOf(name) || `coach-${id.slice(-6)}`,
      time_zone: timeZone,
      created_at: now,
    })
    .execute()
  await trx.insertInto('calendars').values({ tenant_id: tenantId, coach_id: id }).execute()
  return id
}

export function slugTaken(suggestion?: string): Refusal {
  return new Refusal('conflict', 'SLUG_TAKEN', 'This address is already taken. Please choose another one.', {
    field: 'slug',
    data: suggestion ? { suggestion } : {},
  })
}
