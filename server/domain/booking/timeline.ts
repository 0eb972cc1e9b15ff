import type { Query } from '../command.ts'
import { bookingWorkflow } from '../notifications/booking-steps.ts'
import { describeMessages } from '../notifications/describe-messages.ts'
import { notFound } from '../refusal.ts'
import { maySee } from './authority.ts'
import { eventSentence } from './event-sentences.ts'
import { findBooking } from './view.ts'

/** What happened to a booking, oldest first, what was sent, and how its workflow stands, for staff who may see it; 404 for all others (055, 061). */
export async function bookingTimeline(query: Query, id: string) {
  const booking = await findBooking(query, id)
  const isStaff = query.actor.as === 'member' || query.actor.as === 'system'
  if (
    !booking ||
    !isStaff ||
    !maySee(query.actor, { clientId: '', coachId: booking.coach.id, coachIds: booking.coachIds })
  )
    throw notFound('booking')
  const events = await query.trx
    .selectFrom('events as e')
    .leftJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'e.tenant_id').onRef('p.id', '=', 'e.actor_id'),
    )
    .select(['e.id', 'e.at', 'e.name', 'e.actor', 'e.data', 'p.name as person'])
    .where('e.tenant_id', '=', query.tenantId)
    .where('e.subject_id', '=', id)
    .orderBy('e.seq')
    .execute()
  const messages = await describeMessages(query, id)
  const { steps, ...workflow } = await bookingWorkflow(query, id, messages)
  return {
    events: events.map(({ id, at, name, actor, person, data }) => ({
      id,
      at: at.toISOString(),
      name,
      actor: actor === 'system' ? 'Rapport' : (person ?? booking.clientName),
      sentence: eventSentence(name, data),
    })),
    messages,
    steps,
    workflow,
    trace: booking.decision.trace,
  }
}
