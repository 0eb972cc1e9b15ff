import type { Meeting, Room, SessionTerms } from '@rapport/sdk'
import { sql } from 'kysely'
import type { Secrets } from '#server/secrets.ts'
import type { Query } from '../command.ts'

interface Row {
  kind: string
  isCancelled: boolean
  isCertain: boolean
  hasSeatsTaken: boolean
  sequence: number
  timeZone: string
  title: string
  settings: Record<string, unknown>
  terms: SessionTerms | null
  startsAt: Date
  endsAt: Date
  pluginId: string | null
  roomState: 'making' | 'ready' | 'failed' | 'removed' | null
  ref: string | null
  joinUrl: string | null
  hostUrl: string | null
  roomSequence: number | null
  workedUntil: Date | null
}

/** A session as far as its video room depends on it. */
export interface SessionMeeting {
  kind: string
  settings: Record<string, unknown>
  terms: SessionTerms | null
  isCancelled: boolean
  /** Whether it takes place, as far as anybody knows. */
  isCertain: boolean
  /** Whether somebody has a seat for certain: a request is none. */
  hasSeatsTaken: boolean
  /** Goes up whenever its dates change. */
  sequence: number
  meeting: Meeting
  /** What there is of a room; null where none was asked for yet, or it was removed. */
  kept: {
    pluginId: string
    state: 'making' | 'ready' | 'failed'
    /** Null where none is known to have been made. */
    room: Room | null
    sequence: number
    workedUntil: Date | null
  } | null
}

/** Reads what a session's room depends on, in one statement; null for a session that isn't there. */
export async function loadMeeting(
  { trx, tenantId }: Pick<Query, 'trx' | 'tenantId'>,
  sessionId: string,
  secrets: Secrets,
): Promise<SessionMeeting | null> {
  const { rows } = await sql<Row>`
    SELECT s.kind, s.state = 'CANCELLED' AS "isCancelled", s.decide_by IS NULL OR s.state = 'GO' AS "isCertain",
      EXISTS (SELECT FROM bookings b WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id
        AND b.status IN ('FIRM_BOOKED', 'CONFIRMED')) AS "hasSeatsTaken",
      s.sequence, s.time_zone AS "timeZone", o.title, o.kind_settings AS settings, s.terms,
      d.starts_at AS "startsAt", d.ends_at AS "endsAt", r.plugin_id AS "pluginId", r.state AS "roomState", r.ref,
      r.join_url AS "joinUrl", r.host_url AS "hostUrl", r.sequence AS "roomSequence", r.worked_until AS "workedUntil"
    FROM sessions s
    JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    JOIN LATERAL (SELECT min(starts_at) AS starts_at, max(ends_at) AS ends_at FROM session_dates
      WHERE tenant_id = s.tenant_id AND session_id = s.id) d ON true
    LEFT JOIN rooms r ON r.tenant_id = s.tenant_id AND r.session_id = s.id
    WHERE s.tenant_id = ${tenantId} AND s.id = ${sessionId}`.execute(trx)
  const [row] = rows
  if (!row) return null
  const { kind, settings, terms, isCancelled, isCertain, hasSeatsTaken, sequence } = row
  const meeting = {
    ref: roomRef(secrets, tenantId, sessionId),
    title: row.title,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    timeZone: row.timeZone,
  }
  const facts = { kind, settings, terms, isCancelled, isCertain, hasSeatsTaken, sequence, meeting }
  return { ...facts, kept: keptIn(row) }
}

function keptIn({
  pluginId,
  roomState,
  ref,
  joinUrl,
  hostUrl,
  roomSequence,
  workedUntil,
}: Row): SessionMeeting['kept'] {
  if (pluginId === null || roomState === null || roomState === 'removed') return null
  return {
    pluginId,
    state: roomState,
    room: ref === null || joinUrl === null ? null : { ref, joinUrl, ...(hostUrl !== null && { hostUrl }) },
    sequence: roomSequence!,
    workedUntil,
  }
}

/** What a provider knows a session by: the same at all times, and nobody can tell it from the session's id. */
function roomRef(secrets: Secrets, tenantId: string, sessionId: string): string {
  return secrets.sign('room', Buffer.from(`${tenantId} ${sessionId}`)).toString('hex')
}
