import { useRevalidator } from '@remix-run/react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { AccentField } from '../../../components/AccentField.tsx'
import { LogoField } from '../../../components/LogoField.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { type Failure, failureOf } from '../../../failure.ts'
import { useRootData } from '../../../root-data.ts'
import { StepForm } from './StepForm.tsx'

interface LookStepProps {
  onDone: () => void
  onBack: () => void
}

/** Name, colour and logo; after it, the page counts as set up. */
export function LookStep({ onDone, onBack }: LookStepProps) {
  const tenant = useRootData()?.tenant
  const trpc = useTRPC()
  const revalidator = useRevalidator()
  const [name, setName] = useState(tenant?.name ?? '')
  const [accent, setAccent] = useState(tenant?.accent ?? '#2f5d50')
  const [logo, setLogo] = useState<{ fileId: string | null; shown: string | null } | null>(null)
  const [problem, setProblem] = useState<Pick<Failure, 'field' | 'message'> | null>(null)
  const update = useMutation(trpc.tenants.update.mutationOptions())
  const finish = useMutation(trpc.tenants.finishSetUp.mutationOptions())

  async function save() {
    if (name.trim() === '') return setProblem({ field: 'name', message: 'Your business needs a name.' })
    try {
      await update.mutateAsync({ name, accent, ...(logo && { logo: logo.fileId }) })
      await finish.mutateAsync()
      await revalidator.revalidate()
      onDone()
    } catch (error) {
      setProblem(failureOf(error))
    }
  }

  const own = problem?.field === 'name' || problem?.field === 'logo'
  return (
    <StepForm
      problem={problem && !own ? problem.message : null}
      isPending={update.isPending || finish.isPending}
      onSubmit={save}
      onBack={onBack}
    >
      <TextField
        label="Business name"
        isRequired
        maxLength={120}
        value={name}
        onChange={next => {
          setName(next)
          setProblem(null)
        }}
        error={problem?.field === 'name' ? problem.message : null}
      />
      <AccentField value={accent} onChange={setAccent} />
      <LogoField
        shown={logo ? logo.shown : (tenant?.logoUrl ?? null)}
        onChange={chosen => setLogo({ fileId: chosen?.fileId ?? null, shown: chosen?.shown ?? null })}
        error={problem?.field === 'logo' ? problem.message : null}
      />
    </StepForm>
  )
}
