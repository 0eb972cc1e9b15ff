import { useNavigate } from '@remix-run/react'
import { useId, useRef, useState } from 'react'
import { DetailsForm } from '../../components/booking-form/DetailsForm.tsx'
import { HoldClock } from '../../components/booking-form/HoldClock.tsx'
import { Card } from '../../components/Card.tsx'
import { BeforeBooking } from '../../components/cancellation/BeforeBooking.tsx'
import { seatsInWords } from '../../components/sessions/session.ts'
import { TextField } from '../../components/TextField.tsx'
import { Time } from '../../components/Time.tsx'
import { OtherSessions } from './OtherSessions.tsx'
import { PriceLines } from './PriceLines.tsx'
import { SeatChoice } from './SeatChoice.tsx'
import { useSeatHold } from './use-seat-hold.ts'
import type { Seats, Session, useSession } from './use-seats.ts'

interface BookSeatsProps {
  session: Session
  price: ReturnType<typeof useSession>['price']
  isPricing: boolean
  invite: string | null
  asked: Seats
  onAsk: (asked: Seats) => void
  /** Whether the visitor has begun to fill it in. */
  hasBegun: boolean
  onBegin: () => void
}

/** Seats, what they cost, who books them, and the button that says what will happen. */
export function BookSeats(props: BookSeatsProps) {
  const { session, price, isPricing, invite, asked, onAsk, hasBegun, onBegin } = props
  const navigate = useNavigate()
  const heading = useId()
  const section = useRef<HTMLElement>(null)
  const [isModeMissing, setModeMissing] = useState(false)
  const [guests, setGuests] = useState<string[]>([])
  const needsMode = session.seats.length > 1 && asked.mode === null
  const { state, lose, spend } = useSeatHold({
    ...{ sessionId: session.id, seats: asked.seats, mode: asked.mode, invite },
    hasBegun: hasBegun && !needsMode,
  })
  // What is held is sold at the price it was held at, also when an early price ends meanwhile.
  const shown = state.is === 'held' && state.seats === asked.seats ? state.hold.price : price
  const named = guests.slice(0, asked.seats - 1).map(name => name.trim())
  const askForMode = () => {
    if (!needsMode) return false
    setModeMissing(true)
    section.current?.querySelector<HTMLElement>('input[type=radio]:enabled')?.focus()
    return true
  }
  const search = invite ? `?invite=${encodeURIComponent(invite)}` : ''

  return (
    // Looking holds nothing; beginning to fill in does.
    <section ref={section} aria-labelledby={heading} id="book" onFocus={onBegin} className="scroll-mt-4">
      <Card className="flex flex-col gap-5 p-5 sm:p-6">
        <h2 id={heading} className="text-lg">
          {session.approval ? 'Ask for a seat' : 'Book your seat'}
        </h2>
        <SeatChoice
          session={session}
          asked={asked}
          onChange={next => {
            setModeMissing(false)
            onAsk(next)
          }}
          isModeMissing={isModeMissing}
        />
        {shown && <PriceLines price={shown} isPricing={isPricing} />}
        {shown && shown.amountMinor > 0 && (
          <BeforeBooking
            about={{
              ...{ offer: session.offer.slug, sessionId: session.id, priceMinor: shown.amountMinor },
              ...(shown.depositMinor !== null && { depositMinor: shown.depositMinor }),
              ...(invite && { invite }),
            }}
          />
        )}
        {state.is === 'lost' && (
          <OtherSessions
            message={lostInWords(state, session, asked)}
            sessions={state.instead}
            offer={session.offer}
            search={search}
            isSudden
          />
        )}
        {/* Always there, so that the button doesn't move away under the first press. */}
        <div className="-mx-5 border-y border-line bg-ground px-5 py-3 empty:hidden sm:-mx-6 sm:px-6">
          <HoldClock state={state} what={seatsInWords(asked.seats)} />
        </div>
        <DetailsForm
          wanted={{
            sessionId: session.id,
            seats: asked.seats,
            ...(asked.mode && { mode: asked.mode }),
            ...(named.some(Boolean) && { guests: named.filter(Boolean) }),
            ...(state.is === 'held' && { hold: state.hold.hold }),
            ...(invite && { invite }),
          }}
          words={wordsFor(session, asked.seats, shown)}
          isLost={state.is === 'lost'}
          checkAbove={askForMode}
          onRefused={failure => {
            if (failure.code === 'MODE_MISSING') askForMode()
            else if (failure.status === 409) lose(failure)
          }}
          onBooked={({ manageUrl }) => {
            spend()
            navigate(new URL(manageUrl).pathname, { replace: true, state: { justBooked: true } })
          }}
        >
          {asked.seats > 1 && <Guests seats={asked.seats} names={guests} onChange={setGuests} />}
        </DetailsForm>
      </Card>
    </section>
  )
}

interface GuestsProps {
  seats: number
  names: string[]
  onChange: (names: string[]) => void
}

/** Who comes along; their names can stay empty. */
function Guests({ seats, names, onChange }: GuestsProps) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">Who comes along</legend>
      {Array.from({ length: seats - 1 }, (_, index) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: the second guest is the second guest
          key={index}
          label={seats === 2 ? 'Name of your guest' : `Name of guest ${index + 1}`}
          maxLength={120}
          value={names[index] ?? ''}
          onChange={name => onChange(Object.assign([...names], { [index]: name }))}
        />
      ))}
    </fieldset>
  )
}

/** Why these seats can't be had, and how many could. */
function lostInWords({ message }: { message: string }, { seats, capacity }: Session, asked: Seats): string {
  const { available } = seats.find(({ mode }) => mode === asked.mode) ?? capacity
  if (available <= 0 || available >= asked.seats) return message
  return `${message} ${available === 1 ? 'One seat is' : `${available} seats are`} left.`
}

function wordsFor(session: Session, seats: number, price: BookSeatsProps['price']) {
  const what = seats === 1 ? 'a seat' : seatsInWords(seats)
  const { approval, minimum } = session
  return {
    send: approval ? `Request ${what}` : `Book ${what}`,
    failed: approval ? 'Your request wasn’t sent' : 'This wasn’t booked',
    notes: 'Anything your coach should know?',
    after: (
      <>
        {approval
          ? 'This asks for the seat; it isn’t confirmed until your coach says yes. You’ll get an e-mail either way.'
          : 'Confirmed at once. You’ll get an e-mail with a link to move or cancel until it starts.'}
        {minimum && !minimum.decided && minimum.decideBy && (
          <>
            {' '}
            Whether it is held is decided by <Time at={minimum.lapsesAt ?? minimum.decideBy} />; we tell you
            either way.
          </>
        )}
        {price && price.amountMinor > 0 && ' Nothing is charged now.'}
      </>
    ),
  }
}
