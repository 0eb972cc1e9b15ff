import { CircleCheck, CircleDashed, CircleMinus, CircleX, Hourglass, type LucideIcon } from 'lucide-react'
import { Badge } from '../../../components/Badge.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import type { Tone } from '../../../components/tones.ts'
import type { BookingTimeline } from './route.tsx'

type Step = BookingTimeline['steps'][number]
type Status = BookingTimeline['workflow']['status']

const names: Record<Step['step'], string> = {
  availabilityCheck: 'Time checked',
  capacityValidation: 'Seats checked',
  paymentProcessing: 'Payment',
  confirmationSent: 'Confirmation sent',
  calendarUpdated: 'Outside calendars',
  notificationsTriggered: 'Reminders planned',
}

const looks: Record<Step['state'], { words: string; icon: LucideIcon; className: string }> = {
  done: { words: 'Done', icon: CircleCheck, className: 'text-good' },
  pending: { words: 'To come', icon: CircleDashed, className: 'text-wait' },
  skipped: { words: 'Not needed', icon: CircleMinus, className: 'text-muted' },
  failed: { words: 'Failed', icon: CircleX, className: 'text-bad' },
}

const statuses: Record<Status, { words: string; icon: LucideIcon; tone: Tone }> = {
  pending: { words: 'Under way', icon: Hourglass, tone: 'wait' },
  completed: { words: 'Complete', icon: CircleCheck, tone: 'good' },
  failed: { words: 'Failed', icon: CircleX, tone: 'bad' },
}

/** The booking's way through the house, with what went wrong on it (198–206). */
export function Steps({ steps, workflow }: Pick<BookingTimeline, 'steps' | 'workflow'>) {
  const { words, icon, tone } = statuses[workflow.status]
  return (
    <Panel
      title="Steps"
      actions={
        <Badge tone={tone} icon={icon}>
          {words}
        </Badge>
      }
    >
      <ol className="flex flex-col gap-2.5">
        {steps.map(step => (
          <StepLine key={step.step} step={step} />
        ))}
      </ol>
      {workflow.errors.length > 0 && (
        <ul className="mt-4 flex flex-col gap-2 border-t border-line pt-4">
          {workflow.errors.map(({ step, message, attempt, at }) => (
            <li key={`${step} ${at} ${message}`} className="text-sm">
              <span className="font-medium text-bad">{names[step]}:</span> {message}
              <span className="block text-muted">
                Try {attempt}, <Time at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function StepLine({ step: { step, state, at } }: { step: Step }) {
  const { words, icon: Icon, className } = looks[state]
  return (
    <li className="flex items-center gap-3">
      <Icon aria-hidden="true" className={`size-5 shrink-0 ${className}`} />
      <span className="flex-1">{names[step]}</span>
      <span className="text-right text-sm text-muted">
        {words}
        {at && state === 'done' && (
          <span className="block">
            <Time at={at} />
          </span>
        )}
      </span>
    </li>
  )
}
