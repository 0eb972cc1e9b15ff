import { Radios } from '../../../components/Choices.tsx'
import { NumberField } from '../../../components/NumberField.tsx'
import { Select } from '../../../components/Select.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { useView } from '../../../view.tsx'
import { lengthInWords } from '../offer/offer-draft.ts'
import { dateInWords, instantBefore } from './deadlines.ts'
import type { TermsPartProps } from './PriceFields.tsx'

/** Where people meet. */
export function PlaceFields({ draft, errorOf, onChange }: TermsPartProps) {
  const { format, venue } = draft
  return (
    <div className="flex flex-col gap-5">
      <Radios
        label="How people take part"
        choices={[
          { id: 'online', label: 'Online', detail: 'By video; everybody gets a link to join.' },
          { id: 'in_person', label: 'In person', detail: 'At an address.' },
          { id: 'hybrid', label: 'Both', detail: 'Some in the room, some by video, with seats for each.' },
        ]}
        className="grid gap-2 sm:grid-cols-3"
        value={format}
        onChange={next =>
          onChange({
            format: next,
            ...(next === 'hybrid' && { onlineCapacity: draft.onlineCapacity ?? draft.capacity }),
          })
        }
        error={errorOf('format')}
      />
      {format !== 'online' && (
        <>
          <TextField
            label="Address"
            isRequired
            maxLength={300}
            value={venue.address}
            onChange={address => onChange({ venue: { ...venue, address } })}
            error={errorOf('venue.address')}
          />
          <TextField
            label="Link to a map"
            type="url"
            placeholder="https://"
            maxLength={2000}
            value={venue.mapUrl}
            onChange={mapUrl => onChange({ venue: { ...venue, mapUrl } })}
            error={errorOf('venue.mapUrl')}
          />
          <TextField
            label="How to get there"
            rows={2}
            maxLength={1000}
            value={venue.travelNote}
            onChange={travelNote => onChange({ venue: { ...venue, travelNote } })}
            error={errorOf('venue.travelNote')}
          />
        </>
      )}
    </div>
  )
}

/** How many seats there are, and until when they can be booked. `fixed` where they have a place of their own. */
export function SeatFields({ draft, start, errorOf, onChange, fixed }: TermsPartProps & { fixed?: boolean }) {
  const { formats } = useView()
  const { format, closesHoursBefore } = draft
  const closing = start && closesHoursBefore > 0 && instantBefore(start, { hours: closesHoursBefore })
  const hours = [...new Set([0, 1, 2, 4, 12, 24, 48, 72, 168, 336, closesHoursBefore])]
  return (
    <div className="grid items-end gap-5 sm:grid-cols-2">
      {!fixed && (
        <NumberField
          label={format === 'hybrid' ? 'Seats in the room' : 'Seats'}
          steppers
          isRequired
          minValue={1}
          maxValue={1000}
          value={draft.capacity}
          onChange={capacity => onChange({ capacity })}
          error={errorOf('capacity')}
        />
      )}
      {!fixed && format === 'hybrid' && (
        <NumberField
          label="Seats online"
          steppers
          isRequired
          minValue={1}
          maxValue={1000}
          value={draft.onlineCapacity}
          onChange={onlineCapacity => onChange({ onlineCapacity })}
          error={errorOf('onlineCapacity')}
        />
      )}
      <NumberField
        label="One client may book up to"
        unit={draft.maxSeatsPerBooking === 1 ? 'seat' : 'seats'}
        steppers
        isRequired
        minValue={1}
        maxValue={20}
        value={draft.maxSeatsPerBooking}
        onChange={maxSeatsPerBooking => onChange({ maxSeatsPerBooking })}
        error={errorOf('maxSeatsPerBooking')}
      />
      <Select
        label="Booking closes"
        hint={closing && <span suppressHydrationWarning>= {dateInWords(closing, start, formats)}</span>}
        choices={hours
          .toSorted((a, b) => a - b)
          .map(hour => ({
            id: String(hour),
            label: hour === 0 ? 'When it starts' : `${lengthInWords(hour * 60)} before`,
          }))}
        value={String(closesHoursBefore)}
        onChange={hour => onChange({ closesHoursBefore: Number(hour) })}
        error={errorOf('closesHoursBefore')}
      />
    </div>
  )
}
