import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { dispatch, eventRow } from '#server/events/record.ts'
import type { Asker } from '../availability/attempt.ts'
import type { BookableCoach, BookableOffer } from '../availability/load.ts'
import { slotPrice } from '../availability/slot-price.ts'
import { cancellationTermsFor } from '../cancellation/terms.ts'
import { type Actor, actorKey, type Command } from '../command.ts'
import { answerRow, type EarlierRow, earlierRow, judgeEarlier, refusingReuse } from '../idempotency.ts'
import { permitsFor } from '../people/roles.ts'
import { Refusal } from '../refusal.ts'
import {
  type AttemptInput,
  type Judged,
  judgeAny,
  loadForAttempt,
  makeRoom,
  releaseExpired,
  requireBookedBySlot,
  requireCoaches,
} from './attempts.ts'
import { isProven } from './authority.ts'
import { judgeChoices, writeChoices } from './client-alternatives.ts'
import { declineCompetitors } from './competing.ts'
import { type OwnHold, ownHold, readHold, releaseHold } from './holds.ts'
import { requireAhead } from './recheck.ts'
import { requireShownPrice } from './shown-price.ts'
import { answerBy, scheduleApproval } from './time-to-answer.ts'
import { type NewBooking, writeBooking } from './write-booking.ts'

export interface Book extends AttemptInput {
  client: { name: string; email: string; timeZone: string }
  notes: string
  hold: { holdId: string | null; visitorHash: string | null }
  /** Second and third choice, kept with what becomes a request. */
  alternatives?: readonly Date[] | undefined
  /** Coaches whose personal link the client holds (015). */
  invitedBy: readonly string[]
  /** Whose wall clock the client lives by, where that is known. */
  timeZone?: string | undefined
  /** The most it may cost, minor units: what the client was shown. */
  shownPriceMinor?: number | undefined
  idempotency: { procedure: string; key: string; body: unknown }
}

/** What a first call answers and a repeat answers again. */
export interface Booked {
  id: string
  status: 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED'
  bookingType: 'FIRM_BOOKED' | 'REQUESTED'
  manageVersion: number
}

/**
 * Books a slot for a client: firm when every rule passes, otherwise as a request that takes the time all the same
 * until the coach answers (018–030, 243–259, C9). One transaction under the lock of the coaches (see `lockOfOffer`).
 * A member's `actor` books for the client: confirmed, whatever the approval rules say.
 *
 * Refuses with 409 and the rule's code (`SLOT_TAKEN`, `LIMIT_DAY`, …), 403 at a calendar that isn't open to this
 * client, 409 `PRICE_CHANGED` for more than was shown, 404 for an unknown offer. A repeated idempotency key gets the first answer.
 */
export async function book(command: Command, input: Book): Promise<Booked> {
  const { actor } = command
  const repeatable = { ...input.idempotency, caller: callerOf(actor, input) }
  const proven = isProven(actor)
  const client = proven ? { personId: actor.personId } : { email: input.client.email }
  const offer = await loadForAttempt(command, input, client, {
    beside: sql`json_build_object('earlier', ${earlierRow(command.tenantId, repeatable)}, 'hold', ${ownHold(command, input.offer, input.hold)})`,
  })
  const { earlier, hold: holdJson } = offer.beside as { earlier: EarlierRow | null; hold: unknown }
  const answered = judgeEarlier<Booked>(earlier, repeatable)
  if (answered) return answered

  const hold = readHold(holdJson)
  const askerOf = (coach: BookableCoach): Asker => ({
    by: actor.as === 'member' ? 'staff' : 'client',
    proven,
    invited: input.invitedBy.includes(coach.id),
    ownHoldId: hold?.coachId === coach.id ? hold.id : null,
    timeZone: input.timeZone,
  })
  requireBookedBySlot(command.kind(offer.kind))
  requireCoaches(offer, input.coachId)
  requireAhead(command, input.startsAt)
  const judged = await judgeAny(command, answerable(actor, offer), askerOf, input.startsAt)
  requireShownPrice(slotPrice(offer, judged.decision.values).amountMinor, input.shownPriceMinor)
  const booking = newBooking(command, input, judged, hold)
  const { coach } = judged.attempt
  const choices =
    booking.status === 'REQUESTED'
      ? await judgeChoices(command, {
          first: { offer: input.offer, coachId: coach.id, startsAt: input.startsAt },
          startsAt: input.alternatives ?? [],
          client,
          asker: askerOf(coach),
        })
      : []
  const event = eventRow(command, eventName(booking), {
    subject: 'booking',
    subjectId: booking.id,
    coachId: booking.coachId,
    data: {
      status: booking.status,
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
      offerId: offer.id,
      sessionId: booking.sessionId,
      seats: 1,
    },
  })
  const answer: Booked = {
    id: booking.id,
    status: booking.status,
    bookingType: booking.bookingType,
    manageVersion: 1,
  }

  if (hold && !booking.holdId) await releaseHold(command, hold)
  await releaseExpired(command, booking.coachId, booking.startsAt, booking.blockedUntil)
  await makeRoom(command, judged, booking)
  if (coach.calendar.competing.length > 0 && booking.status !== 'REQUESTED')
    await declineCompetitors(command, booking)
  const isWritten = await refusingReuse(() =>
    writeBooking(command, booking, {
      event,
      answer: answerRow(command, repeatable, answer),
    }),
  )
  if (!isWritten)
    throw new Refusal('conflict', 'SLOT_TAKEN', 'This time was taken a moment ago. Choose another one.')
  await writeChoices(command, booking.id, choices)
  await dispatch(command, event.id)
  if (booking.answerBy) await scheduleApproval(command, booking.id, booking.answerBy)

  command.hint(`calendar:${booking.coachId}`)
  if (booking.status === 'REQUESTED') command.hint('requests')
  return answer
}

/** Whose idempotency keys these are: a member's, or those of the client's address. */
export function callerOf(actor: Actor, { client }: { client: { email: string } }): string {
  return actor.as === 'member' ? actorKey(actor) : `email:${client.email}`
}

/** Staff book only for coaches they may answer for; clients for any. */
function answerable(actor: Actor, offer: BookableOffer): BookableOffer {
  if (actor.as !== 'member') return offer
  const coaches = offer.coaches.filter(coach => permitsFor(actor, 'bookings.answer', coach.id))
  if (coaches.length === 0)
    throw new Refusal(
      'forbidden',
      'ROLE',
      'Your role here doesn’t include booking for this coach. Ask an owner.',
    )
  return { ...offer, coaches }
}

function newBooking(
  command: Command,
  input: Book,
  { attempt, ways, decision }: Judged,
  hold: OwnHold | null,
): NewBooking {
  const { offer, coach } = attempt
  const { values } = decision
  const { durationMinutes, capacity } = command.kind(offer.kind).occupies({
    durationMinutes: offer.durationMinutes,
    settings: offer.kindSettings,
  })
  const endsAt = new Date(input.startsAt.getTime() + durationMinutes * 60_000)
  const blockedUntil = new Date(attempt.blockedUntil(input.startsAt.getTime(), values.bufferMinutes!))
  const price = slotPrice(offer, values)
  const isRequest = decision.outcome === 'request'
  return {
    id: uuidv7(),
    sessionId: uuidv7(),
    offerId: offer.id,
    kind: offer.kind,
    coachId: coach.id,
    timeZone: coach.timeZone,
    capacity,
    startsAt: input.startsAt,
    endsAt,
    blockedUntil,
    client: input.client,
    notes: input.notes,
    status: isRequest ? 'REQUESTED' : command.actor.as === 'member' ? 'CONFIRMED' : 'FIRM_BOOKED',
    bookingType: isRequest ? 'REQUESTED' : 'FIRM_BOOKED',
    answerBy: isRequest
      ? answerBy(command.now, { approvalHours: values.approvalHours! }, input.startsAt)
      : null,
    confirmedBy: isRequest ? null : confirmedBy(command.actor),
    decision,
    connectionStatus:
      coach.connection === 'accepted' && isProven(command.actor) ? 'connected' : 'not_connected',
    price,
    currency: offer.currency,
    sold: cancellationTermsFor(offer.policy, command.kind(offer.kind), {
      offerId: offer.id,
      settings: offer.kindSettings,
      terms: null,
    }),
    tried: {
      ...{ offerId: offer.id, coachId: coach.id, startsAt: input.startsAt, ways, decision },
      ...{ priceMinor: price.amountMinor, currency: offer.currency },
    },
    isExclusive: !isRequest || !coach.competingRequests,
    holdId:
      hold && covers(hold, { coachId: coach.id, startsAt: input.startsAt, blockedUntil, endsAt })
        ? hold.id
        : null,
  }
}

/** Whether a hold takes exactly what the booking needs: the offer may have changed since it was placed. */
function covers(
  hold: OwnHold,
  needed: Pick<OwnHold, 'coachId' | 'startsAt' | 'endsAt' | 'blockedUntil'>,
): boolean {
  return (
    hold.coachId === needed.coachId &&
    hold.startsAt.getTime() === needed.startsAt.getTime() &&
    hold.endsAt.getTime() === needed.endsAt.getTime() &&
    hold.blockedUntil.getTime() === needed.blockedUntil.getTime()
  )
}

export function confirmedBy(actor: Actor): 'coach' | 'system' {
  return actor.as === 'member' ? 'coach' : 'system'
}

/** What a new booking is announced as. */
export function eventName({ status }: Pick<NewBooking, 'status'>): string {
  if (status === 'REQUESTED') return 'booking.requested'
  return status === 'FIRM_BOOKED' ? 'booking.firm_booked' : 'booking.confirmed'
}
