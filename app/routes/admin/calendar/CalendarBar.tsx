import type { CalendarDate } from '@internationalized/date'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { Button } from '../../../components/Button.tsx'
import { Select } from '../../../components/Select.tsx'
import { type Shortcut, Shortcuts } from '../../../components/Shortcuts.tsx'
import { useView } from '../../../view.tsx'
import type { CalendarView } from './route.tsx'
import type { Days } from './weeks.ts'

interface CalendarBarProps {
  view: CalendarView
  date: CalendarDate
  days: Days
  coachId: string | null
  coaches: { id: string; name: string }[]
  onShow: (changes: { date?: string | null; view?: CalendarView; coach?: string | null }) => void
}

/** In the address, in place of a coach. */
export const allCoaches = 'all'

/** Which days, how, and whose. */
export function CalendarBar({ view, date, days, coachId, coaches, onShow }: CalendarBarProps) {
  const { locale } = useView()
  const step = view === 'day' ? 1 : 7
  const go = (by: number) => onShow({ date: date.add({ days: by * step }).toString() })
  const shortcuts: Shortcut[] = [
    { key: 't', does: 'Today', press: () => onShow({ date: null }) },
    { key: 'n', does: 'The next week or day', press: () => go(1) },
    { key: 'p', does: 'The one before', press: () => go(-1) },
    { key: 'w', does: 'Show the week', press: () => onShow({ view: 'week' }) },
    { key: 'd', does: 'Show one day', press: () => onShow({ view: 'day' }) },
    { key: 'l', does: 'Show a list', press: () => onShow({ view: 'list' }) },
  ]
  const unit = view === 'day' ? 'day' : 'week'

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-3 sm:gap-x-4">
      <div className="flex items-center gap-1">
        <Button size="small" onPress={() => onShow({ date: null })}>
          Today
        </Button>
        <Button size="small" variant="quiet" onPress={() => go(-1)} aria-label={`Previous ${unit}`}>
          <ChevronLeft aria-hidden="true" />
        </Button>
        <Button size="small" variant="quiet" onPress={() => go(1)} aria-label={`Next ${unit}`}>
          <ChevronRight aria-hidden="true" />
        </Button>
      </div>
      <h2
        aria-live="polite"
        className="tabular order-first w-full text-lg sm:order-none sm:mr-auto sm:w-auto"
        suppressHydrationWarning
      >
        {view === 'day' ? dayTitle(date, locale) : weekTitle(days, locale)}
      </h2>
      {coaches.length > 1 && (
        <Select
          label={<span className="sr-only">Whose calendar</span>}
          choices={[
            { id: allCoaches, label: 'All coaches' },
            ...coaches.map(({ id, name }) => ({ id, label: name })),
          ]}
          value={coachId ?? allCoaches}
          onChange={coach => onShow({ coach })}
          className="order-2 w-full sm:order-none sm:w-48"
        />
      )}
      <Shortcuts shortcuts={shortcuts} />
      <ToggleButtonGroup
        aria-label="Show as"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={([chosen]) => onShow({ view: chosen as CalendarView })}
        className="order-1 flex rounded-control border border-line bg-surface p-0.5 max-sm:ml-auto sm:order-none"
      >
        {(['week', 'day', 'list'] as const).map(id => (
          <ToggleButton
            key={id}
            id={id}
            className="min-h-9 cursor-pointer rounded-lg px-3 text-sm font-medium text-muted capitalize hover:text-ink data-selected:bg-accent-soft data-selected:text-accent-ink"
          >
            {id}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}

/** Dates without a zone: written as the UTC day they stand for. */
function weekTitle({ from, to }: Days, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return format.formatRange(from.toDate('UTC'), to.subtract({ days: 1 }).toDate('UTC'))
}

function dayTitle(date: CalendarDate, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' })
  return format.format(date.toDate('UTC'))
}
