import { NumberField } from '../../../components/NumberField.tsx'
import { useView } from '../../../view.tsx'
import { DaysBefore } from './DaysBefore.tsx'
import type { Start } from './deadlines.ts'
import { Part } from './Part.tsx'
import { priceInWords } from './price-words.ts'
import type { Section } from './terms.ts'
import type { TermsDraft } from './terms-draft.ts'

export interface TermsPartProps {
  draft: TermsDraft
  sections: readonly Section[]
  currency: string
  start: Start | null
  errorOf: (...fields: string[]) => string | null
  onChange: (changes: Partial<TermsDraft>) => void
}

/** What a seat costs, when, and for whom less. `price` is given where it is set elsewhere, as on an offer. */
export function PriceFields({
  draft,
  sections,
  currency,
  start,
  errorOf,
  onChange,
  price,
}: PriceFieldsProps) {
  const { formats } = useView()
  const { early, late, groupDiscount, deposit } = draft
  const money = {
    formatOptions: { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const,
    minValue: 0,
    maxValue: 1_000_000,
  }
  const percent = { unit: '%', minValue: 1, maxValue: 100 }
  const regular = price === undefined ? draft.price : price
  const words = priceInWords({ price: regular, early, late }, currency, start, formats)

  return (
    <div className="flex flex-col gap-4">
      {price === undefined && sections.includes('phases') && (
        <NumberField
          label="Price of a seat"
          hint={`In ${currency}; 0 is free.`}
          {...money}
          value={draft.price}
          onChange={value => onChange({ price: value })}
          error={errorOf('price')}
          className="max-w-xs"
        />
      )}
      {sections.includes('phases') && (
        <>
          <Part
            label="Early bird"
            hint="A lower price for whoever books early."
            isOn={early !== null}
            onToggle={isOn =>
              onChange({ early: isOn ? { price: lower(regular), endsDaysBefore: 14, seats: null } : null })
            }
            error={errorOf('early')}
          >
            {early && (
              <div className="grid items-end gap-4 sm:grid-cols-3">
                <NumberField
                  label="Early price"
                  {...money}
                  value={early.price}
                  onChange={value => onChange({ early: { ...early, price: value } })}
                />
                <DaysBefore
                  label="Until"
                  value={early.endsDaysBefore}
                  start={start}
                  onChange={endsDaysBefore => onChange({ early: { ...early, endsDaysBefore } })}
                />
                <NumberField
                  label="Or until so many are sold"
                  unit="seats"
                  minValue={1}
                  maxValue={1000}
                  value={early.seats}
                  onChange={seats => onChange({ early: { ...early, seats } })}
                />
              </div>
            )}
          </Part>
          <Part
            label="Late price"
            hint="A higher price for whoever books at the last moment."
            isOn={late !== null}
            onToggle={isOn =>
              onChange({ late: isOn ? { price: higher(regular), startsDaysBefore: 3, seats: null } : null })
            }
            error={errorOf('late')}
          >
            {late && (
              <div className="grid items-end gap-4 sm:grid-cols-3">
                <NumberField
                  label="Late price"
                  {...money}
                  value={late.price}
                  onChange={value => onChange({ late: { ...late, price: value } })}
                />
                <DaysBefore
                  label="From"
                  value={late.startsDaysBefore}
                  start={start}
                  onChange={startsDaysBefore => onChange({ late: { ...late, startsDaysBefore } })}
                />
              </div>
            )}
          </Part>
          {words && (early || late) && (
            <p aria-live="polite" className="rounded-control bg-sunken px-4 py-3" suppressHydrationWarning>
              <span className="block text-sm text-muted">Clients read</span>
              {words}
            </p>
          )}
        </>
      )}
      {sections.includes('groupDiscount') && (
        <Part
          label="Less for groups"
          hint="For a client who books several seats at once."
          isOn={groupDiscount !== null}
          onToggle={isOn =>
            onChange({
              groupDiscount: isOn ? { seats: 3, percent: 10 } : null,
              ...(isOn && (draft.maxSeatsPerBooking ?? 1) < 3 && { maxSeatsPerBooking: 3 }),
            })
          }
          error={errorOf('groupDiscount')}
        >
          {groupDiscount && (
            <div className="grid items-end gap-4 sm:grid-cols-3">
              <NumberField
                label="From"
                unit="seats"
                minValue={2}
                maxValue={20}
                value={groupDiscount.seats}
                onChange={seats => onChange({ groupDiscount: { ...groupDiscount, seats } })}
              />
              <NumberField
                label="Off the price"
                {...percent}
                value={groupDiscount.percent}
                onChange={value => onChange({ groupDiscount: { ...groupDiscount, percent: value } })}
              />
            </div>
          )}
        </Part>
      )}
      {sections.includes('connectedDiscount') && (
        <Part
          label="Less for connected clients"
          hint="Counts only while they are signed in."
          isOn={draft.connectedPercent !== 0}
          onToggle={isOn => onChange({ connectedPercent: isOn ? 10 : 0 })}
          error={errorOf('connectedPercent')}
        >
          <NumberField
            label="Off the price for connected clients"
            {...percent}
            value={draft.connectedPercent}
            onChange={connectedPercent => onChange({ connectedPercent: connectedPercent || null })}
            className="max-w-xs"
          />
        </Part>
      )}
      {sections.includes('deposit') && (
        <Part
          label="Deposit"
          hint="Part of the price is due at once, the rest later. Shown, not yet charged."
          isOn={deposit !== null}
          onToggle={isOn =>
            onChange({ deposit: isOn ? { amount: lower(regular, 0.3), balanceDaysBefore: 14 } : null })
          }
          error={errorOf('deposit')}
        >
          {deposit && (
            <div className="grid items-end gap-4 sm:grid-cols-3">
              <NumberField
                label="Deposit for a seat"
                {...money}
                value={deposit.amount}
                onChange={amount => onChange({ deposit: { ...deposit, amount } })}
              />
              <DaysBefore
                label="The rest is due"
                value={deposit.balanceDaysBefore}
                start={start}
                onChange={balanceDaysBefore => onChange({ deposit: { ...deposit, balanceDaysBefore } })}
              />
            </div>
          )}
        </Part>
      )}
    </div>
  )
}

interface PriceFieldsProps extends TermsPartProps {
  price?: number | null
}

/** Something to begin with, in round numbers. */
function lower(price: number | null, share = 0.8): number | null {
  return price ? Math.round(price * share) : null
}

function higher(price: number | null): number | null {
  return price ? Math.round(price * 1.2) : null
}
