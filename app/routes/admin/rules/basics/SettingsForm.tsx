import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import type { Outputs } from '../../../../api.ts'
import { Radios, Switch } from '../../../../components/Choices.tsx'
import { Panel } from '../../../../components/Panel.tsx'
import { InlineChoice, InlineNumber } from './Inline.tsx'

export type Settings = Outputs['coaches']['settings']['settings']
type Warning = Outputs['coaches']['settings']['warnings'][number]

interface SettingsFormProps {
  settings: Settings
  warnings: readonly Warning[]
  /** What the server refused, with the setting at fault. */
  problem: { field: string; message: string } | null
  onChange: (changes: Partial<Settings>) => void
}

/** The coach's settings 008–016 as sentences to complete. */
export function SettingsForm({ settings, warnings, problem, onChange }: SettingsFormProps) {
  const notesId = useId()
  const notes = (...fields: (keyof Settings)[]) => (
    <Notes
      id={`${notesId}-${fields[0]}`}
      problem={problem && fields.some(field => problem.field.endsWith(field)) ? problem.message : null}
      warnings={warnings.filter(({ field }) => fields.includes(field))}
    />
  )
  const noted = (field: keyof Settings, about: keyof Settings = field) => ({
    describedBy: `${notesId}-${about}`,
    isInvalid: problem?.field.endsWith(field) ?? false,
  })

  return (
    <div className="flex flex-col gap-6">
      <Panel title="Who sees your free times">
        <Radios
          label={<span className="sr-only">Who sees your free times</span>}
          choices={[
            { id: 'public', label: 'Everyone', detail: 'Whoever opens your page.' },
            {
              id: 'connected',
              label: 'Connected clients',
              detail: 'Others see what you offer, and how to connect.',
            },
            { id: 'private', label: 'Nobody', detail: 'Only those who have a personal link from you.' },
          ]}
          value={settings.calendarVisibility}
          onChange={calendarVisibility => onChange({ calendarVisibility })}
        />
        {notes('calendarVisibility')}
      </Panel>

      <Panel title="What is confirmed at once">
        <Switch
          label="Instant booking"
          hint={
            settings.allowFirmBooking
              ? 'Bookings that meet the rules below need no answer from you.'
              : 'You approve every booking.'
          }
          isSelected={settings.allowFirmBooking}
          onChange={allowFirmBooking => onChange({ allowFirmBooking })}
        />
        {settings.allowFirmBooking && (
          <>
            <Sentence>
              A booking is confirmed at once when it starts more than
              <InlineNumber
                label="Hours before the start that instant booking needs"
                value={settings.firmBookingThresholdHours}
                onChange={hours => onChange({ firmBookingThresholdHours: hours ?? 0 })}
                minValue={0}
                maxValue={720}
                {...noted('firmBookingThresholdHours')}
              />
              hours from now. What starts sooner, you approve.
            </Sentence>
            {notes('firmBookingThresholdHours')}
            <div className="mt-4 border-t border-line pt-3">
              <Switch
                label="I approve clients who aren’t connected to me"
                hint="Connected clients are still confirmed at once."
                isSelected={settings.requireApprovalNonConnected}
                onChange={requireApprovalNonConnected => onChange({ requireApprovalNonConnected })}
              />
            </div>
          </>
        )}
      </Panel>

      <Panel title="Answering requests">
        <Sentence>
          I have
          <InlineNumber
            label="Hours to answer a request"
            value={settings.approvalHours}
            onChange={hours => onChange({ approvalHours: hours ?? 1 })}
            minValue={1}
            maxValue={168}
            {...noted('approvalHours')}
          />
          hours to answer. Unanswered, a request is
          <InlineChoice
            label="What happens to a request that isn’t answered"
            value={settings.approvalTimeout}
            choices={[
              { id: 'decline', label: 'declined' },
              { id: 'approve', label: 'approved' },
            ]}
            onChange={approvalTimeout => onChange({ approvalTimeout })}
          />
          by itself. I’m reminded at half time.
        </Sentence>
        {notes('approvalHours', 'approvalTimeout')}
        <div className="mt-4 border-t border-line pt-3">
          <Switch
            label="Several clients may ask for the same time"
            hint="The one you approve gets it; the others are declined and told of other times."
            isSelected={settings.competingRequests}
            onChange={competingRequests => onChange({ competingRequests })}
          />
        </div>
      </Panel>

      <Panel title="How much is enough">
        <Sentence>
          At most
          <InlineNumber
            label="Most sessions a day; empty for no limit"
            placeholder="any"
            value={settings.maxSessionsPerDay}
            onChange={maxSessionsPerDay => onChange({ maxSessionsPerDay })}
            minValue={1}
            maxValue={50}
            {...noted('maxSessionsPerDay')}
          />
          sessions a day and
          <InlineNumber
            label="Most sessions a week; empty for no limit"
            placeholder="any"
            value={settings.maxSessionsPerWeek}
            onChange={maxSessionsPerWeek => onChange({ maxSessionsPerWeek })}
            minValue={1}
            maxValue={200}
            {...noted('maxSessionsPerWeek', 'maxSessionsPerDay')}
          />
          a week.
          {(settings.maxSessionsPerDay !== null || settings.maxSessionsPerWeek !== null) && (
            <>
              {' '}
              Beyond that
              <InlineChoice
                label="What happens beyond the limits"
                value={settings.limitOutcome}
                choices={[
                  { id: 'refuse', label: 'no time is offered' },
                  { id: 'request', label: 'I approve each one' },
                ]}
                onChange={limitOutcome => onChange({ limitOutcome })}
              />
              .
            </>
          )}
        </Sentence>
        <p className="text-sm text-muted">Leave a number empty for no limit.</p>
        {notes('maxSessionsPerDay', 'maxSessionsPerWeek', 'limitOutcome')}
      </Panel>

      <Panel title="Time to breathe">
        <Sentence>
          At least
          <InlineNumber
            label="Minutes between sessions"
            value={settings.bufferMinutes}
            onChange={minutes => onChange({ bufferMinutes: minutes ?? 0 })}
            minValue={0}
            maxValue={240}
            {...noted('bufferMinutes')}
          />
          minutes stay free between two sessions.
        </Sentence>
        {notes('bufferMinutes')}
      </Panel>
    </div>
  )
}

function Sentence({ children }: { children: ReactNode }) {
  return <div className="mt-2 text-[1.0625rem] leading-[3.25rem]">{children}</div>
}

interface NotesProps {
  id: string
  problem: string | null
  warnings: readonly Warning[]
}

function Notes({ id, problem, warnings }: NotesProps) {
  return (
    <div id={id} aria-live="polite" className="text-sm">
      {problem && <p className="mt-2 font-medium text-bad">{problem}</p>}
      {warnings.map(({ message }) => (
        <p key={message} className="mt-2 flex gap-2 rounded-control bg-wait-soft px-3 py-2 text-wait">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {message}
        </p>
      ))}
    </div>
  )
}
