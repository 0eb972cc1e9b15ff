import { type Price, partOf, type SessionKind } from '@rapport/sdk'
import { Refusal } from '../refusal.ts'
import type { Values } from '../rules/settle.ts'
import { deadlines } from './deadlines.ts'
import type { SessionFacts } from './load-sessions.ts'

/** What seats of a session cost one client at one instant, and when it is due. Minor units. */
export interface SessionPrice extends Price {
  currency: string
  /** What a deposit leaves open; 0 where all is due at once. */
  balanceMinor: number
  /** When that is due; null where nothing is left open. */
  balanceDueAt: Date | null
}

interface Buyer {
  seats: number
  /** Counts only for a client who is signed in (C28). */
  connected: boolean
  /** What the rules decided for this client. */
  values: Pick<Values, 'discountPercent' | 'depositPercent'>
  now: Date
}

/**
 * Asks the session's kind for the price of seats (279–281). Whoever holds these seats pays no more than what was shown
 * when they were set aside (275). A balance that would be due already is paid at once.
 */
export function priceOf(
  kind: SessionKind,
  session: SessionFacts,
  buyer: Buyer & { mode: string | null },
): SessionPrice {
  const { terms, offer, seats: quotas, hold } = session
  const { startsAt } = session.dates[0]!
  const { phases, ...due } = deadlines(terms, startsAt, session.timeZone)
  // The terms say when a balance is due; one that only a rule asks for is due by the start.
  const balanceDueAt = due.balanceDueAt ?? startsAt
  const asked = rulesOf(kind).price({
    priceMinor: offer.priceMinor,
    terms,
    phases,
    seats: buyer.seats,
    sold: quotas.reduce((sold, { booked, held }) => sold + booked + held, 0),
    connected: buyer.connected,
    discountPercent: buyer.values.discountPercent ?? 0,
    depositPercent: buyer.values.depositPercent,
    now: buyer.now,
  })
  const isHeld = hold?.seats === buyer.seats && (buyer.mode === null || hold.mode === buyer.mode)
  const price = isHeld ? cheaper(asked, hold.priceLines, buyer.values) : asked
  const isSplit =
    price.depositMinor !== null && price.depositMinor < price.amountMinor && balanceDueAt > buyer.now
  return {
    ...price,
    currency: offer.currency,
    depositMinor: isSplit ? price.depositMinor : null,
    balanceMinor: isSplit ? price.amountMinor - price.depositMinor! : 0,
    balanceDueAt: isSplit ? balanceDueAt : null,
  }
}

/** The held price, unless the present one is lower. A deposit that rules ask for is a part of what is paid. */
function cheaper(asked: Price, held: Price['lines'], { depositPercent }: Buyer['values']): Price {
  const amountMinor = held.reduce((sum, line) => sum + line.amountMinor, 0)
  if (held.length === 0 || amountMinor > asked.amountMinor) return asked
  const depositMinor = depositPercent === null ? asked.depositMinor : partOf(amountMinor, depositPercent)
  return { ...asked, lines: held, amountMinor, depositMinor }
}

/** How a kind with sessions of its own behaves. Refuses with 409 an offer whose clients pick a slot. */
export function rulesOf(kind: SessionKind): NonNullable<SessionKind['sessions']> {
  if (kind.sessions) return kind.sessions
  throw new Refusal('conflict', 'NO_SESSIONS', 'This offer has no dates of its own: choose a time instead.')
}
