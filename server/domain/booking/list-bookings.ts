import { sql } from 'kysely'
import type { BookingStatus, BookingType } from '#server/db/tables.ts'
import type { Query } from '../command.ts'
import { permits } from '../people/roles.ts'
import { Refusal } from '../refusal.ts'
import { type BookingView, bookingRows, viewBooking } from './view.ts'

export interface ListBookings {
  status?: BookingStatus[] | undefined
  bookingType?: BookingType | undefined
  from?: Date | undefined
  to?: Date | undefined
  coachId?: string | undefined
  /** Part of the client's name or address. */
  text?: string | undefined
  cursor?: string | undefined
  /** The latest start first, unless told otherwise. */
  order?: 'latest' | 'soonest' | undefined
  limit: number
}

/** Bookings by start: staff see those their role covers, a signed-in client the own ones. */
export async function listBookings(
  query: Query,
  input: ListBookings,
): Promise<{ bookings: BookingView[]; nextCursor: string | null }> {
  const { status, bookingType, from, to, coachId, text, cursor, order = 'latest', limit } = input
  const conditions = [visibleTo(query)]
  if (status?.length) conditions.push(sql`b.status IN (${sql.join(status)})`)
  if (bookingType) conditions.push(sql`b.booking_type = ${bookingType}`)
  if (from) conditions.push(sql`d.starts_at >= ${from}`)
  if (to) conditions.push(sql`d.starts_at < ${to}`)
  if (coachId) conditions.push(givenBy(coachId))
  if (text)
    conditions.push(
      sql`(position(lower(${text}) IN lower(b.client_name)) > 0 OR position(lower(${text}) IN p.email) > 0)`,
    )
  if (cursor) conditions.push(afterCursor(cursor, order))
  const { rows } = await bookingRows(
    query.tenantId,
    sql.join(conditions, sql` AND `),
    order === 'latest'
      ? sql`ORDER BY d.starts_at DESC, b.id DESC LIMIT ${limit + 1}`
      : sql`ORDER BY d.starts_at, b.id LIMIT ${limit + 1}`,
  ).execute(query.trx)
  const last = rows.length > limit ? rows[limit - 1]! : null
  return {
    bookings: rows.slice(0, limit).map(row => viewBooking(row, query)),
    nextCursor: last && `${last.startsAt.getTime()}.${last.id}`,
  }
}

/** What waits for an answer from the coaches this member answers for: requests and moves, the most urgent first (060). */
export async function listRequests(
  query: Query,
  { coachId }: { coachId?: string | undefined },
): Promise<{ bookings: BookingView[]; count: number }> {
  const conditions = [
    visibleTo(query),
    sql`(b.status = 'REQUESTED' OR (b.status IN ('FIRM_BOOKED', 'CONFIRMED') AND m.status = 'pending'))`,
  ]
  if (coachId) conditions.push(givenBy(coachId))
  const { rows } = await bookingRows(
    query.tenantId,
    sql.join(conditions, sql` AND `),
    sql`ORDER BY coalesce(m.answer_by, b.answer_by), b.id LIMIT 500`,
  ).execute(query.trx)
  return { bookings: rows.map(row => viewBooking(row, query)), count: rows.length }
}

function visibleTo({ actor }: Query) {
  if (actor.as === 'member') {
    if (permits(actor.role, 'bookings.see')) return sql`true`
    return sql`(${givenBy(actor.coachId)} OR b.client_id = ${actor.personId})`
  }
  if (actor.as === 'client' && actor.signedIn) return sql`b.client_id = ${actor.personId}`
  throw new Refusal('unauthorized', 'SIGN_IN', 'Please sign in first.')
}

/** A coach's are also those of sessions that the coach gives beside another. */
function givenBy(coachId: string | null) {
  return sql`EXISTS (SELECT FROM session_coaches g
    WHERE g.tenant_id = b.tenant_id AND g.session_id = b.session_id AND g.coach_id = ${coachId})`
}

function afterCursor(cursor: string, order: 'latest' | 'soonest') {
  const [, startsAt, id] = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? []
  if (!startsAt)
    throw new Refusal('input', 'BAD_INPUT', 'This is no cursor of this list.', { field: 'cursor' })
  const last = sql`(${new Date(Number(startsAt))}::timestamptz, ${id}::uuid)`
  return order === 'latest' ? sql`(d.starts_at, b.id) < ${last}` : sql`(d.starts_at, b.id) > ${last}`
}
