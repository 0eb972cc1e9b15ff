import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Panel } from '../../../components/Panel.tsx'
import { SaveBar } from '../../../components/SaveBar.tsx'
import { TimeZoneField } from '../../../components/TimeZonePicker.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import { useImpact } from '../impact/use-impact.tsx'
import { weekdayNames } from '../weekday-names.ts'
import { CopyDay } from './CopyDay.tsx'
import { RangeList } from './RangeList.tsx'
import type { Hours } from './route.tsx'
import { copyDay, draftWeek, sameWeek, weeklyRanges, weekProblems } from './week-draft.ts'

interface WeekEditorProps {
  coachId: string
  hours: Hours
}

/** The hours of an ordinary week, in the coach's own zone. */
export function WeekEditor({ coachId, hours }: WeekEditorProps) {
  const { locale } = useView()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const get = trpc.hours.get.queryKey({ coachId })
  const saved = useMemo(() => draftWeek(hours.hours), [hours.hours])
  const [draft, setDraft] = useState<{ week: typeof saved; timeZone: string } | null>(null)
  const [showsProblems, setShowsProblems] = useState(false)
  const save = useMutation(trpc.hours.saveWeek.mutationOptions())

  const impact = useImpact()
  const { week, timeZone } = draft ?? { week: saved, timeZone: hours.timeZone }
  const isChanged = timeZone !== hours.timeZone || !sameWeek(week, saved)
  const problems = weekProblems(week)
  const dayNames = weekdayNames(locale)
  const setWeek = (changed: typeof week) => setDraft({ week: changed, timeZone })

  async function saveWeek() {
    if (problems.size > 0) return setShowsProblems(true)
    const before = { coachId, timeZone: hours.timeZone, hours: hours.hours }
    const after = { coachId, timeZone, hours: weeklyRanges(week) }
    await impact.saveKnowing({ of: 'week', ...after }, async () => {
      try {
        await put(after)
      } catch (error) {
        toast({ text: failureOf(error).message, tone: 'bad' })
        return false
      }
      setDraft(null)
      setShowsProblems(false)
      toast({ text: 'Your hours are saved.', action: { label: 'Undo', onPress: () => void restore(before) } })
      return true
    })
  }

  async function put(input: { coachId: string; timeZone: string; hours: Hours['hours'] }) {
    await save.mutateAsync(input)
    queryClient.setQueryData(
      get,
      shown => shown && { ...shown, timeZone: input.timeZone, hours: input.hours },
    )
    void queryClient.invalidateQueries({ queryKey: trpc.calendar.week.pathKey() })
  }

  async function restore(before: Parameters<typeof put>[0]) {
    try {
      await put(before)
      toast({ text: 'Your former hours are back.' })
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
    }
  }

  return (
    <Panel title="Every week" hint={`Wall-clock times in ${zoneInWords(timeZone)}.`}>
      <ul className="flex flex-col divide-y divide-line">
        {dayNames.map((name, day) => (
          <li
            key={name}
            className="grid grid-cols-[1fr_auto] items-start gap-x-4 gap-y-1 py-3 first:pt-0 sm:grid-cols-[7rem_1fr_auto]"
          >
            <h3 className="flex min-h-11 items-center text-base font-medium">{name}</h3>
            <div className="order-last col-span-2 flex min-h-11 items-center sm:order-none sm:col-span-1">
              <RangeList
                of={name}
                ranges={week[day]!}
                problems={showsProblems ? problems : overlapsOnly(problems, week[day]!)}
                onChange={ranges => setWeek(week.with(day, ranges))}
              />
            </div>
            <CopyDay dayNames={dayNames} from={day} onCopy={to => setWeek(copyDay(week, day, to))} />
          </li>
        ))}
      </ul>
      <div className="mt-4 max-w-sm border-t border-line pt-4">
        <TimeZoneField
          label="Time zone of these hours"
          value={timeZone}
          onChange={zone => setDraft({ week, timeZone: zone })}
        />
      </div>
      <SaveBar
        isChanged={isChanged}
        isSaving={save.isPending || impact.isLooking}
        onSave={saveWeek}
        onDiscard={() => {
          setDraft(null)
          setShowsProblems(false)
        }}
        problem={showsProblems && problems.size > 0 ? 'Some hours need a look first.' : null}
      />
      {impact.dialog}
    </Panel>
  )
}

/** While one is still typing, a missing time is no mistake yet. */
function overlapsOnly(
  problems: ReadonlyMap<number, string>,
  ranges: readonly { key: number; start: string; end: string }[],
) {
  const complete = ranges.filter(({ start, end }) => start !== '' && end !== '')
  return new Map(
    complete.flatMap(({ key }) => (problems.has(key) ? [[key, problems.get(key)!] as const] : [])),
  )
}
