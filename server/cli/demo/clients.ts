import { uuidv7 } from 'uuidv7'
import type { TenantTransaction } from '#server/db/in-tenant.ts'
import type { Asked } from './asked.ts'
import type { DemoClient, EventRow } from './booking-rows.ts'
import { insertRows } from './insert-rows.ts'
import type { ClientPart } from './people.ts'
import type { HiredCoach } from './set-up-business.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The tie of one client, by place, to one coach. */
export interface Tie {
  coach: HiredCoach
  client: number
  status: 'invited' | 'requested' | 'accepted' | 'blocked'
}

interface Writing {
  trx: TenantTransaction
  tenantId: string
  now: number
}

export interface KnownClient extends DemoClient, ClientPart {
  passwordHash: string | null
  /** Whether a mail link proved the address. */
  isProven: boolean
}

/**
 * Writes the clients, known since just before they first asked for a time, and their ties to coaches. Returns the rows of
 * the ties' events.
 */
export async function writeClients(
  writing: Writing,
  clients: readonly KnownClient[],
  ties: readonly Tie[],
  asked: readonly Pick<Asked, 'client' | 'createdAt'>[],
): Promise<EventRow[]> {
  const { trx, tenantId, now } = writing
  const since = clients.map(() => now - 9 * DAY)
  for (const { client, createdAt } of asked) since[client] = Math.min(since[client]!, createdAt - 2 * DAY)

  const people = clients.map((client, at) => ({
    tenant_id: tenantId,
    id: client.id,
    email: client.email,
    name: client.name,
    time_zone: client.timeZone,
    email_proven_at: client.isProven ? iso(since[at]! + HOUR) : null,
    password_hash: client.passwordHash,
    created_at: iso(since[at]!),
  }))
  const rows = people.map(({ id, created_at }) => ({ tenant_id: tenantId, person_id: id, created_at }))
  await insertRows(trx, 'people', people)
  await insertRows(
    trx,
    'clients',
    rows.map((row, at) => ({ ...row, tags: clients[at]!.tags, notes: '' })),
  )

  const connected = ties.map(tie => connect(tenantId, tie, clients[tie.client]!.id, since[tie.client]!))
  await insertRows(
    trx,
    'connections',
    connected.map(({ row }) => row),
  )
  return connected.flatMap(({ events }) => events)
}

/** A request or an invitation a day before the first booking, and its answer some hours later. */
function connect(tenantId: string, { coach, status }: Tie, clientId: string, since: number) {
  const begun = since + DAY
  const answered = begun + 5 * HOUR
  const event = (name: string, at: number, actor: 'client' | 'member', old: string | null) => ({
    tenant_id: tenantId,
    id: uuidv7(),
    at: iso(at),
    name: `connection.${name}`,
    subject: 'connection',
    subject_id: clientId,
    coach_id: coach.id,
    actor,
    actor_id: actor === 'client' ? clientId : coach.personId,
    request_id: 'demo',
    data: { clientId, old, new: name },
  })
  const first =
    status === 'invited' ? event('invited', begun, 'member', null) : event('requested', begun, 'client', null)
  const isAnswered = status === 'accepted' || status === 'blocked'
  return {
    row: {
      tenant_id: tenantId,
      coach_id: coach.id,
      client_id: clientId,
      status,
      created_at: iso(begun),
      changed_at: iso(isAnswered ? answered : begun),
    },
    events: isAnswered ? [first, event(status, answered, 'member', 'requested')] : [first],
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
