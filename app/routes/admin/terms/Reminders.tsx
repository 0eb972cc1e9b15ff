import { Plus, X } from 'lucide-react'
import { Button } from '../../../components/Button.tsx'
import { DaysBefore } from './DaysBefore.tsx'
import type { TermsPartProps } from './PriceFields.tsx'

const most = 10

/** Mails to participants some days before the start, besides the usual reminders of the last day. */
export function Reminders({ draft, start, errorOf, onChange }: TermsPartProps) {
  const days = draft.reminderDaysBefore
  const error = errorOf('reminderDaysBefore')
  return (
    <div className="flex flex-col gap-3">
      <p className="text-[0.9375rem] text-muted">
        Everybody hears a day and an hour before it starts.
        {days.length > 0 ? ' Besides that:' : ' Add a reminder for what needs more time.'}
      </p>
      {days.map((day, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a reminder is nothing but its number, which changes as it is typed
        <div key={at} className="flex items-end gap-2">
          <DaysBefore
            label={`Reminder ${at + 1}`}
            minValue={2}
            value={day}
            start={start}
            onChange={next => onChange({ reminderDaysBefore: days.with(at, next ?? 2) })}
          />
          <Button
            variant="quiet"
            aria-label={`Remove reminder ${at + 1}`}
            onPress={() => onChange({ reminderDaysBefore: days.toSpliced(at, 1) })}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      {error && (
        <p role="alert" className="text-sm font-medium text-bad">
          {error}
        </p>
      )}
      {days.length < most && (
        <div>
          <Button
            size="small"
            onPress={() => onChange({ reminderDaysBefore: [...days, days.length === 0 ? 7 : 3] })}
          >
            <Plus aria-hidden="true" />
            Add a reminder
          </Button>
        </div>
      )}
    </div>
  )
}
