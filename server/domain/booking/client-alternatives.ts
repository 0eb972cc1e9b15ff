import { uuidv7 } from 'uuidv7'
import type { Asker } from '../availability/attempt.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { type AttemptInput, judge, loadForAttempt, refusalOf } from './attempts.ts'

/** A second or third choice of a client, with the coach of the first. */
interface Choice {
  coachId: string
  startsAt: Date
  endsAt: Date
  blockedUntil: Date
}

interface Asking {
  /** Slug or id of the offer, and the coach and start of the first choice. */
  first: AttemptInput & { coachId: string }
  /** In order of preference. */
  startsAt: readonly Date[]
  client: { personId: string } | { email: string }
  asker: Asker
}

/**
 * Judges a client's second and third choice as if each were booked by itself; they aren't held. Refuses with 409 and
 * the rule's code one that can't be had, `SAME_TIME` one that is named twice; the field says which.
 */
export async function judgeChoices(
  command: Command,
  { first, startsAt, client, asker }: Asking,
): Promise<Choice[]> {
  const named = new Set([first.startsAt.getTime()])
  const choices: Choice[] = []
  for (const [at, start] of startsAt.entries()) {
    const field = `alternatives.${at}`
    if (named.has(start.getTime()))
      throw new Refusal('conflict', 'SAME_TIME', 'Name another time.', { field })
    named.add(start.getTime())
    const offer = await loadForAttempt(command, { ...first, startsAt: start }, client)
    const { attempt, decision } = await judge(command, offer, offer.coaches[0]!, asker, start)
    if (decision.outcome === 'refuse') {
      const { family, code, message, data } = refusalOf(decision)
      throw new Refusal(family, code, message, { field, data: { ...data, startsAt: start.toISOString() } })
    }
    const blockedUntil = attempt.blockedUntil(start.getTime(), decision.values.bufferMinutes!)
    choices.push({
      coachId: first.coachId,
      startsAt: start,
      endsAt: new Date(start.getTime() + offer.durationMinutes * 60_000),
      blockedUntil: new Date(blockedUntil),
    })
  }
  return choices
}

/** Keeps them with the request that was just written; the first choice is its own time. */
export async function writeChoices(
  command: Command,
  bookingId: string,
  choices: readonly Choice[],
): Promise<void> {
  if (choices.length === 0) return
  await command.trx
    .insertInto('proposals')
    .values(
      choices.map((choice, at) => ({
        tenant_id: command.tenantId,
        id: uuidv7(),
        booking_id: bookingId,
        coach_id: choice.coachId,
        starts_at: choice.startsAt,
        ends_at: choice.endsAt,
        blocked_until: choice.blockedUntil,
        proposed_by: 'client' as const,
        position: at + 2,
        status: 'open' as const,
        created_at: command.now,
      })),
    )
    .execute()
}
