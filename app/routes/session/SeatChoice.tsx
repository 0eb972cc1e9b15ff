import { Radios } from '../../components/Choices.tsx'
import { NumberField } from '../../components/NumberField.tsx'
import { modeInWords, type SessionView, seatsLeftInWords } from '../../components/sessions/session.ts'
import { type Mode, mostSeats, type Seats } from './use-seats.ts'

interface SeatChoiceProps {
  session: SessionView
  asked: Seats
  onChange: (asked: Seats) => void
  /** The way to take part must be chosen first. */
  isModeMissing: boolean
}

/** How to take part, where there are two ways, and for how many. */
export function SeatChoice({ session, asked, onChange, isModeMissing }: SeatChoiceProps) {
  const { seats, maxSeatsPerBooking } = session
  const most = mostSeats(session, asked.mode)
  if (seats.length === 1 && maxSeatsPerBooking === 1) return null
  return (
    <div className="flex flex-col gap-5">
      {seats.length > 1 && (
        <Radios<Mode | ''>
          label="How will you take part?"
          choices={seats.map(({ mode, available, total }) => ({
            id: mode,
            label: modeInWords(mode) ?? '',
            detail: seatsLeftInWords({ available, total }),
            isDisabled: available <= 0 && mode !== asked.mode,
          }))}
          value={asked.mode ?? ''}
          onChange={mode =>
            mode && onChange({ mode, seats: Math.min(asked.seats, mostSeats(session, mode)) })
          }
          error={isModeMissing ? 'Please choose one.' : null}
        />
      )}
      {maxSeatsPerBooking > 1 && (
        <NumberField
          label="Seats"
          hint={
            most < maxSeatsPerBooking
              ? most === 1
                ? 'One is left.'
                : `${most} are left.`
              : `Up to ${maxSeatsPerBooking} in one booking.`
          }
          steppers
          minValue={1}
          maxValue={Math.max(most, asked.seats)}
          value={asked.seats}
          onChange={next => next !== null && onChange({ ...asked, seats: Math.min(next, most) })}
        />
      )}
    </div>
  )
}
