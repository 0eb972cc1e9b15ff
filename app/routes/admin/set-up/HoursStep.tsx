import { useRevalidator } from '@remix-run/react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { useTRPC } from '../../../api.ts'
import { Checkbox } from '../../../components/Choices.tsx'
import { labelLook } from '../../../components/Field.tsx'
import { TimeField } from '../../../components/TimeField.tsx'
import { failureOf } from '../../../failure.ts'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'
import type { Hours } from '../hours/route.tsx'
import { clockTime, draftRange, rangeMinutes } from '../hours/week-draft.ts'
import { weekdayNames } from '../weekday-names.ts'
import { StepForm } from './StepForm.tsx'

interface HoursStepProps {
  coachId: string
  hours: Pick<Hours, 'hours' | 'timeZone'>
  onDone: () => void
  onBack: () => void
}

/** The usual working days with one stretch each; the page for hours can do more. */
export function HoursStep({ coachId, hours, onDone, onBack }: HoursStepProps) {
  const { locale } = useView()
  const trpc = useTRPC()
  const revalidator = useRevalidator()
  const [draft, setDraft] = useState(() => draftOf(hours.hours))
  const [problem, setProblem] = useState<string | null>(null)
  const save = useMutation(trpc.hours.saveWeek.mutationOptions())
  const isDetailed = hours.hours.length > 0 && !isSimple(hours.hours)

  async function submit() {
    if (isDetailed) return onDone()
    const range = rangeMinutes(draftRange(draft.from, draft.until))
    if (draft.days.length === 0) return setProblem('Choose at least one day.')
    if (!range) return setProblem('Say from when until when.')
    try {
      await save.mutateAsync({ coachId, hours: draft.days.map(day => ({ weekday: Number(day), ...range })) })
      await revalidator.revalidate()
      onDone()
    } catch (error) {
      setProblem(failureOf(error).message)
    }
  }

  function change(changes: Partial<typeof draft>) {
    setDraft({ ...draft, ...changes })
    setProblem(null)
  }

  return (
    <StepForm problem={problem} isPending={save.isPending} onSubmit={submit} onBack={onBack}>
      {isDetailed ? (
        <p>Your hours are set already. You can change them under Hours.</p>
      ) : (
        <>
          <CheckboxGroup value={draft.days} onChange={days => change({ days })} aria-label="Days">
            <p className={`${labelLook} mb-1`}>Days</p>
            <div className="grid grid-cols-2 gap-x-6 sm:grid-cols-3">
              {weekdayNames(locale).map((name, day) => (
                <Checkbox key={name} value={String(day + 1)} label={name} />
              ))}
            </div>
          </CheckboxGroup>
          <div className="grid max-w-sm grid-cols-2 gap-5">
            <TimeField label="From" value={draft.from} onChange={from => change({ from })} />
            <TimeField label="Until" value={draft.until} onChange={until => change({ until })} />
          </div>
          <p className="text-sm text-muted">
            Times in {zoneInWords(hours.timeZone)}. Breaks, other days and holidays can follow later.
          </p>
        </>
      )}
    </StepForm>
  )
}

function draftOf(hours: Hours['hours']) {
  const [first] = hours
  if (!first || !isSimple(hours)) return { days: ['1', '2', '3', '4', '5'], from: '09:00', until: '17:00' }
  return {
    days: hours.map(({ weekday }) => String(weekday)),
    from: clockTime(first.startMinute),
    until: clockTime(first.endMinute),
  }
}

/** One stretch a day, the same on each. */
function isSimple(hours: Hours['hours']): boolean {
  const [first] = hours
  const days = new Set(hours.map(({ weekday }) => weekday))
  return (
    days.size === hours.length &&
    hours.every(
      ({ startMinute, endMinute }) => startMinute === first?.startMinute && endMinute === first.endMinute,
    )
  )
}
