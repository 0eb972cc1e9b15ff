import { Card } from '../../components/Card.tsx'
import { Sentences } from '../../components/cancellation/Sentences.tsx'
import { backInWords } from '../../components/cancellation/words.ts'
import { Money } from '../../components/Money.tsx'
import { Time } from '../../components/Time.tsx'
import { useView } from '../../view.tsx'
import type { BookingView } from './route.tsx'

/** What cancelling costs and by when; afterwards, what is due back and why (005, 067). */
export function Cancellation({ booking }: { booking: BookingView }) {
  const { cancellation, priceMinor, feeMinor, feeWaived, refundMinor, cancelledBy, cancelReason } = booking
  const isOpen = cancellation.timeline.length > 0
  const isOwed = refundMinor !== null && booking.confirmationTimestamp !== null && priceMinor > 0
  const wrote = cancelledBy === 'client' && cancelReason
  if (!isOpen && !isOwed && !wrote && feeMinor === 0 && !feeWaived) return null
  return (
    <Card as="section" className="flex flex-col gap-2 p-5 sm:p-6">
      <h2 className="text-lg">{isOpen ? 'If you can’t come' : 'What is due'}</h2>
      {isOpen && <Timeline booking={booking} />}
      {isOwed && <Owed booking={booking} />}
      {isOpen && feeMinor > 0 && (
        <p>
          For moving it late, <Money minor={feeMinor} currency={booking.currency} /> is due.
        </p>
      )}
      {feeWaived && (
        <p>
          A fee of <Money minor={feeWaived.amountMinor} currency={booking.currency} /> was waived.
        </p>
      )}
      {wrote && <p className="text-muted">You wrote: “{cancelReason}”</p>}
      {(isOpen || isOwed) && (
        <Sentences title="The terms you booked with" sentences={cancellation.sentences} />
      )}
    </Card>
  )
}

function Timeline({ booking }: { booking: BookingView }) {
  const { formats } = useView()
  const { status, cancellation, currency } = booking
  const [first, ...later] = cancellation.timeline
  if (!first) return null
  const isAsked = status === 'REQUESTED'
  return (
    <>
      {isAsked && <p>Withdrawing your request costs nothing. Once it is confirmed:</p>}
      <ul className="flex flex-col gap-1" suppressHydrationWarning>
        <li className="font-semibold" suppressHydrationWarning>
          {isAsked && later[0] ? (
            <>
              Cancel by <Time at={later[0].from} />
            </>
          ) : (
            `Cancel ${later.length === 0 && first.feeMinor === 0 ? 'any time until it starts' : 'now'}`
          )}
          : {backInWords(first, currency, formats)}
        </li>
        {later.map(step => (
          <li key={step.from} className="text-muted" suppressHydrationWarning>
            After <Time at={step.from} className="text-ink" />: {backInWords(step, currency, formats)}
          </li>
        ))}
      </ul>
    </>
  )
}

function Owed({ booking }: { booking: BookingView }) {
  const { refundMinor, feeMinor, priceMinor, currency } = booking
  if (feeMinor === 0)
    return (
      <p>
        All of <Money minor={priceMinor} currency={currency} /> is due back to you.
      </p>
    )
  if (!refundMinor)
    return (
      <p>
        Nothing comes back of <Money minor={priceMinor} currency={currency} />, by the terms you booked with.
      </p>
    )
  return (
    <p>
      <Money minor={refundMinor} currency={currency} className="font-semibold" /> is due back to you. The fee
      is <Money minor={feeMinor} currency={currency} />, by the terms you booked with.
    </p>
  )
}
