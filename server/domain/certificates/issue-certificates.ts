import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { opensBefore } from '../check-ins/window.ts'
import type { Command } from '../command.ts'
import { findSessionForStaff, type HeldSession } from '../participation/held-session.ts'
import { seatName } from '../participation/participant.ts'
import { Refusal } from '../refusal.ts'
import { makeCode } from './code.ts'
import { recordCertificates } from './record-certificates.ts'
import { dayOf } from './say.ts'

const MINUTE = 60_000

export interface Issued {
  /** Certificates made by this call. */
  issued: number
  /** Seats that were checked in on every date, but whose guest has no name to write on a certificate. */
  unnamed: { bookingId: string; seat: number }[]
}

interface EarnedSeat {
  bookingId: string
  seat: number
  clientName: string
  guests: string[]
}

/**
 * Issues a certificate for every seat that was checked in on all dates of a session (321), once: a repeat issues only
 * what has been earned since, and what was revoked stays so. Each booking's client gets one mail. Refuses with 409
 * `NO_CERTIFICATE`, `SESSION_CANCELLED`, and `SESSION_AHEAD` until the last date has ended.
 */
export async function issueCertificates(
  command: Command,
  { sessionId }: { sessionId: string },
): Promise<Issued> {
  const session = await findSessionForStaff(command, sessionId, 'bookings.answer')
  requireOver(command, session)
  await lockBookings(command, sessionId)
  const earned = await findEarned(command, session)
  const named = earned.flatMap(seat => {
    const name = seatName({ name: seat.clientName, guests: seat.guests }, seat.seat)
    return name ? [{ ...seat, name }] : []
  })
  const certificates = await write(command, session, named)
  for (const [bookingId, own] of Map.groupBy(certificates, each => each.booking_id)) {
    await recordCertificates(command, session, bookingId, {
      name: 'certificate.issued',
      data: { sessionId, certificateIds: own.map(({ id }) => id) },
    })
  }
  const unnamed = earned.filter(
    ({ bookingId, seat }) => !named.some(each => each.bookingId === bookingId && each.seat === seat),
  )
  return { issued: certificates.length, unnamed: unnamed.map(({ bookingId, seat }) => ({ bookingId, seat })) }
}

function requireOver({ now }: Command, { terms, state, dates }: HeldSession): void {
  if (!terms.certificate) {
    throw new Refusal('conflict', 'NO_CERTIFICATE', 'This session is held without certificates.')
  }
  if (state === 'CANCELLED') {
    throw new Refusal('conflict', 'SESSION_CANCELLED', 'This session was cancelled.')
  }
  if (dates.some(({ endsAt }) => endsAt > now)) {
    throw new Refusal('conflict', 'SESSION_AHEAD', 'Certificates are issued once the last date has ended.')
  }
}

/** In one order, so that no check-in is taken back between being counted and being vouched for. */
async function lockBookings({ trx, tenantId }: Command, sessionId: string): Promise<void> {
  await sql`SELECT FROM bookings WHERE tenant_id = ${tenantId} AND session_id = ${sessionId}
    ORDER BY id FOR UPDATE`.execute(trx)
}

/** Seats of confirmed bookings that were checked in on every date, as it was held. */
async function findEarned({ trx, tenantId }: Command, session: HeldSession): Promise<EarnedSeat[]> {
  const { rows } = await sql<EarnedSeat>`
    SELECT b.id AS "bookingId", c.seat, b.client_name AS "clientName", b.guests
    FROM bookings b
    JOIN people p ON p.tenant_id = b.tenant_id AND p.id = b.client_id
    JOIN session_dates d ON d.tenant_id = b.tenant_id AND d.session_id = b.session_id
    JOIN check_ins c ON c.tenant_id = b.tenant_id AND c.booking_id = b.id AND c.seat <= b.seats
      AND c.position = d.position AND c.at >= ${opensBefore('d')}
    WHERE b.tenant_id = ${tenantId} AND b.session_id = ${session.id} AND b.status IN ('FIRM_BOOKED', 'CONFIRMED')
      AND p.erased_at IS NULL
    GROUP BY b.id, c.seat, b.client_name, b.guests
    HAVING count(*) = ${session.dates.length}
    ORDER BY b.id, c.seat`.execute(trx)
  return rows
}

function write(
  { trx, tenantId, now }: Command,
  { terms, offer, dates, coaches, timeZone }: HeldSession,
  seats: readonly (EarnedSeat & { name: string })[],
): Promise<{ id: string; booking_id: string }[]> {
  if (seats.length === 0) return Promise.resolve([])
  const length = dates.reduce((sum, { startsAt, endsAt }) => sum + endsAt.getTime() - startsAt.getTime(), 0)
  const days = dates.map(({ startsAt }) => dayOf(startsAt, timeZone))
  const rows = seats.map(({ bookingId, seat, name }) => ({
    tenant_id: tenantId,
    id: uuidv7(),
    booking_id: bookingId,
    seat,
    code: makeCode(),
    name,
    title: terms.certificate!.title || offer.title,
    minutes: terms.certificate!.minutes ?? Math.max(1, Math.round(length / MINUTE)),
    held_on: [...new Set(days)],
    coaches: coaches.map(coach => coach.name),
    issued_at: now,
  }))
  return trx
    .insertInto('certificates')
    .values(rows)
    .onConflict(conflict => conflict.columns(['tenant_id', 'booking_id', 'seat']).doNothing())
    .returning(['id', 'booking_id'])
    .execute()
}
