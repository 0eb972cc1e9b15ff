import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, useRevalidator } from '@remix-run/react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { AccentField } from '../../../components/AccentField.tsx'
import { LogoField } from '../../../components/LogoField.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { SaveBar } from '../../../components/SaveBar.tsx'
import { Select } from '../../../components/Select.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { TimeZoneField } from '../../../components/TimeZonePicker.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { load } from '../../../loading.ts'
import { useView } from '../../../view.tsx'
import { weekdayNames } from '../weekday-names.ts'

export const meta: MetaFunction = () => [{ title: 'Business' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  if (context.viewer?.member?.role === 'coach') {
    throw data({ message: 'This is changed by an owner or admin.' }, { status: 403 })
  }
  return load(context, request, () => context.api.tenants.current())
}

/** The business's name and look, on its site and in its mails. */
export default function BusinessPage() {
  const tenant = useLoaderData<typeof loader>()
  const { locale } = useView()
  const trpc = useTRPC()
  const revalidator = useRevalidator()
  const saved = {
    name: tenant.name,
    tagline: tenant.tagline,
    accent: tenant.accent,
    timeZone: tenant.timeZone,
    weekStartsOn: tenant.weekStartsOn,
    logoUrl: tenant.logoUrl,
  }
  const [changes, setChanges] = useState<Partial<typeof saved> & { logo?: string | null }>({})
  const [problem, setProblem] = useState<{ field: string; message: string } | null>(null)
  const update = useMutation(trpc.tenants.update.mutationOptions())
  const { logo, ...shownChanges } = changes
  const shown = { ...saved, ...shownChanges }
  const isChanged = JSON.stringify(shown) !== JSON.stringify(saved)
  const errorOf = (field: string) => (problem?.field === field ? problem.message : null)

  function change(next: typeof changes) {
    setChanges({ ...changes, ...next })
    setProblem(null)
  }

  async function save() {
    const { name, tagline, accent, timeZone, weekStartsOn } = shown
    if (name.trim() === '') return setProblem({ field: 'name', message: 'Your business needs a name.' })
    try {
      await update.mutateAsync({
        ...{ name, tagline, accent, timeZone, weekStartsOn },
        ...(logo !== undefined && { logo }),
      })
      await revalidator.revalidate()
      setChanges({})
      toast({ text: 'Saved. Your page looks like this from now on.' })
    } catch (error) {
      const { field, message } = failureOf(error)
      setProblem({ field: field ?? '', message })
    }
  }

  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="Business">How you appear on your page and in your mails.</PageHeader>
      <div className="flex flex-col gap-6">
        <Panel title="Name">
          <div className="flex flex-col gap-5">
            <TextField
              label="Business name"
              isRequired
              maxLength={120}
              value={shown.name}
              onChange={name => change({ name })}
              error={errorOf('name')}
            />
            <TextField
              label="Tagline"
              hint="One or two sentences under your name."
              maxLength={300}
              rows={2}
              value={shown.tagline}
              onChange={tagline => change({ tagline })}
              error={errorOf('tagline')}
            />
          </div>
        </Panel>
        <Panel title="Look">
          <div className="flex flex-col gap-6">
            <AccentField value={shown.accent} onChange={accent => change({ accent })} />
            <LogoField
              shown={shown.logoUrl}
              onChange={chosen => change({ logoUrl: chosen?.shown ?? null, logo: chosen?.fileId ?? null })}
              error={errorOf('logo')}
            />
          </div>
        </Panel>
        <Panel title="Calendar">
          <div className="grid gap-5 sm:grid-cols-2">
            <Select
              label="Week starts on"
              choices={weekdayNames(locale).map((label, day) => ({ id: String(day + 1), label }))}
              value={String(shown.weekStartsOn)}
              onChange={id => change({ weekStartsOn: Number(id) })}
            />
            <TimeZoneField
              label="Time zone"
              hint="Of your page, where a visitor’s isn’t known. Coaches have their own."
              value={shown.timeZone}
              onChange={timeZone => change({ timeZone })}
            />
          </div>
        </Panel>
      </div>
      <SaveBar
        isChanged={isChanged}
        isSaving={update.isPending}
        onSave={save}
        onDiscard={() => {
          setChanges({})
          setProblem(null)
        }}
        problem={problem?.message}
      />
    </div>
  )
}
