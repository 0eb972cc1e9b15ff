import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan, type User } from 'lucia'
import type { Role } from '#server/db/tables.ts'
import { hashToken } from '#server/secrets.ts'
import type { Command, Query } from '../command.ts'
import { Refusal } from '../refusal.ts'

/*
 * Signed-in browsers, kept by Lucia. This file is all that knows Lucia: its adapter reads and writes inside the
 * tenant's transaction, stores the hash of a session's id, and follows the house's clock.
 */

/** A signed-in person; `member` is null for one who is only a client. */
export interface LoggedIn {
  personId: string
  name: string
  email: string
  timeZone: string | null
  member: { role: Role; coachId: string | null } | null
}

type PersonAttributes = Omit<LoggedIn, 'personId'>

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, PersonAttributes>
    DatabaseUserAttributes: PersonAttributes
  }
}

const SIGNED_IN_FOR = new TimeSpan(30, 'd')

/** Name of the login cookie. Under HTTPS its prefix makes browsers bind it to host, root path and HTTPS. */
export function loginCookieName(secure: boolean): string {
  return secure ? '__Host-rapport_session' : 'rapport_session'
}

/** The browser that signs in. */
export interface Browser {
  /** The login session it had; a new one takes its place. */
  replaces: string | null
  /** Whether it came by HTTPS. */
  secure: boolean
}

/** Signs a person in with a new session; `cookie` is the Set-Cookie header. Refuses members who no longer work here. */
export async function startLogin(
  command: Command,
  personId: string,
  { replaces, secure }: Browser,
): Promise<{ viewer: LoggedIn; cookie: string }> {
  const lucia = luciaFor(command, secure)
  if (replaces) await lucia.invalidateSession(replaces)
  await lucia.deleteExpiredSessions()
  const { id } = await lucia.createSession(personId, {})
  const { user } = await lucia.validateSession(id)
  if (!user) {
    throw new Refusal(
      'forbidden',
      'INACTIVE',
      'You no longer have access here. Ask an owner of the business.',
    )
  }
  return { viewer: asLoggedIn(user), cookie: lucia.createSessionCookie(id).serialize() }
}

/** Who is signed in with this session; `cookie` is a Set-Cookie header when its time was prolonged or is over. */
export async function readLogin(
  query: Query,
  { token, secure }: { token: string; secure: boolean },
): Promise<{ viewer: LoggedIn | null; cookie: string | null }> {
  const lucia = luciaFor(query, secure)
  const { session, user } = await lucia.validateSession(token)
  if (!session) return { viewer: null, cookie: lucia.createBlankSessionCookie().serialize() }
  return {
    viewer: asLoggedIn(user),
    cookie: session.fresh ? lucia.createSessionCookie(session.id).serialize() : null,
  }
}

/** Signs a browser out; returns the Set-Cookie header that clears its cookie. */
export async function endLogin(
  command: Command,
  { token, secure }: { token: string | null; secure: boolean },
): Promise<string> {
  const lucia = luciaFor(command, secure)
  if (token) await lucia.invalidateSession(token)
  return lucia.createBlankSessionCookie().serialize()
}

/** Signs a person out everywhere. */
export function endAllLogins(command: Command, personId: string): Promise<void> {
  return luciaFor(command, false).invalidateUserSessions(personId)
}

function asLoggedIn({ id: personId, ...attributes }: User): LoggedIn {
  return { personId, ...attributes }
}

function luciaFor(query: Query, secure: boolean) {
  return new Lucia(adapterFor(query), {
    sessionExpiresIn: SIGNED_IN_FOR,
    sessionCookie: { name: loginCookieName(secure), attributes: { secure, sameSite: 'lax', path: '/' } },
    getUserAttributes: attributes => attributes,
  })
}

function adapterFor({ trx, tenantId, now }: Query): Adapter {
  // Lucia reads the machine's clock; the house may run by another.
  const ahead = Date.now() - now.getTime()
  const toLucia = (at: Date) => new Date(at.getTime() + ahead)
  const fromLucia = (at: Date) => new Date(at.getTime() - ahead)
  const mine = () => trx.deleteFrom('login_sessions').where('tenant_id', '=', tenantId)

  return {
    async getSessionAndUser(id) {
      const row = await trx
        .selectFrom('login_sessions as s')
        .innerJoin('people as p', join =>
          join.onRef('p.tenant_id', '=', 's.tenant_id').onRef('p.id', '=', 's.person_id'),
        )
        .leftJoin('members as m', join =>
          join.onRef('m.tenant_id', '=', 's.tenant_id').onRef('m.person_id', '=', 's.person_id'),
        )
        .leftJoin('coaches as c', join =>
          join.onRef('c.tenant_id', '=', 's.tenant_id').onRef('c.person_id', '=', 's.person_id'),
        )
        .where('s.tenant_id', '=', tenantId)
        .where('s.id_hash', '=', hashToken(id))
        .select(['s.person_id', 's.expires_at', 'p.name', 'p.email', 'p.time_zone', 'p.erased_at'])
        .select(['m.role', 'm.active', 'c.id as coach_id'])
        .executeTakeFirst()
      if (!row) return [null, null]
      const session: DatabaseSession = {
        id,
        userId: row.person_id,
        expiresAt: toLucia(row.expires_at),
        attributes: {},
      }
      if (row.erased_at || row.active === false) return [session, null]
      const user: DatabaseUser = {
        id: row.person_id,
        attributes: {
          name: row.name,
          email: row.email,
          timeZone: row.time_zone,
          member: row.role && { role: row.role, coachId: row.coach_id },
        },
      }
      return [session, user]
    },
    async getUserSessions() {
      // The ids aren't kept, so there are none to give; nothing here asks for them.
      return []
    },
    async setSession({ id, userId, expiresAt }) {
      await trx
        .insertInto('login_sessions')
        .values({
          tenant_id: tenantId,
          id_hash: hashToken(id),
          person_id: userId,
          expires_at: fromLucia(expiresAt),
          created_at: now,
        })
        .execute()
    },
    async updateSessionExpiration(id, expiresAt) {
      await trx
        .updateTable('login_sessions')
        .set({ expires_at: fromLucia(expiresAt) })
        .where('tenant_id', '=', tenantId)
        .where('id_hash', '=', hashToken(id))
        .execute()
    },
    async deleteSession(id) {
      await mine().where('id_hash', '=', hashToken(id)).execute()
    },
    async deleteUserSessions(personId) {
      await mine().where('person_id', '=', personId).execute()
    },
    async deleteExpiredSessions() {
      await mine().where('expires_at', '<=', now).execute()
    },
  }
}
