import { Switch } from '../../../components/Choices.tsx'
import { NumberField } from '../../../components/NumberField.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { Part } from './Part.tsx'
import type { TermsPartProps } from './PriceFields.tsx'

/** What participants share, and what they get afterwards. */
export function AroundFields({ draft, sections, errorOf, onChange }: TermsPartProps) {
  const { certificate, recordingDays } = draft
  return (
    <div className="flex flex-col gap-3">
      {sections.includes('interaction') && (
        <>
          <Switch
            label="Chat"
            hint="Participants write to each other and to you on the session’s page. You can remove what is written."
            isSelected={draft.chat}
            onChange={chat => onChange({ chat })}
          />
          <Switch
            label="List of participants"
            hint="Each decides whether, and by what name, the others see them."
            isSelected={draft.participantList}
            onChange={participantList => onChange({ participantList })}
          />
          <Switch
            label="Shared resources"
            hint="Participants may add links and files for each other."
            isSelected={draft.sharedResources}
            onChange={sharedResources => onChange({ sharedResources })}
          />
        </>
      )}
      {sections.includes('certificate') && (
        <Part
          label="Certificate"
          hint="A PDF for those who were checked in, which anybody can verify by its address."
          isOn={certificate !== null}
          onToggle={isOn => onChange({ certificate: isOn ? { title: '', minutes: null } : null })}
          error={errorOf('certificate')}
        >
          {certificate && (
            <>
              <TextField
                label="It is for"
                hint="As in “has taken part in …”."
                isRequired
                maxLength={200}
                value={certificate.title}
                onChange={title => onChange({ certificate: { ...certificate, title } })}
              />
              <NumberField
                label="Length it vouches for"
                hint="Left empty, the length of its dates."
                unit="minutes"
                minValue={1}
                maxValue={100_000}
                value={certificate.minutes}
                onChange={minutes => onChange({ certificate: { ...certificate, minutes } })}
                className="max-w-xs"
              />
            </>
          )}
        </Part>
      )}
      {sections.includes('recording') && (
        <Part
          label="Recordings end"
          hint={
            recordingDays === null
              ? 'Now, a recording can be had for ever.'
              : 'Counted from the end of the session.'
          }
          isOn={recordingDays !== null}
          onToggle={isOn => onChange({ recordingDays: isOn ? 30 : null })}
          error={errorOf('recordingDays')}
        >
          <NumberField
            label="A recording can be had for"
            unit={recordingDays === 1 ? 'day' : 'days'}
            minValue={1}
            maxValue={3650}
            value={recordingDays}
            onChange={days => onChange({ recordingDays: days ?? 30 })}
            className="max-w-xs"
          />
        </Part>
      )}
    </div>
  )
}
