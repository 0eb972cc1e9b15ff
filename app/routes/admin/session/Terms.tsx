import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { SaveBar } from '../../../components/SaveBar.tsx'
import { type Problem, problemsOf } from '../problems.ts'
import { TermsForm } from '../terms/TermsForm.tsx'
import type { Section } from '../terms/terms.ts'
import { currencyDigits, draftOfTerms, termsInput, termsProblem } from '../terms/terms-draft.ts'
import type { Session } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

interface TermsProps {
  session: Session
  /** What its kind has. */
  sections: readonly Section[]
  /** What holds where the terms name no price of their own. */
  offerPriceMinor: number
}

/** The session's own terms, with the dates that its deadlines lead to. */
export function Terms({ session, sections, offerPriceMinor }: TermsProps) {
  const { id, terms, timeZone, startsAt, price } = session
  const { currency } = price
  const offerPrice = offerPriceMinor / 10 ** currencyDigits(currency)
  const trpc = useTRPC()
  const { changed } = useSessionChange()
  const saved = draftOfTerms(terms, currency, offerPrice)
  const [draft, setDraft] = useState(saved)
  const [problems, setProblems] = useState<Problem[]>([])
  const update = useMutation(trpc.sessions.manage.update.mutationOptions())
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved)

  async function save() {
    const missing = termsProblem(draft, sections)
    if (missing) return setProblems([missing])
    try {
      await update.mutateAsync({ id, terms: termsInput(draft, currency, offerPrice) })
      await changed('The terms are saved. What is booked already keeps its price.')
    } catch (error) {
      setProblems(problemsOf(error))
    }
  }

  if (session.state === 'CANCELLED') {
    return <Banner tone="plain">A session that was cancelled keeps its terms as they were.</Banner>
  }
  return (
    <div className="max-w-3xl">
      <TermsForm
        draft={draft}
        sections={sections}
        currency={currency}
        start={{ startsAt, timeZone }}
        seatsElsewhere
        problems={problems}
        onChange={changes => {
          setDraft(before => ({ ...before, ...changes }))
          setProblems([])
        }}
      />
      <SaveBar
        isChanged={isChanged}
        isSaving={update.isPending}
        onSave={save}
        onDiscard={() => {
          setDraft(saved)
          setProblems([])
        }}
        problem={problems[0]?.message ?? null}
      />
    </div>
  )
}
