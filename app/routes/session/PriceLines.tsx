import { PhaseNote } from '../../components/sessions/PhaseNote.tsx'
import { PriceTable } from '../../components/sessions/PriceTable.tsx'
import type { SessionPrice } from '../../components/sessions/session.ts'

/** What the seats cost now, and until when; it pales while another number of seats is priced. */
export function PriceLines({ price, isPricing }: { price: SessionPrice; isPricing: boolean }) {
  return (
    <div aria-busy={isPricing} className={`transition-opacity ${isPricing ? 'opacity-60' : ''}`}>
      <PriceTable price={price} />
      <PhaseNote price={price} className="mt-2" />
    </div>
  )
}
