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
  /** When it was declined or cancelled. */
  endedAt: Date | null
  /** Whether its session is over. */
  isOver: boolean
}

/** Reads a booking's workflow. The caller has checked that the reader may see the booking. */
export async function bookingWorkflow(
  { trx, tenantId, now }: Query,
  bookingId: string,
  messages: readonly MessageLine[],
): Promise<Workflow> {
  const row = await trx
    .selectFrom('bookings as b')
    .innerJoin('session_dates as d', join =>
      join.onRef('d.tenant_id', '=', 'b.tenant_id').onRef('d.session_id', '=', 'b.session_id'),
    )
    .select(['b.created_at', 'b.confirmed_at', 'b.ended_at', 'd.ends_at'])
    .where('b.tenant_id', '=', tenantId)
    .where('b.id', '=', bookingId)
    .where('d.position', '=', 0)
    .executeTakeFirstOrThrow()
  return workflowOf(
    {
      createdAt: row.created_at,
      confirmedAt: row.confirmed_at,
      endedAt: row.ended_at,
      isOver: row.ends_at <= now,
    },
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
  { confirmedAt, endedAt, isOver }: Booked,
  messages: readonly MessageLine[],
): { sent: StepState; planned: StepState } {
  const mail = messages.find(
    ({ type, to, channel }) => type === 'booking_confirmed' && to === 'client' && channel === 'email',
  )
  if (!mail) {
    const needed: StepState = endedAt || isOver ? ['skipped', null] : ['pending', null]
    return { sent: needed, planned: needed }
  }
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
