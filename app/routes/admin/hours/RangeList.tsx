import { Plus, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Button } from '../../../components/Button.tsx'
import { TimeField } from '../../../components/TimeField.tsx'
import { type DraftRange, endsNextDay, nextRange } from './week-draft.ts'

interface RangeListProps {
  /** Whose hours these are, for screen readers: `Monday`. */
  of: string
  ranges: DraftRange[]
  problems: ReadonlyMap<number, string>
  onChange: (ranges: DraftRange[]) => void
}

/** The open stretches of one day. */
export function RangeList({ of, ranges, problems, onChange }: RangeListProps) {
  return (
    <div className={ranges.length === 0 ? 'flex items-center gap-4' : 'flex flex-col gap-2'}>
      {ranges.map(range => (
        <RangeRow
          key={range.key}
          of={of}
          range={range}
          problem={problems.get(range.key) ?? null}
          onChange={changed => onChange(ranges.map(each => (each.key === range.key ? changed : each)))}
          onRemove={() => onChange(ranges.filter(({ key }) => key !== range.key))}
        />
      ))}
      {ranges.length === 0 && <p className="text-muted">Closed</p>}
      <div>
        <Button
          variant="quiet"
          size="small"
          onPress={() => onChange([...ranges, nextRange(ranges)])}
          aria-label={`Add hours on ${of}`}
        >
          <Plus aria-hidden="true" />
          Add hours
        </Button>
      </div>
    </div>
  )
}

interface RangeRowProps {
  of: string
  range: DraftRange
  problem: string | null
  onChange: (range: DraftRange) => void
  onRemove: () => void
}

function RangeRow({ of, range, problem, onChange, onRemove }: RangeRowProps) {
  const problemId = useId()
  const time = (edge: 'start' | 'end', label: string) => (
    <TimeField
      aria-label={label}
      aria-describedby={problem ? problemId : undefined}
      isInvalid={problem !== null}
      value={range[edge]}
      onChange={value => onChange({ ...range, [edge]: value })}
      className="w-28 min-w-0"
    />
  )
  return (
    <fieldset>
      <legend className="sr-only">Hours on {of}</legend>
      <div className="flex items-center gap-2">
        {time('start', `${of}, from`)}
        <span className="text-muted">to</span>
        {time('end', `${of}, until`)}
        <AriaButton
          aria-label={`Remove ${range.start} to ${range.end} on ${of}`}
          onPress={onRemove}
          className="flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-control text-muted hover:bg-bad-soft hover:text-bad"
        >
          <Trash2 aria-hidden="true" className="size-4" />
        </AriaButton>
      </div>
      {endsNextDay(range) && !problem && <p className="mt-1 text-sm text-muted">Until the next day.</p>}
      {problem && (
        <p id={problemId} className="mt-1 text-sm font-medium text-bad">
          {problem}
        </p>
      )}
    </fieldset>
  )
}
