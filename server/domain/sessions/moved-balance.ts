import { type RawBuilder, sql } from 'kysely'

/**
 * Of a booking whose session starts at another time, when its balance is due: as long before the start as it was sold,
 * on the wall clock. Null where nothing was left open.
 */
export function movedBalance(from: Date, to: Date, timeZone: string): RawBuilder<Date | null> {
  const wall = (instant: RawBuilder<unknown>) => sql`(${instant}) AT TIME ZONE ${timeZone}`
  const shift = sql`${wall(sql`${to}::timestamptz`)} - ${wall(sql`${from}::timestamptz`)}`
  return sql<Date | null>`${wall(sql`${wall(sql`balance_due_at`)} + (${shift})`)}`
}
