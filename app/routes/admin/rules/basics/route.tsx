import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTRPC } from '../../../../api.ts'
import { SaveBar } from '../../../../components/SaveBar.tsx'
import { toast } from '../../../../components/toasts.tsx'
import { failureOf } from '../../../../failure.ts'
import { useLive } from '../../../../live.ts'
import { load } from '../../../../loading.ts'
import { CoachChoice } from '../../CoachChoice.tsx'
import { coachAskedFor } from '../../coach-asked-for.ts'
import { useImpact } from '../../impact/use-impact.tsx'
import { Presets } from './Presets.tsx'
import { Reading } from './Reading.tsx'
import { type Settings, SettingsForm } from './SettingsForm.tsx'

export const meta: MetaFunction = () => [{ title: 'Rules: basics' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const coach = await coachAskedFor(context, request)
    const [view, { presets }] = await Promise.all([
      context.api.coaches.settings({ coachId: coach.id }),
      context.api.policies.vocabulary(),
    ])
    return { coach, view, presets }
  })
}

/** Who may book, and what needs an answer: the coach's settings, read out as they are changed. */
export default function BasicsPage() {
  const { coach } = useLoaderData<typeof loader>()
  return (
    <>
      <div className="mb-6 flex flex-wrap items-end justify-between gap-3">
        <p className="max-w-2xl text-muted">
          What holds for everybody who books {coach.name}. Changes count from the next look at your page.
        </p>
        <CoachChoice coachId={coach.id} />
      </div>
      <Basics key={coach.id} />
    </>
  )
}

function Basics() {
  const { coach, view: loaded, presets } = useLoaderData<typeof loader>()
  const coachId = coach.id
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const get = trpc.coaches.settings.queryOptions({ coachId })
  const view = useQuery({ ...get, initialData: loaded }).data
  const saved = view.settings
  useLive([`calendar:${coachId}`], [get.queryKey])

  const [draft, setDraft] = useState<Settings | null>(null)
  const [problem, setProblem] = useState<{ field: string; message: string } | null>(null)
  const save = useMutation(trpc.coaches.saveSettings.mutationOptions())
  const impact = useImpact()
  const settings = draft ?? saved
  const isChanged = JSON.stringify(settings) !== JSON.stringify(saved)

  const asked = useDeferredValue(settings)
  const read = useQuery({
    ...trpc.coaches.previewSettings.queryOptions({ coachId, settings: asked }),
    enabled: isChanged,
    placeholderData: keepPreviousData,
  })
  const shown = isChanged && read.data ? read.data : view

  async function put(next: Settings) {
    const answer = await save.mutateAsync({ coachId, settings: next })
    queryClient.setQueryData(get.queryKey, answer)
    setDraft(null)
  }

  async function saveDraft() {
    try {
      await put(settings)
      toast({ text: 'Your rules are saved.', action: { label: 'Undo', onPress: () => void restore(saved) } })
      return true
    } catch (error) {
      const { field, message } = failureOf(error)
      setProblem({ field: field ?? '', message })
      return false
    }
  }

  async function restore(before: Settings) {
    try {
      await put(before)
      toast({ text: 'Your former rules are back.' })
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
    }
  }

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="lg:col-span-2">
        <Presets
          presets={presets}
          settings={settings}
          onChoose={changes => setDraft({ ...settings, ...changes })}
        />
      </div>
      <div>
        <SettingsForm
          settings={settings}
          warnings={shown.warnings}
          problem={problem}
          onChange={changes => {
            setDraft({ ...settings, ...changes })
            setProblem(null)
          }}
        />
        <SaveBar
          isChanged={isChanged}
          isSaving={save.isPending || impact.isLooking}
          onSave={() => impact.saveKnowing({ of: 'settings', coachId, settings }, saveDraft)}
          onDiscard={() => {
            setDraft(null)
            setProblem(null)
          }}
          problem={problem?.message}
        />
      </div>
      <Reading saved={view.sentences} changed={shown.sentences} isChanged={isChanged} />
      {impact.dialog}
    </div>
  )
}
