import { Check, Hourglass, Zap } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { Formats } from '../../formats.ts'
import { Skeleton } from '../Skeleton.tsx'
import { partsOfDay, type Start, timesInWords } from './slots.ts'

interface DayTimesProps {
  /** Local date, `2027-03-09`. */
  day: string
  starts: readonly Start[]
  formats: Formats
  /** ISO 4217, of prices that aren't the offer's. */
  currency: string
  onPick: (start: Start) => void
  /** Leaves out how a time would be confirmed, for who decides that themselves. */
  isDecider?: boolean
  /** Where several are chosen: what is said of each that is, by its start. Picking it again is for taking it back. */
  chosen?: ReadonlyMap<string, string>
}

/** The free times of one day, each saying whether it is confirmed at once (018, 056). */
export function DayTimes({ day, starts, formats, currency, onPick, isDecider, chosen }: DayTimesProps) {
  const times = timesInWords(starts, formats)
  return (
    <div className="flex animate-enter flex-col gap-5" key={day}>
      {partsOfDay(starts, formats.zone).map(part => (
        <section key={part.name} aria-label={part.name}>
          <h3 className="mb-2 text-xs font-medium tracking-wide text-muted">{part.name}</h3>
          <ul className="grid grid-cols-2 gap-2">
            {part.starts.map(start => (
              <li key={start.startsAt}>
                <Button
                  onPress={() => onPick(start)}
                  data-slot={start.startsAt}
                  aria-pressed={chosen?.has(start.startsAt)}
                  className="flex min-h-14 w-full cursor-pointer flex-col items-start justify-center rounded-control border border-line bg-surface px-3 py-1.5 text-left transition-colors hover:border-accent-ink hover:bg-accent-soft aria-pressed:border-accent-ink aria-pressed:bg-accent-soft"
                >
                  <span className="font-semibold tabular" suppressHydrationWarning>
                    {times.get(start.startsAt)}
                  </span>
                  {chosen?.has(start.startsAt) ? (
                    <span className={`${noteLook} text-accent-ink`}>
                      <Check aria-hidden="true" className="size-3" />
                      {chosen.get(start.startsAt)}
                    </span>
                  ) : (
                    !isDecider && <HowConfirmed instant={start.instant} />
                  )}
                  {!isDecider && start.priceMinor !== null && (
                    <span className={`${noteLook} text-muted`} suppressHydrationWarning>
                      {formats.money(start.priceMinor, currency)}
                    </span>
                  )}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

const noteLook = 'flex items-center gap-1 text-xs font-medium'

function HowConfirmed({ instant }: { instant: boolean }) {
  const Icon = instant ? Zap : Hourglass
  return (
    <span className={`${noteLook} ${instant ? 'text-good' : 'text-wait'}`}>
      <Icon aria-hidden="true" className="size-3" />
      {instant ? 'Instant' : 'Needs approval'}
    </span>
  )
}

/** Where times are about to appear. */
export function DayTimesSkeleton() {
  return (
    <div role="status" aria-label="Looking for free times" className="grid grid-cols-2 gap-2">
      {Array.from({ length: 8 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: eight equal shapes that never change places
        <Skeleton key={index} className="h-14 rounded-control" />
      ))}
    </div>
  )
}
