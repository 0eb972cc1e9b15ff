import { sql } from 'kysely'
import type { Query } from '../command.ts'
import { findSessionForStaff } from './held-session.ts'

export interface FeedbackResults {
  count: number
  /** Of the ratings, 1 to 5; null without any. */
  average: number | null
  /** How many gave 1, 2, 3, 4 and 5. */
  distribution: [number, number, number, number, number]
  /** Those who wrote something, newest first. */
  comments: { rating: number; comment: string; at: Date; name: string }[]
}

interface Row {
  rating: number
  comment: string
  at: Date
  name: string
}

/** What participants said of a session, for staff whose role covers one of its coaches (266, 320). */
export async function readFeedback(query: Query, sessionId: string): Promise<FeedbackResults> {
  await findSessionForStaff(query, sessionId, 'bookings.see')
  const { rows } = await sql<Row>`
    SELECT f.rating, f.comment, f.created_at AS at, b.client_name AS name
    FROM bookings b JOIN feedback f ON f.tenant_id = b.tenant_id AND f.booking_id = b.id
    WHERE b.tenant_id = ${query.tenantId} AND b.session_id = ${sessionId}
    ORDER BY f.created_at DESC, b.id`.execute(query.trx)
  const distribution: FeedbackResults['distribution'] = [0, 0, 0, 0, 0]
  for (const { rating } of rows) distribution[rating - 1]! += 1
  return {
    count: rows.length,
    average: rows.length === 0 ? null : rows.reduce((sum, { rating }) => sum + rating, 0) / rows.length,
    distribution,
    comments: rows.filter(({ comment }) => comment !== ''),
  }
}
