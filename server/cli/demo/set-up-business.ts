import { DateTime } from 'luxon'
import { uuidv7 } from 'uuidv7'
import { saveSettings } from '#server/domain/coaches/settings.ts'
import type { Command } from '#server/domain/command.ts'
import { saveOverride } from '#server/domain/hours/save-override.ts'
import { saveWeek } from '#server/domain/hours/save-week.ts'
import { addTimeOff } from '#server/domain/hours/time-off.ts'
import { createOffer } from '#server/domain/offers/create-offer.ts'
import { hashPassword } from '#server/domain/people/passwords.ts'
import { saveDraft } from '#server/domain/policies/drafts.ts'
import { publishDraft } from '#server/domain/policies/publish.ts'
import type { NamedKind } from '#server/domain/policies/world.ts'
import type { CoachCalendar } from '#server/domain/slots/types.ts'
import { changeTenant, finishSetUp } from '#server/domain/tenants/change-tenant.ts'
import { insertCoach, signUp } from '#server/domain/tenants/sign-up.ts'
import { business, type CoachPart, type OfferPart, PASSWORD } from './cast.ts'
import { type GroupPart, groups } from './groups.ts'
import type { DemoOffer } from './place-sessions.ts'
import { rules } from './rules.ts'

const DAY = 86_400_000

/** A coach as the business now has them, with all that decides about the times. */
export interface HiredCoach {
  part: CoachPart
  id: string
  personId: string
  calendar: CoachCalendar
}

/** What is offered to several people at a time, by the coaches who lead it. */
export interface GroupOffer {
  id: string
  part: GroupPart
  coaches: { coachId: string; personId: string; timeZone: string }[]
}

interface SetUp {
  slug: string
  host: string
  /** What stands for today: time off lies around it. */
  now: Date
  coaches: readonly CoachPart[]
  offers: readonly OfferPart[]
  kinds: readonly NamedKind[]
}

/**
 * Does what an owner does in the first days, by the product's own commands, as of the command's `now`, which
 * lies before the first booking: signs up, hires coaches, sets hours, rules and offers.
 */
export async function setUpBusiness(
  command: Command,
  { slug, host, now, coaches, offers, kinds }: SetUp,
): Promise<{ coaches: HiredCoach[]; offers: DemoOffer[]; groups: GroupOffer[] }> {
  const passwordHash = await hashPassword(PASSWORD)
  const [first, ...others] = coaches as [CoachPart, ...CoachPart[]]
  const { ownerId, coachId } = await signUp(command, {
    businessName: business.name,
    slug,
    host,
    ownerName: first.name,
    email: addressOf(first),
    passwordHash,
    timeZone: first.timeZone,
    currency: business.currency,
  })
  const byOwner: Command = {
    ...command,
    actor: { as: 'member', personId: ownerId, role: 'owner', coachId },
  }
  await changeTenant(byOwner, { accent: business.accent, tagline: business.tagline })
  await command.trx
    .updateTable('people')
    .set({ email_proven_at: command.now })
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', ownerId)
    .execute()

  const hired: HiredCoach[] = [await prepareCoach(byOwner, first, { id: coachId, personId: ownerId }, now)]
  for (const part of others) hired.push(await hire(byOwner, part, passwordHash, now))
  await employManager(byOwner, passwordHash)

  const idOf = new Map(hired.map(({ part, id }) => [part.key, id]))
  const made: DemoOffer[] = []
  for (const part of offers) {
    const coachIds = part.coaches.map(key => idOf.get(key)!)
    const { id } = await createOffer(byOwner, { ...part, kind: '1on1', active: true, coachIds })
    made.push({ ...part, id })
  }
  const gathered: GroupOffer[] = []
  for (const part of groups) gathered.push(await offerToGroups(byOwner, part, hired))
  await saveDraft(byOwner, { basedOn: 0, ...rules })
  await publishDraft({ ...byOwner, kinds }, { basedOn: 0, note: 'How we work together' })
  await finishSetUp(byOwner)
  return { coaches: hired, offers: made, groups: gathered }
}

async function offerToGroups(
  command: Command,
  part: GroupPart,
  hired: readonly HiredCoach[],
): Promise<GroupOffer> {
  const leaders = part.coaches.map(key => hired.find(coach => coach.part.key === key)!)
  const { slug, title, description, kind, durationMinutes, priceMinor, terms } = part
  const { id } = await createOffer(command, {
    ...{ slug, title, description, kind, durationMinutes, priceMinor, terms },
    location: '',
    stepMinutes: 30,
    bufferMinutes: 10,
    noticeMinutes: 0,
    horizonDays: null,
    listing: 'public',
    active: true,
    coachIds: leaders.map(leader => leader.id),
  })
  const coaches = leaders.map(({ id: coachId, personId, calendar }) => ({
    ...{ coachId, personId, timeZone: calendar.timeZone },
  }))
  return { id, part, coaches }
}

export function addressOf({ mailbox }: Pick<CoachPart, 'mailbox'>): string {
  return `${mailbox}@aurora.example`
}

async function hire(command: Command, part: CoachPart, passwordHash: string, now: Date): Promise<HiredCoach> {
  const personId = await employ(command, { ...part, email: addressOf(part), passwordHash })
  const id = await insertCoach(command, { personId, name: part.name, timeZone: part.timeZone })
  return prepareCoach(command, part, { id, personId }, now)
}

/** Somebody who runs the office and can't be booked. */
async function employManager(command: Command, passwordHash: string): Promise<void> {
  await employ(command, {
    name: 'Jonas Weber',
    email: addressOf({ mailbox: 'office' }),
    role: 'admin',
    timeZone: business.timeZone,
    passwordHash,
  })
}

async function employ(
  { trx, tenantId, now }: Command,
  person: {
    name: string
    email: string
    role: 'owner' | 'admin' | 'coach'
    timeZone: string
    passwordHash: string
  },
): Promise<string> {
  const id = uuidv7()
  await trx
    .insertInto('people')
    .values({
      tenant_id: tenantId,
      id,
      email: person.email,
      name: person.name,
      time_zone: person.timeZone,
      email_proven_at: now,
      password_hash: person.passwordHash,
      created_at: now,
    })
    .execute()
  await trx
    .insertInto('members')
    .values({ tenant_id: tenantId, person_id: id, role: person.role, created_at: now })
    .execute()
  return id
}

async function prepareCoach(
  command: Command,
  part: CoachPart,
  ids: { id: string; personId: string },
  now: Date,
): Promise<HiredCoach> {
  const coachId = ids.id
  await command.trx
    .updateTable('coaches')
    .set({ bio: part.bio })
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', coachId)
    .execute()
  await saveSettings(command, { coachId, settings: part.settings })
  await saveWeek(command, { coachId, hours: part.hours })

  const overrides = part.exceptions.map(({ inDays, weekday, ranges }) => ({
    date: dateOf(nextWeekday(now, inDays, weekday)),
    ranges,
  }))
  for (const override of overrides) await saveOverride(command, { coachId, ...override })
  const timeOff = part.absences.map(({ inDays, days, note }) => {
    const firstDay = DateTime.fromISO(dateOf(nextWeekday(now, inDays, 1)), { zone: part.timeZone })
    return { startsAt: firstDay.toJSDate(), endsAt: firstDay.plus({ days }).toJSDate(), note }
  })
  for (const off of timeOff) await addTimeOff(command, { coachId, ...off })

  const calendar = {
    coachId,
    timeZone: part.timeZone,
    hours: part.hours,
    overrides,
    timeOff: timeOff.map(({ startsAt, endsAt }) => ({
      startsAt: startsAt.getTime(),
      endsAt: endsAt.getTime(),
    })),
    claims: [],
    externalBusy: [],
  }
  return { part, ...ids, calendar }
}

/** The first such weekday from so many days on, at midnight UTC. */
function nextWeekday(now: Date, inDays: number, weekday: number): Date {
  const day = Math.floor(now.getTime() / DAY) + inDays
  const isoWeekday = ((((day + 3) % 7) + 7) % 7) + 1
  return new Date((day + ((weekday - isoWeekday + 7) % 7)) * DAY)
}

function dateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}
