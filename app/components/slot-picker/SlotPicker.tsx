import { CalendarX2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { failureOf } from '../../failure.ts'
import { localDateIn } from '../../formats.ts'
import { useView } from '../../view.tsx'
import { Banner } from '../Banner.tsx'
import { Button } from '../Button.tsx'
import { TimeZonePicker } from '../TimeZonePicker.tsx'
import { DayTimes, DayTimesSkeleton } from './DayTimes.tsx'
import { MonthGrid } from './MonthGrid.tsx'
import { type Month, monthAfter, monthInWords, monthOf } from './months.ts'
import type { Start } from './slots.ts'
import { type SlotSeed, useGoneTimes, useSlots } from './use-slots.ts'

interface SlotPickerProps {
  offer: {
    slug: string
    horizonDays: number | null
    currency: string
    coaches: readonly { id: string; name: string }[]
  }
  /** Null for any coach of the offer. */
  coachId: string | null
  month: Month
  /** The chosen day; null for the first free one of the month. */
  day: string | null
  /** Shown where no day is chosen, if it has free times: the day of the session that is moved. */
  nearDay?: string
  weekStartsOn: number
  /** Token of a coach's personal link, which opens a private calendar (015). */
  invite?: string | null
  seed: SlotSeed | null
  onMonth: (month: Month) => void
  onDay: (day: string) => void
  onPick: (start: Start) => void
  /** Called with a zone that was chosen, after it took effect. */
  onZone?: (zone: string) => void
  /** Whoever picks decides themselves: see `DayTimes`. */
  isDecider?: boolean
  /** Where several are chosen: see `DayTimes`. */
  chosen?: ReadonlyMap<string, string>
  /** What stands in place of times that this visitor may not see: CALENDAR_PRIVATE or CONNECTED_ONLY (014, 015). */
  gate: (code: string, message: string) => ReactNode
}

/** Month grid and the times of a day, in the viewer's zone. */
export function SlotPicker(props: SlotPickerProps) {
  const {
    offer,
    coachId,
    month,
    day,
    nearDay,
    weekStartsOn,
    invite = null,
    seed,
    onMonth,
    onDay,
    onPick,
    onZone,
    gate,
  } = props
  const { locale, zone, formats } = useView()
  const { query, days, nextDays } = useSlots({ offer, coachId, month, zone, invite, seed })
  const isKnown = query.data !== undefined
  const firstFree = [...days.keys()].find(free => monthOf(free) === month) ?? null
  const suggested = nearDay && days.has(nearDay) ? nearDay : firstFree
  const shown = day && monthOf(day) === month ? day : suggested
  const starts = (shown && days.get(shown)) || []
  const gone = useGoneTimes(`${shown} ${zone} ${coachId}`, starts, formats)
  const today = localDateIn(new Date(), zone)
  const failure = query.isError ? failureOf(query.error) : null

  if (failure && (failure.code === 'CALENDAR_PRIVATE' || failure.code === 'CONNECTED_ONLY')) {
    return gate(failure.code, failure.message)
  }
  if (query.data?.visibility === 'connect') return gate('CONNECTED_ONLY', query.data.message ?? '')
  return (
    <div className="grid gap-x-8 gap-y-6 md:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
      <div>
        <MonthGrid
          month={month}
          onMonth={onMonth}
          day={shown}
          onDay={onDay}
          freeDays={isKnown ? new Set(days.keys()) : null}
          today={today}
          lastDay={lastDay((query.data ?? offer).horizonDays, zone)}
          weekStartsOn={weekStartsOn}
        />
        <div className="mt-4 border-t border-line pt-3">
          <TimeZonePicker at={starts[0]?.startsAt} onChange={onZone} />
        </div>
      </div>
      <section aria-labelledby="times-heading" className="md:border-l md:border-line md:pl-8">
        <h2 id="times-heading" className="mb-4 text-lg" suppressHydrationWarning>
          {shown && starts.length > 0 ? formats.dayOf(shown) : 'Free times'}
        </h2>
        <div aria-live="polite">
          {gone && (
            <p className="mb-3 rounded-md bg-wait-soft px-3 py-2 text-sm font-medium text-wait">{gone}</p>
          )}
          {starts.length > 0 && (
            <p className="sr-only">
              {starts.length} free {starts.length === 1 ? 'time' : 'times'}
            </p>
          )}
        </div>
        {failure && !isKnown ? (
          <Banner
            tone="bad"
            role="alert"
            title="The free times didn’t load"
            actions={
              <Button size="small" onPress={() => query.refetch()}>
                Try again
              </Button>
            }
          >
            {failure.message}
          </Banner>
        ) : !isKnown ? (
          <DayTimesSkeleton />
        ) : shown && starts.length > 0 ? (
          <DayTimes
            currency={offer.currency}
            day={shown}
            starts={starts}
            formats={formats}
            onPick={onPick}
            isDecider={props.isDecider}
            chosen={props.chosen}
          />
        ) : (
          <NoTimes
            what={
              query.data.message ??
              (day === shown && day
                ? `Nothing is free on ${formats.dayOf(day)} any more.`
                : `Nothing is free in ${monthInWords(month, locale)}.`)
            }
            next={[...nextDays.keys()][0] ?? null}
            nextMonth={monthInWords(monthAfter(month), locale)}
            otherDay={firstFree}
            onDay={onDay}
            onMonth={() => onMonth(monthAfter(month))}
          />
        )}
      </section>
    </div>
  )
}

interface NoTimesProps {
  what: string
  /** The first free day after this month, where one is known. */
  next: string | null
  nextMonth: string
  /** A free day within this month. */
  otherDay: string | null
  onDay: (day: string) => void
  onMonth: () => void
}

function NoTimes({ what, next, nextMonth, otherDay, onDay, onMonth }: NoTimesProps) {
  const { formats } = useView()
  const free = otherDay ?? next
  return (
    <div className="rounded-control bg-sunken px-5 py-8 text-center">
      <CalendarX2 aria-hidden="true" className="mx-auto mb-3 size-7 text-muted" />
      <p className="mb-4">{what}</p>
      {free ? (
        <Button onPress={() => onDay(free)}>Next free day: {formats.dayOf(free)}</Button>
      ) : (
        <Button onPress={onMonth}>Look at {nextMonth}</Button>
      )}
    </div>
  )
}

function lastDay(horizonDays: number | null, zone: string): string | null {
  return horizonDays === null ? null : localDateIn(Date.now() + horizonDays * 86_400_000, zone)
}
