import type { Query } from '../command.ts'
import type { MessageLine } from './describe-messages.ts'

type StepName =
  | 'availabilityCheck'
  | 'capacityValidation'
  | 'paymentProcessing'
  | 'confirmationSent'
  | 'calendarUpdated'
  | 'notificationsTriggered'

export interface Step {
  step: StepName
  state: 'pending' | 'done' | 'skipped' | 'failed'
  /** As the seed has it: done or skipped (C31). */
  done: boolean
  at: string | null
}

export interface WorkflowError {
  type: 'notification'
  severity: 'medium' | 'critical'
  code: 'NOT_DELIVERED'
  message: string
  step: StepName
  attempt: number
  at: string
}

/** How far a booking's workflow has come (198–206). */
export interface Workflow {
  steps: Step[]
  status: 'pending' | 'completed' | 'failed'
  errors: WorkflowError[]
  completedAt: string | null
}

interface Booked {
  createdAt: Date
  confirmedAt: Date | null
  endedAt: Date | null
}

/** Reads a booking's workflow. The caller has checked that the reader may see the booking. */
export async function bookingWorkflow(
  { trx, tenantId }: Query,
  bookingId: string,
  messages: readonly MessageLine[],
): Promise<Workflow> {
  const row = await trx
    .selectFrom('bookings')
    .select(['created_at', 'confirmed_at', 'ended_at'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', bookingId)
    .executeTakeFirstOrThrow()
  return workflowOf(
    { createdAt: row.created_at, confirmedAt: row.confirmed_at, endedAt: row.ended_at },
    messages,
  )
}

/**
 * The workflow of a booking, read off what it is and what was sent: there is no table of it. Time and seats were
 * checked under the lock before the booking was written, so a booking that exists has passed; payment and outside
 * calendars are skipped, since nothing asks for them.
 */
export function workflowOf(booking: Booked, messages: readonly MessageLine[]): Workflow {
  const bookedAt = booking.createdAt.toISOString()
  const { sent, planned } = confirmationOf(booking, messages)
  const steps: Step[] = [
    step('availabilityCheck', 'done', bookedAt),
    step('capacityValidation', 'done', bookedAt),
    step('paymentProcessing', 'skipped', bookedAt),
    step('confirmationSent', ...sent),
    step('calendarUpdated', 'skipped', bookedAt),
    step('notificationsTriggered', ...planned),
  ]
  const status = statusOf(steps)
  return {
    steps,
    status,
    errors: messages.flatMap(errorOf),
    completedAt:
      status === 'completed'
        ? steps
            .map(({ at }) => at ?? '')
            .sort()
            .at(-1)!
        : null,
  }
}

type StepState = [state: Step['state'], at: string | null]

function step(name: StepName, ...[state, at]: StepState): Step {
  return { step: name, state, done: state === 'done' || state === 'skipped', at }
}

/** What became of telling the client that the session stands, and of planning its reminders. */
function confirmationOf(
  { confirmedAt, endedAt }: Booked,
  messages: readonly MessageLine[],
): { sent: StepState; planned: StepState } {
  if (endedAt && !confirmedAt) {
    const skipped: StepState = ['skipped', endedAt.toISOString()]
    return { sent: skipped, planned: skipped }
  }
  const mail = messages.find(
    ({ type, to, channel }) => type === 'booking_confirmed' && to === 'client' && channel === 'email',
  )
  if (!mail) return { sent: ['pending', null], planned: ['pending', null] }
  const states = { queued: 'pending', sent: 'done', failed: 'failed', skipped: 'skipped' } as const
  return { sent: [states[mail.state], mail.sentAt], planned: ['done', confirmedAt?.toISOString() ?? null] }
}

function statusOf(steps: readonly Step[]): Workflow['status'] {
  if (steps.some(({ state }) => state === 'failed')) return 'failed'
  return steps.some(({ state }) => state === 'pending') ? 'pending' : 'completed'
}

/** Push is skipped for want of a subscription, and messages overtaken by a change aren't sent: neither is an error. */
function errorOf({ state, reason, type, attempts, sentAt, dueAt }: MessageLine): WorkflowError[] {
  if (state === 'skipped' || reason === null) return []
  const name: StepName = type === 'booking_confirmed' ? 'confirmationSent' : 'notificationsTriggered'
  return [
    {
      type: 'notification',
      severity: state === 'failed' ? 'critical' : 'medium',
      code: 'NOT_DELIVERED',
      message: reason,
      step: name,
      attempt: attempts,
      at: sentAt ?? dueAt,
    },
  ]
}
