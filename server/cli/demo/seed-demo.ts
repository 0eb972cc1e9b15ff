import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#server/db/connection.ts'
import { cancellationTermsFor } from '#server/domain/cancellation/terms.ts'
import type { Command } from '#server/domain/command.ts'
import { hashPassword } from '#server/domain/people/passwords.ts'
import { currentPolicy } from '#server/domain/policies/current-policy.ts'
import type { NamedKind } from '#server/domain/policies/world.ts'
import { runCommand } from '#server/domain/run-command.ts'
import type { House } from '#server/house.ts'
import { Failure } from '../failure.ts'
import type { Asked } from './asked.ts'
import { writeAttempts } from './attempt-rows.ts'
import { eventsOf, writeLives } from './booking-rows.ts'
import { openBooks } from './books.ts'
import { business, coaches as leads, PASSWORD } from './cast.ts'
import { circlesOf } from './circles.ts'
import { type KnownClient, type Tie, writeClients } from './clients.ts'
import { gatherGroups } from './gather-groups.ts'
import { insertRows } from './insert-rows.ts'
import { liveThrough } from './live-through.ts'
import { tieLooseEnds } from './loose-ends.ts'
import { type ClientPart, clientParts, demoClient, namedClients } from './people.ts'
import { type DemoCoach, type Placed, placeSessions } from './place-sessions.ts'
import { createRandom, type Random } from './random.ts'
import { addressOf, setUpBusiness } from './set-up-business.ts'
import { teamFor } from './team.ts'

interface DemoOptions {
  now: Date
  /** Bookings over a year around now. */
  size?: number
  slug?: string
  /** Told how far it has come. */
  say?: (progress: string) => void
}

export interface Login {
  /** What one can see with it: "Owner and coach". */
  who: string
  email: string
  password: string
}

export interface Demo {
  tenantId: string
  slug: string
  /** Address of the business's site. */
  url: string
  logins: Login[]
}

const DAY = 86_400_000
const OPENED_DAYS_AGO = 260
const BOOKINGS_PER_CLIENT = 35

/** Whether nobody has signed up in this database yet. */
export async function hasNoTenant(db: Db): Promise<boolean> {
  return !(await db.selectFrom('tenant_hosts').select('host').limit(1).executeTakeFirst())
}

/**
 * Makes Aurora Coaching with a year of bookings around `now`: half of it behind, thinning out ahead, always with
 * free times in the coming weeks. The same `now` and `size` make the same business, but for its ids. Many bookings
 * bring more coaches with them. All or nothing, in one transaction. Nothing is sent for what lies behind.
 *
 * @throws Failure where the base domain isn't `localhost`: its passwords are known to everybody
 * @throws Refusal `SLUG_TAKEN` where there is a business of that slug
 */
export async function seedDemo(
  house: Pick<House, 'db' | 'env' | 'jobs' | 'kind' | 'live' | 'urls'> & { kinds: readonly NamedKind[] },
  { now, size = 1_500, slug = business.slug, say = () => {} }: DemoOptions,
): Promise<Demo> {
  if (house.env.baseDomain !== 'localhost') {
    throw new Failure(
      'The demo has passwords that everybody knows: it is made only where BASE_DOMAIN is localhost.',
    )
  }
  const tenantId = uuidv7()
  const host = house.urls.hostOf(slug)
  const who = { tenantId, actor: { as: 'system' as const }, now, requestId: 'demo' }
  await runCommand(house, who, command => fill(command, { slug, host, size, kinds: house.kinds, say }))
  return { tenantId, slug, url: house.urls.tenant(host), logins: logins() }
}

interface Filling {
  slug: string
  host: string
  size: number
  kinds: readonly NamedKind[]
  say: (progress: string) => void
}

async function fill(command: Command, { slug, host, size, kinds, say }: Filling): Promise<void> {
  const { trx, tenantId, now } = command
  // Making up very many bookings takes longer than a transaction may otherwise stand idle.
  await sql`SET LOCAL idle_in_transaction_session_timeout = 0`.execute(trx)
  const random = createRandom(size)
  const team = teamFor(size, random)
  const before = asOf(command, new Date(now.getTime() - OPENED_DAYS_AGO * DAY))
  const hired = await setUpBusiness(before, { slug, host, now, kinds, ...team })
  const parts = clientParts(Math.max(namedClients, Math.ceil(size / BOOKINGS_PER_CLIENT)), random)
  const { coaches, ties } = circlesOf(hired.coaches, hired.offers, parts.length)

  const wanted = team.coaches.map(coach => coach.wanted)
  const asked = await placeAll({ coaches, wanted, size, now: now.getTime(), random, say })
  const clients = await knownClients(parts, ties, asked.placed)
  const policy = await currentPolicy(command)
  const kind = command.kind('1on1')
  const books = openBooks({ policy, kind, currency: business.currency, clients })
  const sold = ({ offer }: Placed) =>
    cancellationTermsFor(policy, kind, { offerId: offer.id, settings: {}, terms: null })
  say('deciding them')
  const { lives, turnedAway } = await liveThrough(asked.placed, asked.vain, {
    ...{ books, sold, now: now.getTime(), random },
  })
  const writing = { trx, tenantId, now: now.getTime(), currency: business.currency, clients }
  const connected = await writeClients(writing, clients, ties, [...lives, ...turnedAway])
  say('writing them')
  const written = await writeLives(writing, lives)
  await writeAttempts(writing, written, turnedAway)
  const events = [...connected, ...eventsOf(writing, written)].sort((a, b) => (a.at < b.at ? -1 : 1))
  await insertRows(trx, 'events', events)
  say('planning reminders')
  await tieLooseEnds(command, written, clients)
  const blocked = new Set(ties.filter(({ status }) => status === 'blocked').map(({ client }) => client))
  const welcome = clients.filter((_, at) => !blocked.has(at))
  await gatherGroups(command, hired.groups, welcome, random)
}

/** The command as it would have been at an earlier time, when its jobs have long been done. */
function asOf(command: Command, now: Date): Command {
  return { ...command, now, send: async () => {}, sendMany: async () => {}, hint: () => {} }
}

interface Making {
  coaches: DemoCoach[]
  /** Bookings of each coach. */
  wanted: number[]
  size: number
  now: number
  random: Random
  say: (progress: string) => void
}

/** Last of all come the bookings of the first coach, who has room for what others couldn't take. */
async function placeAll({ coaches, wanted, size, now, random, say }: Making) {
  const all = { placed: [] as Placed[], vain: [] as Asked[] }
  let due = 0
  for (const [at, coach] of [...coaches.entries()].reverse()) {
    due += wanted[at]!
    const count = at === 0 ? size - all.placed.length : Math.min(due, size - all.placed.length)
    const { placed, vain } = placeSessions(coach, count, now, random)
    due -= placed.length
    all.placed.push(...placed)
    all.vain.push(...vain)
    say(`${all.placed.length.toLocaleString('en')} of ${size.toLocaleString('en')} made up`)
    // Lets the terminal be told, and Ctrl-C be heard.
    await setImmediate()
  }
  if (all.placed.length < size)
    throw new Error(`the demo has room for ${all.placed.length} bookings, not for ${size}`)
  return all
}

/** A password for the demo client alone; the address is proven of all who signed in or are connected. */
async function knownClients(parts: ClientPart[], ties: Tie[], placed: Placed[]): Promise<KnownClient[]> {
  const proven = new Set([
    ...ties.filter(({ status }) => status !== 'invited').map(({ client }) => client),
    ...placed.filter(({ signedIn }) => signedIn).map(({ client }) => client),
  ])
  const passwordHash = await hashPassword(PASSWORD)
  return parts.map((part, at) => ({
    ...part,
    id: uuidv7(),
    passwordHash: part === demoClient ? passwordHash : null,
    isProven: proven.has(at),
  }))
}

export function logins(): Login[] {
  const [owner, second, third] = leads.map(addressOf) as [string, string, string]
  const all = [
    { who: 'Owner and coach', email: owner },
    { who: 'Office (admin)', email: addressOf({ mailbox: 'office' }) },
    { who: 'Coach who approves every booking', email: second },
    { who: 'Coach for connected clients', email: third },
    { who: 'Client', email: demoClient.email },
  ]
  return all.map(login => ({ ...login, password: PASSWORD }))
}
