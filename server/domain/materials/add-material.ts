import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { uuidv7 } from 'uuidv7'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { requireShares } from '../files/require-uploader.ts'
import { takeFile } from '../files/take-file.ts'
import { once } from '../idempotency.ts'
import type { HeldSession } from '../participation/held-session.ts'
import { findStanding, type Place, type Standing } from '../participation/standing.ts'
import { Refusal } from '../refusal.ts'
import { announce } from './announce.ts'
import { comingOfSchedule } from './materials-of.ts'
import type { Phase } from './release.ts'

/** How many a session may have: more than anybody reads, few enough for one page. */
const MOST = 200

export interface AddMaterial {
  place: Place
  phase: Phase
  title: string
  /** A link by https, or the id of an uploaded file: exactly one. */
  source: { url: string } | { fileId: string }
  /** Null to come out as its phase says; of what is shared always. */
  releaseAt: Date | null
  /** Of a recording behind a link. Of a file, its type says. */
  format: 'video' | 'audio' | 'link' | null
  /** Adds the same to the schedule's other sessions to come, each with as much distance to its start. */
  allOfSchedule: boolean
  /** A repeat with the same key adds nothing and gets the first answer. */
  idempotencyKey?: string | undefined
}

/**
 * Adds a material to a session: staff in any phase, participants to what is shared where the session says so (293).
 * Returns the ids, the asked session's first. Refuses with 409 `NOT_SHARED`, `SESSION_CANCELLED`, `MATERIALS_FULL`;
 * 400 `FILE_MISSING` for a file that isn't there, isn't the participant's own, or was uploaded for something else.
 */
export async function addMaterial(command: Command, material: AddMaterial): Promise<{ ids: string[] }> {
  const standing = await findStanding(command, material.place, 'bookings.answer')
  requireMayAdd(standing, material)
  await lockMaterials(command, standing.session)
  const { idempotencyKey: key, ...body } = material
  const caller = `${standing.as}:${standing.personId}`
  return once(command, { procedure: 'materials.add', caller, key, body }, () =>
    write(command, standing, material),
  )
}

function requireMayAdd({ as, session }: Standing, { phase }: AddMaterial): void {
  if (session.state === 'CANCELLED') {
    throw new Refusal(
      'conflict',
      'SESSION_CANCELLED',
      'This session was cancelled, so nothing is added to it.',
    )
  }
  if (as === 'staff') return
  requireShares(session.terms)
  if (phase === 'shared') return
  throw new Refusal(
    'forbidden',
    'STAFF_ONLY',
    'Only those who lead the session add materials of this kind.',
    {
      field: 'phase',
    },
  )
}

/** What is added to a session goes one by one, so that a repeat sees what came before. */
async function lockMaterials({ trx, tenantId }: Command, { id }: HeldSession): Promise<void> {
  await sql`SELECT FROM sessions WHERE tenant_id = ${tenantId} AND id = ${id} FOR NO KEY UPDATE`.execute(trx)
}

async function write(
  command: Command,
  standing: Standing,
  material: AddMaterial,
): Promise<{ ids: string[] }> {
  const format = await formatOf(command, standing, material)
  const { session, as } = standing
  const others = material.allOfSchedule && as === 'staff' ? await comingOfSchedule(command, session.id) : []
  const ids: string[] = []
  for (const each of [session, ...others]) {
    const releaseAt = material.releaseAt && material.phase !== 'shared' ? material.releaseAt : null
    const shifted = releaseAt && shiftedTo(each, session, releaseAt)
    ids.push(await insert(command, standing, each, { ...material, format, releaseAt: shifted }))
  }
  return { ids }
}

/** Also sees to it that the file may be used; a recording's file says by its type what it is. */
async function formatOf(command: Command, { as, personId }: Standing, material: AddMaterial) {
  const { source, phase, format } = material
  const isRecording = phase === 'recording'
  if ('url' in source) return isRecording ? (format ?? 'link') : null
  const { type } = await takeFile(command, {
    fileId: source.fileId,
    purpose: isRecording ? 'recording' : 'material',
    ...(as === 'participant' && { addedBy: personId }),
    field: 'fileId',
  })
  if (!isRecording) return null
  return type.startsWith('audio/') ? 'audio' : 'video'
}

/** The date that lies as far from another session's start, by the wall clock. */
function shiftedTo(to: HeldSession, from: HeldSession, releaseAt: Date): Date {
  if (to.id === from.id) return releaseAt
  const wall = (instant: Date) =>
    DateTime.fromJSDate(instant, { zone: from.timeZone }).setZone('utc', { keepLocalTime: true })
  const distance = wall(releaseAt).diff(wall(from.dates[0]!.startsAt))
  return wall(to.dates[0]!.startsAt).plus(distance).setZone(to.timeZone, { keepLocalTime: true }).toJSDate()
}

async function insert(
  command: Command,
  { personId }: Standing,
  session: HeldSession,
  { phase, title, source, format, releaseAt }: AddMaterial,
): Promise<string> {
  const { trx, tenantId, now } = command
  await requireRoom(command, session)
  const id = uuidv7()
  await trx
    .insertInto('materials')
    .values({
      tenant_id: tenantId,
      id,
      session_id: session.id,
      phase,
      title,
      file_id: 'fileId' in source ? source.fileId : null,
      url: 'url' in source ? source.url : null,
      format,
      release_at: releaseAt,
      added_by: personId,
      created_at: now,
      removed_at: null,
    })
    .execute()
  await record(command, 'material.added', {
    subject: 'session',
    subjectId: session.id,
    coachId: session.coaches[0]!.id,
    data: { materialId: id, phase },
  })
  command.hint(`session:${session.id}`)
  await announce(command, { id, phase, releaseAt, createdAt: now, session })
  return id
}

async function requireRoom({ trx, tenantId }: Command, { id }: HeldSession): Promise<void> {
  const { count } = await trx
    .selectFrom('materials')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (count < MOST) return
  throw new Refusal(
    'conflict',
    'MATERIALS_FULL',
    `A session has at most ${MOST} files and links. Please remove one first.`,
  )
}
