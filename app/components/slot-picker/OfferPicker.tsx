import { useQuery } from '@tanstack/react-query'
import { CalendarX2 } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../api.ts'
import { failureOf } from '../../failure.ts'
import { localDateIn } from '../../formats.ts'
import { useRootData } from '../../root-data.ts'
import { useView } from '../../view.tsx'
import { Banner } from '../Banner.tsx'
import { Button } from '../Button.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Skeleton } from '../Skeleton.tsx'
import { type Month, monthOf } from './months.ts'
import { SlotPicker } from './SlotPicker.tsx'
import type { Start } from './slots.ts'

interface OfferPickerProps {
  /** Slug or id. */
  offer: string
  coach: { id: string; name: string }
  /** The time that another is looked for instead of or beside: its day, or today where it is over, is shown first. */
  near: string
  onPick: (start: Start) => void
  /** Token of a coach's personal link. */
  invite?: string | null
  /** Whoever picks decides themselves: see `DayTimes`. */
  isDecider?: boolean
  /** Where several are chosen: see `DayTimes`. */
  chosen?: ReadonlyMap<string, string>
}

/** The free times of one coach for an offer, within a dialog: it loads what it needs and remembers the day on view. */
export function OfferPicker({ offer, coach, near, onPick, ...picker }: OfferPickerProps) {
  const trpc = useTRPC()
  const { zone } = useView()
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1
  const found = useQuery(trpc.offers.get.queryOptions({ offer }))
  const [first] = useState(() => localDateIn(Math.max(Date.parse(near), Date.now()), zone))
  const [month, setMonth] = useState<Month>(monthOf(first))
  const [day, setDay] = useState<string | null>(null)

  if (found.isError) {
    return (
      <Banner
        tone="bad"
        role="alert"
        title="The free times didn’t load"
        actions={
          <Button size="small" onPress={() => found.refetch()}>
            Try again
          </Button>
        }
      >
        {failureOf(found.error).message}
      </Banner>
    )
  }
  if (!found.data) return <Skeleton className="h-80 w-full rounded-control" />
  return (
    <SlotPicker
      {...picker}
      offer={{ ...found.data, coaches: [coach] }}
      coachId={coach.id}
      month={month}
      day={day}
      nearDay={first}
      weekStartsOn={weekStartsOn}
      seed={null}
      onMonth={to => {
        setMonth(to)
        setDay(null)
      }}
      onDay={to => {
        setDay(to)
        setMonth(monthOf(to))
      }}
      onPick={onPick}
      gate={(_, message) => (
        <EmptyState icon={CalendarX2} title="Times aren’t shown here">
          {message} Please write to {coach.name} instead.
        </EmptyState>
      )}
    />
  )
}
