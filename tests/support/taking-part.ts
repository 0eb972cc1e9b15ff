import type { SeatMode } from '@rapport/sdk'
import { uuidv7 } from 'uuidv7'
import { inTenant } from '#server/db/in-tenant.ts'
import type { BookingStatus } from '#server/db/tables.ts'
import { checkInToken, manageToken } from '#server/domain/booking/manage-token.ts'
import type { Business } from './builders.ts'
import type { TestHouse } from './house.ts'

interface Who {
  name?: string
  seats?: number
  guests?: string[]
  status?: BookingStatus
  mode?: SeatMode
  /** Another booking of somebody who is known. */
  personId?: string
}

export interface TakesPart {
  bookingId: string
  personId: string
  /** Names the booking as its client does who isn't signed in. */
  handle: { token: string }
  /** Of the QR code of a seat. */
  seatToken(seat?: number): string
}

/** Books seats of a session for a client of this name, confirmed unless told otherwise. */
export async function takePart(
  house: TestHouse,
  { tenantId }: Pick<Business, 'tenantId'>,
  { sessionId, offerId }: { sessionId: string; offerId: string },
  { name = 'Clara Client', seats = 1, guests = [], status = 'CONFIRMED', mode = 'any', personId }: Who = {},
): Promise<TakesPart> {
  const { secrets, clock, db } = house.house
  const id = uuidv7()
  const clientId = personId ?? uuidv7()
  const now = clock()
  await inTenant(db, tenantId, async trx => {
    const of = { tenant_id: tenantId, created_at: now }
    if (!personId) {
      const person = { ...of, id: clientId, email: `${clientId}@client.example`, name }
      await trx.insertInto('people').values(person).execute()
      await trx
        .insertInto('clients')
        .values({ ...of, person_id: clientId })
        .execute()
    }
    await trx
      .insertInto('bookings')
      .values({
        ...{
          ...of,
          id,
          session_id: sessionId,
          offer_id: offerId,
          client_id: clientId,
          seats,
          guests,
          status,
          mode,
        },
        ...{ booking_type: 'FIRM_BOOKED', connection_status: 'not_connected', client_name: name },
        ...{ client_zone: 'Europe/Berlin', decision: '{"outcome":"firm","sentence":"","trace":[]}' },
        ...{ price_minor: 0, currency: 'EUR', changed_at: now, confirmed_at: now },
        ...(status === 'REQUESTED' && { awaiting: 'coach' as const }),
        ...(status === 'CANCELLED' && { cancelled_by: 'client' as const, ended_at: now }),
      })
      .execute()
    if (status === 'CANCELLED') return
    await trx
      .updateTable('session_seats')
      .set(row => ({ taken: row('taken', '+', seats) }))
      .where('session_id', '=', sessionId)
      .execute()
  })
  return {
    bookingId: id,
    personId: clientId,
    handle: { token: manageToken(secrets, tenantId, { id, manageVersion: 1 }) },
    seatToken: (seat = 1) => checkInToken(secrets, tenantId, { bookingId: id, seat }),
  }
}
