import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { inTenant } from '#server/db/in-tenant.ts'
import type { Role } from '#server/db/tables.ts'
import { hashToken } from '#server/secrets.ts'
import type { Api } from './api.ts'
import type { Business } from './builders.ts'
import type { TestHouse } from './house.ts'

export interface SignedIn {
  api: Api
  personId: string
  coachId: string | null
  email: string
}

interface Who {
  name?: string
  /** Also a member with this role; a coach gets a calendar. */
  role?: Role
  /** Whether the address was proven, as by a mail link. */
  proven?: boolean
}

/** Somebody more at a business, signed in: a client, or a member of this role. */
export async function signedIn(house: TestHouse, business: Business, who: Who = {}): Promise<SignedIn> {
  const { name = 'Clara Client', role, proven = true } = who
  const { tenantId } = business
  const personId = uuidv7()
  const coachId = role === 'coach' ? uuidv7() : null
  const email = `${personId}@people.example`
  const token = randomBytes(20).toString('hex')
  const now = house.house.clock()
  const of = { tenant_id: tenantId, created_at: now }
  await inTenant(house.house.db, tenantId, async trx => {
    const person = { ...of, id: personId, email, name, email_proven_at: proven ? now : null }
    await trx.insertInto('people').values(person).execute()
    if (role)
      await trx
        .insertInto('members')
        .values({ ...of, person_id: personId, role })
        .execute()
    else
      await trx
        .insertInto('clients')
        .values({ ...of, person_id: personId })
        .execute()
    if (coachId) {
      const coach = { ...of, id: coachId, person_id: personId, slug: `coach-${coachId.slice(-6)}` }
      await trx
        .insertInto('coaches')
        .values({ ...coach, time_zone: 'Europe/Lisbon' })
        .execute()
      await trx.insertInto('calendars').values({ tenant_id: tenantId, coach_id: coachId }).execute()
    }
    const expires_at = new Date(now.getTime() + 86_400_000 * 20)
    const login = { ...of, id_hash: hashToken(token), person_id: personId, expires_at }
    await trx.insertInto('login_sessions').values(login).execute()
  })
  const api = house.api(business.host)
  api.cookies.set('rapport_session', token)
  return { api, personId, coachId, email }
}
