import { useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Sentences } from '../../../components/cancellation/Sentences.tsx'
import { backInWords } from '../../../components/cancellation/words.ts'
import { Money } from '../../../components/Money.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import { useView } from '../../../view.tsx'
import type { Booking } from './route.tsx'
import { WaiveDialog } from './WaiveDialog.tsx'

/** Whose word the terms are that it was sold with. */
const sources = {
  offer: 'your terms for this offer',
  kind: 'your terms for this kind of session',
  tenant: 'your terms for all offers',
  default: 'the usual terms of this kind of session',
}

/** What the client owes for cancelling, staying away or moving late, by which terms, and the way to let them off (067). */
export function Cancellation({ booking }: { booking: Booking }) {
  const [isWaiving, setWaiving] = useState(false)
  const { cancellation, feeMinor, refundMinor, feeWaived, currency, can, client } = booking
  const { sentences, from, timeline } = cancellation
  if (booking.priceMinor === 0) return null
  return (
    <Panel
      title="Cancellation"
      hint={from ? `Sold with ${sources[from]}; what you change later doesn’t touch it.` : undefined}
      actions={
        can.waiveFee && (
          <Button size="small" onPress={() => setWaiving(true)}>
            Waive the fee
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        {feeMinor > 0 && (
          <p>
            {client.name} owes a fee of{' '}
            <Money minor={feeMinor} currency={currency} className="font-semibold" />.
          </p>
        )}
        {refundMinor !== null && (
          <p>
            Due back of the price:{' '}
            {refundMinor === 0 ? 'nothing' : <Money minor={refundMinor} currency={currency} />}.
          </p>
        )}
        {feeWaived && <Waived waived={feeWaived} currency={currency} />}
        {timeline.length > 0 && <Timeline booking={booking} />}
        <Sentences title="All the terms, as the client reads them" sentences={sentences} />
      </div>
      {isWaiving && <WaiveDialog booking={booking} onClose={() => setWaiving(false)} />}
    </Panel>
  )
}

function Timeline({ booking: { cancellation, currency, coach } }: { booking: Booking }) {
  const { formats } = useView()
  return (
    <div>
      <p className="text-sm text-muted">If the client cancels</p>
      <ul suppressHydrationWarning>
        {cancellation.timeline.map((step, at) => (
          <li key={step.from} suppressHydrationWarning>
            {at === 0 ? (
              'Now'
            ) : (
              <>
                After <Time at={step.from} zone={coach.timeZone} />
              </>
            )}
            : {backInWords(step, currency, formats)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Waived({ waived, currency }: { waived: NonNullable<Booking['feeWaived']>; currency: string }) {
  return (
    <p>
      <Money minor={waived.amountMinor} currency={currency} /> waived
      {waived.by && ` by ${waived.by}`} on <Time at={waived.at} />
      {waived.reason && `: “${waived.reason}”`}
    </p>
  )
}
