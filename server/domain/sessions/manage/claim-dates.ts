import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { uuidv7 } from 'uuidv7'
import { declineCompetitors } from '../../booking/competing.ts'
import type { Command, Query } from '../../command.ts'
import { Refusal } from '../../refusal.ts'
import type { SessionDate } from './settle-dates.ts'

/** What of its coaches' time a session takes. */
export interface Claiming {
  /** The session it is for: its own claims are in nobody's way. */
  sessionId: string | null
  coachIds: readonly string[]
  dates: readonly SessionDate[]
  /** Minutes that the offer keeps free around its sessions; a coach's own may be more. */
  offerBuffer: number
}

/** A date on which a coach's time is taken, or too near to something else. */
export interface Conflict {
  coachId: string
  coachName: string
  startsAt: Date
  /** What is in the way. */
  with: SessionDate
}

/**
 * What stands in the way of dates, by date and coach: sessions and live holds, with the larger gap that either needs
 * (010). Certain only under the lock of the coaches' calendars.
 */
export async function findConflicts({ trx, tenantId, now }: Query, claiming: Claiming): Promise<Conflict[]> {
  const { sessionId, coachIds, dates, offerBuffer } = claiming
  const gap = sql`greatest(make_interval(mins => greatest(co.buffer_minutes, ${offerBuffer})), x.blocked_until - x.ends_at)`
  const { rows } = await sql<Conflict & { withStart: Date; withEnd: Date }>`
    SELECT DISTINCT ON (d.starts_at, co.id) co.id AS "coachId", p.name AS "coachName", d.starts_at AS "startsAt",
      x.starts_at AS "withStart", x.ends_at AS "withEnd"
    FROM unnest(${startsOf(dates)}::timestamptz[], ${endsOf(dates)}::timestamptz[]) AS d(starts_at, ends_at)
    JOIN coaches co ON co.tenant_id = ${tenantId} AND co.id = ANY(${[...coachIds]}::uuid[])
    JOIN people p ON p.tenant_id = co.tenant_id AND p.id = co.person_id
    JOIN claims x ON x.tenant_id = co.tenant_id AND x.coach_id = co.id AND x.released_at IS NULL AND x.exclusive
      AND x.session_id IS DISTINCT FROM ${sessionId}::uuid AND (x.expires_at IS NULL OR x.expires_at > ${now})
      AND x.starts_at > d.starts_at - interval '48 hours'
      AND x.starts_at < d.ends_at + ${gap} AND x.ends_at + ${gap} > d.starts_at
    ORDER BY d.starts_at, co.id, x.starts_at`.execute(trx)
  return rows.map(({ withStart, withEnd, ...conflict }) => ({
    ...conflict,
    with: { startsAt: withStart, endsAt: withEnd },
  }))
}

/**
 * Takes the coaches' time on all dates, under the lock of their calendars, also from requests that compete for it. 409 `SLOT_TAKEN` names date and coach, and
 * lists all that stands in the way.
 */
export async function claimDates(
  command: Command,
  claiming: Claiming & { sessionId: string; timeZone: string },
): Promise<void> {
  const conflicts = await findConflicts(command, claiming)
  if (conflicts.length > 0) throw slotTaken(conflicts, claiming.timeZone)
  await releaseExpired(command, claiming)
  const rows = await claimRows(command, claiming)
  const taken = await command.trx
    .insertInto('claims')
    .values(rows)
    .onConflict(conflict => conflict.constraint('claims_no_overlap').doNothing())
    .returning('id')
    .execute()
  if (taken.length < rows.length) throw slotTaken([], claiming.timeZone)
  for (const row of rows) {
    await declineCompetitors(command, {
      ...{ coachId: row.coach_id, sessionId: claiming.sessionId },
      ...{ startsAt: row.starts_at, endsAt: row.ends_at, blockedUntil: row.blocked_until },
    })
  }
}

async function claimRows({ trx, tenantId }: Command, claiming: Claiming) {
  const { sessionId, coachIds, dates, offerBuffer } = claiming
  const coaches = await trx
    .selectFrom('coaches')
    .select(['id', 'buffer_minutes'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', coachIds)
    .execute()
  return coaches.flatMap(coach =>
    dates.map(({ startsAt, endsAt }, position) => ({
      tenant_id: tenantId,
      id: uuidv7(),
      coach_id: coach.id,
      starts_at: startsAt,
      ends_at: endsAt,
      blocked_until: keptFreeUntil(
        new Date(endsAt.getTime() + Math.max(coach.buffer_minutes, offerBuffer) * 60_000),
        dates[position + 1],
      ),
      session_id: sessionId,
    })),
  )
}

/** A session needs no time free between its own dates: one may follow at once upon another. */
function keptFreeUntil(blockedUntil: Date, next: SessionDate | undefined): Date {
  return next && next.startsAt < blockedUntil ? next.startsAt : blockedUntil
}

/**
 * Gives back what a session takes of its coaches' time: all of it, or where it goes on with `later`, only that of dates
 * that aren't over, since nobody's time changes hands afterwards.
 */
export async function releaseClaims(
  { trx, tenantId, now }: Command,
  sessionId: string,
  { later = false } = {},
): Promise<void> {
  await trx
    .updateTable('claims')
    .set({ released_at: now })
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .where('released_at', 'is', null)
    .$if(later, claims => claims.where('ends_at', '>', now))
    .execute()
}

/** Holds that ran out make room. */
async function releaseExpired({ trx, tenantId, now }: Command, { coachIds, dates }: Claiming): Promise<void> {
  await sql`
    WITH expired AS (
      UPDATE claims SET released_at = expires_at
      WHERE tenant_id = ${tenantId} AND coach_id = ANY(${[...coachIds]}::uuid[]) AND released_at IS NULL
        AND expires_at <= ${now} AND starts_at > ${dates[0]!.startsAt}::timestamptz - interval '24 hours'
        AND starts_at < ${dates.at(-1)!.endsAt}::timestamptz + interval '24 hours'
      RETURNING hold_id)
    UPDATE holds SET released_at = expires_at
    WHERE tenant_id = ${tenantId} AND id IN (SELECT hold_id FROM expired) AND released_at IS NULL`.execute(
    trx,
  )
}

function slotTaken(conflicts: readonly Conflict[], timeZone: string): Refusal {
  const [first] = conflicts
  const when = first && DateTime.fromJSDate(first.startsAt, { zone: timeZone }).setLocale('en-GB')
  const sentence = first
    ? `${first.coachName} is taken on ${when!.toFormat('ccc d MMMM yyyy, HH:mm')}. Choose another time or coach.`
    : 'One of these times was taken a moment ago. Choose another one.'
  return new Refusal('conflict', 'SLOT_TAKEN', sentence, {
    field: 'dates',
    data: {
      conflicts: conflicts.map(({ startsAt, with: other, ...coach }) => ({
        ...coach,
        startsAt: startsAt.toISOString(),
        with: { startsAt: other.startsAt.toISOString(), endsAt: other.endsAt.toISOString() },
      })),
    },
  })
}

function startsOf(dates: readonly SessionDate[]): Date[] {
  return dates.map(({ startsAt }) => startsAt)
}

function endsOf(dates: readonly SessionDate[]): Date[] {
  return dates.map(({ endsAt }) => endsAt)
}
