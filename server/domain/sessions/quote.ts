import type { SeatMode } from '@rapport/sdk'
import type { SlotViewer } from '../availability/list-slots.ts'
import type { Query } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import { isGate } from '../rules/restrictions.ts'
import { findSession } from './get-session.ts'
import { chooseMode, isConnected, judgeSeats } from './judge-seats.ts'
import { seatAsker } from './list-sessions.ts'
import { priceOf } from './price.ts'
import { type Looking, viewPrice } from './view.ts'

export interface Quote {
  session: string
  seats: number
  mode?: SeatMode | undefined
}

/**
 * What so many seats would cost this viewer now, with the lines that explain it (279–281, 304), whether or not they
 * can be had. 404 and 403 as for the session itself, 400 `MODE_MISSING`.
 */
export async function quote(query: Query & Looking, viewer: SlotViewer, { session: id, seats, mode }: Quote) {
  const session = await findSession(query, viewer, id)
  const asker = seatAsker(viewer)
  const wanted = { seats, mode: chooseMode(session, mode) }
  const { decision } = await judgeSeats(session, asker, wanted, query.now)
  const gate = decision.restrictions.find(({ code }) => isGate(code))
  if (gate) {
    throw gate.code === 'CONNECTED_ONLY'
      ? new Refusal('forbidden', gate.code, gate.message)
      : notFound('session')
  }
  const connected = viewer.proven && isConnected(session)
  const price = priceOf(query.kind(session.kind), session, {
    ...wanted,
    connected,
    values: decision.values,
    now: query.now,
  })
  return viewPrice(session, price)
}
