import type { Role } from '#server/db/tables.ts'
import type { Actor, Command, Query } from '#server/domain/command.ts'
import { runCommand, runQuery } from '#server/domain/run-command.ts'
import type { House } from '#server/house.ts'

/** The tenant whose host was asked for, as every page needs it. */
export interface TenantContext {
  id: string
  slug: string
  host: string
  name: string
  timeZone: string
  currency: string
  weekStartsOn: number
  accent: string
  tagline: string
  /** Path of the logo on the tenant's host, which changes with the image. */
  logoUrl: string | null
  setUp: boolean
}

/** A signed-in person; `member` is null for one who is only a client. */
export interface Viewer {
  personId: string
  name: string
  email: string
  timeZone: string | null
  member: { role: Role; coachId: string | null } | null
}

/** What the front door knows of a request when a procedure or loader runs. */
export interface Context {
  house: House
  requestId: string
  now: Date
  /** Null on the apex host. */
  tenant: TenantContext | null
  viewer: Viewer | null
  /** The caller's network address, after trusted proxies. */
  address: string
  /** Whether the request comes from loopback and no proxy: such callers may see a trial's pages. */
  fromThisMachine: boolean
  /** A random id of this browser from its cookie, for holds; null for callers without cookies. */
  visitorId: string | null
  /** The login session of the caller's cookie, not yet checked; null without one. */
  loginToken: string | null
  /** Adds a Set-Cookie header to the answer. */
  setCookie(cookie: string): void
}

/** Who acts in a request: the member or client signed in, or a visitor. */
export function actorOf(viewer: Viewer | null): Actor {
  if (!viewer) return { as: 'visitor' }
  return viewer.member
    ? { as: 'member', personId: viewer.personId, ...viewer.member }
    : { as: 'client', personId: viewer.personId, signedIn: true }
}

interface CommandOptions {
  actor?: Actor
  /** The lock, sent together with BEGIN: see `inTenant`. */
  first?: string
}

/** Runs a query of the domain in one transaction of the tenant asked for. */
export function query<T>(
  context: TenantRequest,
  work: (query: Query) => Promise<T>,
  actor = actorOf(context.viewer),
): Promise<T> {
  const { house, tenant, now } = context
  return runQuery(house, { tenantId: tenant.id, actor, now }, work)
}

/** Runs a command of the domain in one transaction, then tells workers and open pages what it changed. */
export async function command<T>(
  context: TenantRequest,
  work: (command: Command) => Promise<T>,
  { actor = actorOf(context.viewer), first }: CommandOptions = {},
): Promise<T> {
  const { house, tenant, now, requestId } = context
  return runCommand(house, { tenantId: tenant.id, actor, now, requestId }, work, first)
}

/** A context whose tenant is known: what procedures on a tenant's host get. */
export type TenantRequest = Context & { tenant: TenantContext }
