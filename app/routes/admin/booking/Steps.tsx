import { CircleCheck, CircleDashed, CircleMinus, CircleX, type LucideIcon } from 'lucide-react'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import type { BookingTimeline } from './route.tsx'

type Step = BookingTimeline['steps'][number]

const names: Record<string, string> = {
  availabilityCheck: 'Availability checked',
  capacityValidation: 'Capacity checked',
  paymentProcessing: 'Payment',
  confirmationSent: 'Confirmation sent',
  calendarUpdated: 'Calendar updated',
  notificationsTriggered: 'Reminders planned',
}

const looks: Record<string, { words: string; icon: LucideIcon; className: string }> = {
  done: { words: 'Done', icon: CircleCheck, className: 'text-good' },
  pending: { words: 'To come', icon: CircleDashed, className: 'text-wait' },
  skipped: { words: 'Not needed', icon: CircleMinus, className: 'text-muted' },
  failed: { words: 'Failed', icon: CircleX, className: 'text-bad' },
}

/** The booking's way through the house (198–206). */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <Panel title="Steps">
      <ol className="flex flex-col gap-2.5">
        {steps.map(({ step, state, at }) => {
          const { words, icon: Icon, className } = looks[state] ?? looks.pending!
          return (
            <li key={step} className="flex items-center gap-3">
              <Icon aria-hidden="true" className={`size-5 shrink-0 ${className}`} />
              <span className="flex-1">{names[step] ?? step}</span>
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
        })}
      </ol>
    </Panel>
  )
}
