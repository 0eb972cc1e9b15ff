import { type CalendarDate, parseDate, today } from '@internationalized/date'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CalendarPlus, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { DateField } from '../../../components/DateFields.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { useRootData } from '../../../root-data.ts'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import { useImpact } from '../impact/use-impact.tsx'
import { RangeList } from './RangeList.tsx'
import type { Hours } from './route.tsx'
import {
  clockTime,
  draftRange,
  draftRanges,
  type LocalRange,
  localRanges,
  rangeProblems,
} from './week-draft.ts'

interface OverridesProps {
  coachId: string
  hours: Hours
}

type Override = Hours['overrides'][number]

/** Dates whose hours differ from those of every week. */
export function Overrides({ coachId, hours }: OverridesProps) {
  const { formats } = useView()
  const [editing, setEditing] = useState<Override | 'new' | null>(null)
  const { put, isPending } = useSaveOverride(coachId)
  const impact = useImpact()

  return (
    <Panel
      title="Days that differ"
      hint="Other hours on a date, or none."
      actions={
        <Button size="small" onPress={() => setEditing('new')}>
          <CalendarPlus aria-hidden="true" />
          Add a date
        </Button>
      }
    >
      {hours.overrides.length === 0 ? (
        <p className="text-muted">Every day follows the week above.</p>
      ) : (
        <ul className="divide-y divide-line">
          {hours.overrides.map(override => (
            <li key={override.date} className="flex items-center gap-x-4 py-2">
              <span className="flex flex-1 flex-wrap gap-x-4">
                <span className="w-56 font-medium" suppressHydrationWarning>
                  {formats.in('UTC').day(override.date)}
                </span>
                <span className="tabular text-muted">{rangesInWords(override.ranges)}</span>
              </span>
              <span className="flex">
                <Button
                  variant="quiet"
                  size="small"
                  aria-label={`Change ${override.date}`}
                  onPress={() => setEditing(override)}
                >
                  <Pencil aria-hidden="true" />
                </Button>
                <Button
                  variant="quiet"
                  size="small"
                  aria-label={`Remove ${override.date}`}
                  onPress={async () => {
                    const change = { of: 'override' as const, coachId, date: override.date, ranges: null }
                    if (!(await impact.saveKnowing(change, () => put(override.date, null)))) return
                    toast({
                      text: 'That day follows the week again.',
                      action: { label: 'Undo', onPress: () => void put(override.date, override.ranges) },
                    })
                  }}
                >
                  <Trash2 aria-hidden="true" />
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {editing && (
        <OverrideDialog
          override={editing === 'new' ? null : editing}
          timeZone={hours.timeZone}
          isPending={isPending || impact.isLooking}
          onClose={() => setEditing(null)}
          onSave={async (date, ranges) => {
            const change = { of: 'override' as const, coachId, date, ranges }
            await impact.saveKnowing(change, async () => {
              if (!(await put(date, ranges))) return false
              setEditing(null)
              toast({ text: 'That day’s hours are saved.' })
              return true
            })
          }}
        />
      )}
      {impact.dialog}
    </Panel>
  )
}

function useSaveOverride(coachId: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const save = useMutation(trpc.hours.saveOverride.mutationOptions())
  return {
    isPending: save.isPending,
    /** Whether it was saved; null ranges remove the override. */
    async put(date: string, ranges: LocalRange[] | null): Promise<boolean> {
      try {
        await save.mutateAsync({ coachId, date, ranges })
      } catch (error) {
        toast({ text: failureOf(error).message, tone: 'bad' })
        return false
      }
      await queryClient.invalidateQueries({ queryKey: trpc.hours.get.queryKey({ coachId }) })
      void queryClient.invalidateQueries({ queryKey: trpc.calendar.week.pathKey() })
      return true
    },
  }
}

function rangesInWords(ranges: readonly LocalRange[]): string {
  if (ranges.length === 0) return 'Closed all day'
  return ranges
    .map(({ startMinute, endMinute }) => `${clockTime(startMinute)} – ${clockTime(endMinute)}`)
    .join(', ')
}

interface OverrideDialogProps {
  /** Null for a new one. */
  override: Override | null
  timeZone: string
  isPending: boolean
  onSave: (date: string, ranges: LocalRange[]) => void
  onClose: () => void
}

function OverrideDialog({ override, timeZone, isPending, onSave, onClose }: OverrideDialogProps) {
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1
  const [date, setDate] = useState<CalendarDate | null>(override ? parseDate(override.date) : null)
  const [open, setOpen] = useState<'closed' | 'hours'>(
    override && override.ranges.length > 0 ? 'hours' : 'closed',
  )
  const [ranges, setRanges] = useState(() =>
    override && override.ranges.length > 0 ? draftRanges(override.ranges) : [draftRange('09:00', '12:00')],
  )
  const [isTried, setTried] = useState(false)
  const problems = rangeProblems(ranges)
  const dateProblem = isTried && !date ? 'Choose a date.' : null

  function save() {
    setTried(true)
    if (!date || (open === 'hours' && problems.size > 0)) return
    onSave(date.toString(), open === 'hours' ? localRanges(ranges) : [])
  }

  return (
    <Dialog
      title={override ? 'Change a day' : 'Add a day that differs'}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isPending={isPending} onPress={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {!override && (
          <DateField
            label="Date"
            hint={`A day in ${zoneInWords(timeZone)}.`}
            value={date}
            onChange={setDate}
            minValue={today(timeZone)}
            weekStartsOn={weekStartsOn}
            error={dateProblem}
          />
        )}
        <Radios
          label="On that day"
          choices={[
            { id: 'closed', label: 'Closed all day' },
            { id: 'hours', label: 'Open at these hours' },
          ]}
          value={open}
          onChange={setOpen}
        />
        {open === 'hours' && (
          <RangeList
            of="that day"
            ranges={ranges}
            problems={isTried ? problems : new Map()}
            onChange={setRanges}
          />
        )}
      </div>
    </Dialog>
  )
}
