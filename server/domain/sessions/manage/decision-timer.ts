import type { SessionTerms } from '@rapport/sdk'
import type { Selectable } from 'kysely'
import { DateTime } from 'luxon'
import type { SessionsTable } from '#server/db/tables.ts'
import type { Command } from '../../command.ts'
import { Refusal } from '../../refusal.ts'
import { deadlines } from '../deadlines.ts'

/** The coach hears so long before, where too few have booked (315). */
const WARNING = 48 * 3_600_000

interface Deciding {
  terms: SessionTerms
  timeZone: string
  dates: readonly { startsAt: Date }[]
  state: Selectable<SessionsTable>['state']
}

/**
 * When it is decided whether a session takes place; null where no minimum is asked. An extension counts from the
 * first deadline. 400 `DECISION_PAST` where that would be before now.
 */
export function decideByOf({ terms, timeZone, dates, state }: Deciding, now: Date): Date | null {
  const first = dates[0]!.startsAt
  const { decideBy } = deadlines(terms, first, timeZone)
  if (!decideBy) return null
  const days = state === 'EXTENDED' ? terms.minimum!.extendsDays : 0
  const latest = DateTime.fromJSDate(decideBy, { zone: timeZone }).plus({ days }).toJSDate()
  if (latest > now) return latest
  const sentence = 'By these terms it would have been decided already whether it takes place. Decide later.'
  throw new Refusal('input', 'DECISION_PAST', sentence, { field: 'terms.minimum.decidesDaysBefore' })
}

/** Makes the jobs of a deadline: a warning 48 hours before, and the decision. */
export async function scheduleDecision(
  command: Command,
  sessionId: string,
  decideBy: Date | null,
): Promise<void> {
  if (!decideBy) return
  const { tenantId, now } = command
  const job = { tenantId, sessionId, decideBy: decideBy.toISOString() }
  const warnAt = new Date(decideBy.getTime() - WARNING)
  if (warnAt > now) await command.send('minimum', { ...job, step: 'warn' }, { startAfter: warnAt })
  await command.send('minimum', { ...job, step: 'decide' }, { startAfter: decideBy })
}

/** Makes the jobs of a question to the coach: a reminder half way, and the end where nobody has decided. */
export async function scheduleLapse(
  command: Command,
  sessionId: string,
  { decideBy, lapsesAt }: { decideBy: Date; lapsesAt: Date },
): Promise<void> {
  const { tenantId, now } = command
  const job = { tenantId, sessionId, decideBy: decideBy.toISOString() }
  const remindAt = new Date((decideBy.getTime() + lapsesAt.getTime()) / 2)
  if (remindAt > now) await command.send('minimum', { ...job, step: 'remind' }, { startAfter: remindAt })
  await command.send('minimum', { ...job, step: 'lapse' }, { startAfter: lapsesAt })
}
